"""Change the files as the findings propose, and nothing else in them."""

from __future__ import annotations

import os

from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestforge.model.diagnostic import Diagnostic, Edit

_MARK = "\ufeff"


class _Change(NamedTuple):
    """The characters from `start` to `end` of a text become `new`."""

    start: int
    end: int
    new: str


def apply_fixes(root: str, findings: Iterable[Diagnostic]) -> dict[str, int]:
    """Change the files below `root` and return how many findings were mended in each.

    A finding is left alone where its text is not what stands there, or where another change touches it;
    byte order mark, line ends and rights of a file stay. Raises OSError.
    """
    by_path: dict[str, list[tuple[Edit, ...]]] = {}
    for found in findings:
        if found.edits and len({edit.span.path for edit in found.edits}) == 1:
            by_path.setdefault(found.edits[0].span.path, []).append(found.edits)
    done = {path: _mend(os.path.realpath(os.path.join(root, path)), wanted) for path, wanted in by_path.items()}
    return {path: count for path, count in done.items() if count}


def _mend(path: str, wanted: list[tuple[Edit, ...]]) -> int:
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    starts = _starts_of_lines(text)
    changes: list[_Change] = []
    mended = 0
    for edits in wanted:
        found = [_change(edit, text, starts) for edit in edits]
        proposed = [change for change in found if change is not None]
        if len(proposed) == len(edits) and not any(_touch(a, b) for a in proposed for b in changes):
            changes += proposed
            mended += 1
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    if changes:
        _write(path, text)
    return mended


def _starts_of_lines(text: str) -> list[int]:
    starts = [len(_MARK) if text.startswith(_MARK) else 0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def _change(edit: Edit, text: str, starts: list[int]) -> _Change | None:
    span = edit.span
    if not 0 < span.line <= span.end_line <= len(starts):
        return None
    start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
    if text.count(edit.old, start, end) != 1:
        return None
    begin = text.index(edit.old, start, end)
    return _Change(begin, begin + len(edit.old), edit.new)


def _touch(one: _Change, other: _Change) -> bool:
    return one.start < other.end and other.start < one.end


def _write(path: str, text: str) -> None:
    aside = f"{path}.nestforge-{os.getpid()}"
    try:
        with open(aside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(aside, os.stat(path).st_mode & 0o7777)
        os.replace(aside, path)
    except BaseException:
        if os.path.exists(aside):
            os.unlink(aside)
        raise
