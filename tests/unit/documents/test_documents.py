"""The service document in each language, as built: what a reader pastes runs, and what a link names is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from tests.own_project import own_build

DOCUMENTS = ("docs/index-ecs-two.md", "docs/index-ecs-two-en.md")
SHELLCHECK = str(Path(sys.executable).parent / "shellcheck")
FENCE = re.compile(r"^( *)(`{3,})(\w*)$")
HEADING = re.compile(r"^(#+) (.+)$")

# The defects of the document that this one replaces.
DEFECTS = {
    "a comment after a line continuation": r"\\[ \t]+#",
    "a space after a line continuation": r"\\[ \t]+$",
    "a misspelt path of the API": r"/v1/chat/completes",
    "another spelling of the model folder": r"llm_model",
    "a container of another name": r"docker (stop|rm|logs) vllm\b",
    "options of the sonnet data set": r"--sonnet-",
    "UTF-8 read as Latin-1": r"Ã|â€|ï¼|å[\x80-\xbf]",
    "a link with a space in it": r"\]\([^)<]* [^)]*\)|\] \(http",
    "a key taken away for a test": r"[Rr]emove the --api-key",
    "an empty value": r"\bNone\b|\bundefined\b",
}


class Block(NamedTuple):
    """A fenced block, the line of its first line, and its language."""

    line: int
    language: str
    text: str


def text_of(path: str) -> str:
    return own_build().files[path].decode()


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks, freed of their indentation; an open fence or a misplaced one fails."""
    found: list[Block] = []
    begin, indent, ticks, language = 0, "", "", ""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if not begin and fence:
            begin, (indent, ticks, language) = number, fence.groups()
            assert language, f"line {number}: a fence opens without a language, or closes none"
        elif begin and fence and fence[2] == ticks and not fence[3]:
            assert fence[1] == indent, f"line {number}: a fence closes at another depth than line {begin}"
            body = [inner.removeprefix(indent) for inner in lines[begin : number - 1]]
            found.append(Block(begin + 1, language, "\n".join([*body, ""])))
            begin = 0
    assert not begin, f"line {begin}: this fence is never closed"
    return found


def prose(text: str) -> list[str]:
    """Return the lines outside of fenced blocks."""
    hidden = {n for b in blocks(text) for n in range(b.line - 1, b.line + b.text.count("\n") + 1)}
    return [line for number, line in enumerate(text.splitlines(), 1) if number not in hidden]


def slugs(text: str) -> list[str]:
    """Return the anchors that GitHub gives to the headings."""
    headings = [m[2] for line in prose(text) if (m := HEADING.match(line))]
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return [slug if plain[:n].count(slug) == 0 else f"{slug}-{plain[:n].count(slug)}" for n, slug in enumerate(plain)]


CASES = [(path, block) for path in DOCUMENTS for block in blocks(text_of(path)) if block.language == "shell"]


def test_there_are_shell_blocks_in_each_language_and_no_unknown_kind() -> None:
    kinds = [[block.language for block in blocks(text_of(path))] for path in DOCUMENTS]
    assert kinds[0] == kinds[1]
    assert set(kinds[0]) == {"shell", "python"}
    assert kinds[0].count("shell") > 10


@pytest.mark.parametrize(("path", "block"), CASES, ids=lambda value: value if isinstance(value, str) else value.line)
def test_a_shell_block_is_one_that_bash_and_shellcheck_accept(path: str, block: Block) -> None:
    for command in (["bash", "-n"], [SHELLCHECK, "--shell=bash", "-"]):
        done = subprocess.run(command, input=block.text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path}:{block.line}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_python_block_compiles(path: str) -> None:
    for block in blocks(text_of(path)):
        if block.language == "python":
            compile(block.text, path, "exec")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_link_leads_somewhere(path: str) -> None:
    text = text_of(path)
    targets = re.findall(r"!?\[[^\]]*\]\(([^)]+)\)", "\n".join(prose(text)))
    assert len(targets) > 20
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in slugs(text), f"no heading makes the anchor {target}"
        elif not target.startswith("https://"):
            assert str(PurePosixPath(path).parent / target) in own_build().files, target


def test_the_languages_have_the_same_sections() -> None:
    depths = [[len(m[1]) for line in prose(text_of(path)) if (m := HEADING.match(line))] for path in DOCUMENTS]
    assert depths[0] == depths[1]


def test_the_languages_have_the_same_commands_but_for_what_is_said_in_words() -> None:
    chinese, english = ([block.text for block in blocks(text_of(path))] for path in DOCUMENTS)
    for ours, theirs in zip(chinese, english, strict=True):
        assert re.sub(r"'[^']*'|\"[^\"]*\"", "''", ours) == re.sub(r"'[^']*'|\"[^\"]*\"", "''", theirs)


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_defect_of_the_old_document_is_not_repeated(path: str, defect: str) -> None:
    found = re.search(DEFECTS[defect], text_of(path), re.MULTILINE)
    assert found is None, found


@pytest.mark.parametrize(
    "broken",
    [
        "```shell\nls\n",
        "```\nls\n```\n",
        "  ```shell\n  ls\n```\n",
    ],
)
def test_a_broken_fence_is_noticed(broken: str) -> None:
    with pytest.raises(AssertionError, match=r"line \d"):
        blocks(broken)
