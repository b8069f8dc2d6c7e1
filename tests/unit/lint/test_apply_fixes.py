from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.lint.apply_fixes import apply_fixes
from nestforge.model.diagnostic import Diagnostic, Edit, Span

if TYPE_CHECKING:
    from pathlib import Path


def finding(*edits: Edit) -> Diagnostic:
    return Diagnostic(edits[0].span, "R3102", "unknown-property", "wrong", edits=edits)


def edit(line: int, column: int, old: str, new: str, width: int | None = None) -> Edit:
    return Edit(Span("t.yaml", line, column, line, column + (width or len(old))), old, new)


def test_only_what_is_meant_changes_not_line_ends_nor_the_byte_order_mark_nor_the_rights(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_bytes("\ufeffAb: 1 # Ab\r\n中: {Cd: Ab}\r\nlast".encode())
    file.chmod(0o640)
    found = [finding(edit(1, 1, "Ab", "Abc")), finding(edit(2, 5, "Cd", "C")), finding(edit(3, 1, "last", "end"))]
    assert apply_fixes(str(tmp_path), found) == {"t.yaml": 3}
    assert file.read_bytes() == "\ufeffAbc: 1 # Ab\r\n中: {C: Ab}\r\nend".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["t.yaml"]


@pytest.mark.parametrize(
    "edits",
    [
        [edit(1, 1, "xx", "y")],
        [edit(9, 1, "ab", "y")],
        [edit(1, 1, "a", "y", width=7)],
        [edit(1, 1, "ab", "y"), edit(1, 4, "nope", "y")],
    ],
    ids=["another text", "no such line", "twice in the span", "one of two"],
)
def test_a_finding_whose_text_is_not_there_changes_nothing(tmp_path: Path, edits: list[Edit]) -> None:
    (tmp_path / "t.yaml").write_text("ab: cda\n")
    assert apply_fixes(str(tmp_path), [finding(*edits)]) == {}
    assert (tmp_path / "t.yaml").read_text() == "ab: cda\n"


def test_of_two_that_touch_the_first_is_mended(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("abcd\n")
    assert apply_fixes(str(tmp_path), [finding(edit(1, 1, "abc", "x")), finding(edit(1, 3, "cd", "y"))]) == {
        "t.yaml": 1
    }
    assert (tmp_path / "t.yaml").read_text() == "xd\n"
