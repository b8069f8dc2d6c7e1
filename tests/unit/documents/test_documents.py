"""The service document in each language, as built: what a reader pastes runs, and what a link names is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, cast

import pytest
from tests.own_project import own_build, own_template
from tests.unit.documents.markdown_page import Block, blocks, cells, links, outline, prose, slugs

DOCUMENTS = ("docs/index-ecs-two.md", "docs/index-ecs-two-en.md")
CHINESE, ENGLISH = DOCUMENTS
SHELLCHECK = str(Path(sys.executable).parent / "shellcheck")


class Defect(NamedTuple):
    """What must not stand in a document, and an example of it."""

    pattern: str
    example: str


# Names that Chinese readers know in English, and what programs print.
ENGLISH_NAMES = {
    "Linux capability",
    "Ray node manager",
    "Ray object manager",
    "placement group",
    "DP attention",
    "Successful requests",
    "Benchmark duration",
    "Request throughput",
    "Output token throughput",
}

# The defects of the document that this one replaces.
DEFECTS = {
    "a comment after a line continuation": Defect(r"\\[ \t]+#", "  --nnodes 2 \\ # both nodes"),
    "a space after a line continuation": Defect(r"\\[ \t]+$", "  --nnodes 2 \\ "),
    "a misspelt path of the API": Defect(r"/v1/chat/completes", "| API Path | /v1/chat/completes |"),
    "another spelling of the model folder": Defect(r"llm_model", "in /root/llm_model/"),
    "a container of another name": Defect(
        r"docker (stop|rm|logs|exec|ps) [^\n|`]*\bvllm\b", "docker logs --tail 9 vllm"
    ),
    "options of the sonnet data set": Defect(r"--sonnet-", "--sonnet-input-len 1024"),
    "UTF-8 read as Latin-1": Defect(r"Ã|â€|ï¼|å[\x80-\xbf]", "Access Methodï¼\x9aVPC"),
    "a link with a space in it": Defect(r"\]\([^)<]* [^)]*\)|\] \(http", "[Console] (https://ros.console.aliyun.com)"),
    "a link with an escaped slash": Defect(r"\]\([^)]*%2F", "![x](png-en%2Fx.png)"),
    "a key taken away for a test": Defect(r"[Rr]emove the --api-key", "Remove the --api-key parameter"),
    "an empty value": Defect(r"\bNone\b|\bundefined\b", "| `--tp` | None |"),
}


def text_of(path: str) -> str:
    return own_build().files[path].decode()


def shell_complaints(text: str) -> str:
    """Return what bash and shellcheck have against `text`."""
    said = ""
    for command in (["bash", "-n"], [SHELLCHECK, "--shell=bash", "-"]):
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr if done.returncode else ""
    return said


def lost_links(path: str, text: str) -> list[str]:
    """Return the links of `text` that lead to no heading of it and to no file of the package."""

    def leads_somewhere(target: str) -> bool:
        if target.startswith("#"):
            return target[1:] in slugs(text)
        return target.startswith("https://") or str(PurePosixPath(path).parent / target) in own_build().files

    return [target for target in links(text) if not leads_somewhere(target)]


def english_phrases(text: str) -> set[str]:
    """Return what the tables say in two or more English words, but for code, links and quotations."""
    rows = [line for line in prose(text) if line.startswith("|")]
    plain = [re.sub(r'`[^`]*`|\[[^\]]*\]\([^)]*\)|"[^"]*"', "", row) for row in rows]
    return {phrase for row in plain for phrase in re.findall(r"[A-Za-z]+(?: [a-z]+)+", row)}


CASES = [(path, block) for path in DOCUMENTS for block in blocks(text_of(path)) if block.language == "shell"]


def test_there_are_shell_blocks_in_each_language_and_no_unknown_kind() -> None:
    kinds = [[block.language for block in blocks(text_of(path))] for path in DOCUMENTS]
    assert kinds[0] == kinds[1]
    assert set(kinds[0]) == {"shell", "python"}
    assert kinds[0].count("shell") > 10


@pytest.mark.parametrize(("path", "block"), CASES, ids=lambda value: value if isinstance(value, str) else value.line)
def test_a_shell_block_is_one_that_bash_and_shellcheck_accept(path: str, block: Block) -> None:
    assert not shell_complaints(block.text), f"{path}:{block.line}"


@pytest.mark.parametrize(
    "broken",
    ["docker run 'engine\n", "vllm serve \\ # comment\n  --port 8001\n", "rm $MODEL_DIR\n", "if true; then\n"],
)
def test_a_broken_shell_block_is_noticed(broken: str) -> None:
    assert shell_complaints(broken)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_python_block_compiles(path: str) -> None:
    for block in blocks(text_of(path)):
        if block.language == "python":
            compile(block.text, path, "exec")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_link_leads_somewhere(path: str) -> None:
    assert len(links(text_of(path))) > 20
    assert not lost_links(path, text_of(path))


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    page = "# Log in\n\n## Log in\n\n[a](#log-in) [b](#log-in-1) [c](#log-in-2) ![d](img/gone.svg) [e](http://e.test)\n"
    assert lost_links(ENGLISH, page) == ["#log-in-2", "img/gone.svg", "http://e.test"]


def test_the_languages_have_the_same_sections_tables_and_lists() -> None:
    assert outline(text_of(CHINESE)) == outline(text_of(ENGLISH))


def test_the_outline_tells_a_missing_row_from_a_missing_cell() -> None:
    kinds = ["heading 1", "item 1.", "row of 2", "row of 1", "item -", "text", "image"]
    assert outline("# A\n\n1. b\n\n| c | `d|e` |\n| c |\n- f\ng\n![h](h.svg)\n") == kinds


def test_the_languages_have_the_same_commands_but_for_what_is_said_in_words() -> None:
    chinese, english = ([block.text for block in blocks(text_of(path))] for path in DOCUMENTS)
    for ours, theirs in zip(chinese, english, strict=True):
        assert re.sub(r"'[^']*'|\"[^\"]*\"", "''", ours) == re.sub(r"'[^']*'|\"[^\"]*\"", "''", theirs)


def test_nothing_in_a_table_is_left_in_english() -> None:
    assert english_phrases(text_of(CHINESE)) == ENGLISH_NAMES


def test_an_untranslated_reason_is_noticed() -> None:
    assert english_phrases("| `--a b` | 新增：no call home |\n| vLLM 的 [a b](c) | 不向外上报 |\n") == {"no call home"}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_argument_has_a_meaning(path: str) -> None:
    rows = [cells(line) for line in prose(text_of(path)) if re.match(r"\| `(--|[A-Z]+_[A-Z0-9_]+=)", line)]
    assert len(rows) > 50
    assert not [row for row in rows if row[1] in {"", "-"}]


@pytest.mark.parametrize(("path", "language"), [(CHINESE, "zh-cn"), (ENGLISH, "en")])
def test_the_form_is_described_with_every_parameter_that_is_always_shown(path: str, language: str) -> None:
    parameters = cast("dict[str, dict[str, Any]]", own_template()["Parameters"])
    shown = [p for p in parameters.values() if "Visible" not in p.get("AssociationPropertyMetadata", {})]
    assert len(shown) > 10
    assert not [p["Label"][language] for p in shown if p["Label"][language] not in text_of(path)]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_nothing_is_nested_or_spaced_as_only_some_renderers_read_it(path: str) -> None:
    assert not [line for line in prose(text_of(path)) if line.startswith(" ")]
    assert "\n\n\n" not in text_of(path)


def broken_off(text: str) -> list[str]:
    """Return the lines and cells whose brackets, quotes or emphasis do not close, or that end with a comma."""

    def is_broken(part: str) -> bool:
        pairs = any(part.count(opening) != part.count(closing) for opening, closing in ("()", "（）", "[]", "“”"))
        return pairs or part.count("**") % 2 == 1 or re.search(r"[,，、]$", part) is not None

    parts = [part for line in prose(text) for part in (cells(line) if line.startswith("|") else [line])]
    return [part for part in parts if is_broken(part)]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_sentence_breaks_off(path: str) -> None:
    assert not broken_off(text_of(path))


def test_a_sentence_that_breaks_off_is_noticed() -> None:
    page = "| a | never forms (vllm#7815, |\n| 甲 | 崩溃（vllm#15769 |\nchoose **Next** order**.\nwhole (so), **so**\n"
    assert broken_off(page) == ["never forms (vllm#7815,", "崩溃（vllm#15769", "choose **Next** order**."]


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_defect_of_the_old_document_is_not_repeated(path: str, defect: str) -> None:
    pattern = re.compile(DEFECTS[defect].pattern, re.MULTILINE)
    assert pattern.search(DEFECTS[defect].example), "the pattern knows its example"
    found = pattern.search(text_of(path))
    assert found is None, found


@pytest.mark.parametrize(
    "broken",
    [
        "```shell\nls\n",
        "```\nls\n```\n",
        "1. so\n\n   ```shell\n   ls\n   ```\n",
        "```shell\nls\n ```\n",
    ],
)
def test_a_broken_fence_is_noticed(broken: str) -> None:
    with pytest.raises(AssertionError, match=r"line \d"):
        blocks(broken)


@pytest.mark.parametrize(
    ("document", "locale", "letter"), [(CHINESE, "zh-CN", r"[一-鿿]"), (ENGLISH, "en-US", r"^[ -~]+$")]
)
def test_pictures_are_those_of_the_language_and_each_has_a_text_in_its_place(
    document: str, locale: str, letter: str
) -> None:
    build = own_build()
    shown = re.findall(r"!\[([^\]]*)\]\((pictures[^)]*)\)", text_of(document))
    assert {PurePosixPath(path).name for _, path in shown} == {"topology.webp", "form.webp", "outputs.webp"}
    for alternative, path in shown:
        source = f"i18n/{locale}/docs/pictures/{PurePosixPath(path).name}"
        assert build.files[f"docs/{path}"] == build.project.binaries[source]
        assert re.search(letter, alternative)
