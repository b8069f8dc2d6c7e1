"""Lines of a shell text that were to go on in the next line and do not."""

from __future__ import annotations

from nestforge.lint.shell_quotes import COMMENT, HERE, PLAIN, RAW_HERE, SINGLE, around
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SUSPECT = pattern(r"(?m)\\[ \t]+(?:#|$)|[ \t]\\#|\\\n[ \t]*(?:#|$)|\\\n[^\n]*[^\\\n]\n[ \t]*--?[A-Za-z]")
_CUT = pattern(r"(?<!\\)(?:\\\\)*\\[ \t]+(#.*)?$")
_ESCAPED_COMMENT = pattern(r"[ \t](\\#.*[^\\]|\\#)$")
_FLAG = pattern(r"[ \t]*(--?[A-Za-z][\w-]*)")
_LIST = pattern(r"=\(")
_GOES_ON = pattern(r"(?<!\\)(?:\\\\)*\\$")
_PART = pattern(r"\s*(?:--?[A-Za-z]|&&|\|)")


class Cut(NamedTuple):
    """The line (from 1) at which a command ends although it was meant to go on, what ends it there, and why."""

    line: int
    message: str
    help: str
    written: str


def cuts_in(text: str) -> Iterator[Cut]:
    """Yield the continuations that are broken; nothing inside single quotes and here-documents."""
    if not _SUSPECT.search(text):
        return
    lines = text.split("\n")
    places, end = [], -1
    for line in lines:
        end += len(line) + 1
        places.append(end)
    states = around(text, places)
    for index, line in enumerate(lines[:-1]):
        state = states[index]
        before = states[index - 1] if index else ""
        if "\\" not in line or state in (SINGLE, HERE, RAW_HERE) or before in (SINGLE, HERE, RAW_HERE):
            continue
        if line.lstrip().startswith("#"):
            continue
        escaped = _ESCAPED_COMMENT.search(line)
        if escaped and state == PLAIN and _FLAG.match(lines[index + 1]):
            yield Cut(index + 1, "'\\#' is a '#' to bash, no continuation", "end the line with '\\'", escaped[1])
        found = _CUT.search(line)
        if found and (found[1] or state != COMMENT):
            if lines[index + 1].strip() and (not found[1] or _PART.match(lines[index + 1])):
                what = "a comment" if found[1] else "a blank"
                message = f"{what} after '\\' ends the command here"
                yield Cut(index + 1, message, "let '\\' be the last sign of the line", found[0])
        elif state != COMMENT and _GOES_ON.search(line):
            cut = _after_continuation(lines, index + 1)
            if cut is None and states[index + 1] in (PLAIN, COMMENT):
                cut = _not_continued(lines, index + 1)
            if cut is not None:
                yield cut


def _not_continued(lines: list[str], index: int) -> Cut | None:
    """Return the line at `index`, the last one of a command, if options follow it; in a list, they may."""
    line = lines[index].rstrip()
    flag = _FLAG.match(lines[index + 1]) if index + 1 < len(lines) else None
    if flag is None or not line or line.endswith("\\"):
        return None
    begin = index
    while begin and _GOES_ON.search(lines[begin - 1]):
        begin -= 1
    if _FLAG.match(lines[begin]) or any(_LIST.search(each) for each in lines[begin : index + 1]):
        return None
    message = f"the command ends here, and bash takes '{flag[1]}' of the next line for another"
    return Cut(index + 1, message, "end the line with '\\'", line.lstrip())


def _after_continuation(lines: list[str], index: int) -> Cut | None:
    """Return a comment or an empty line in the middle of a command."""
    begin = index
    while index < len(lines) and (not lines[index].strip() or lines[index].lstrip().startswith("#")):
        index += 1
    if index == begin or index == len(lines):
        return None
    between = lines[begin:index]
    if not _PART.match(lines[index]) and not any(_GOES_ON.search(line) for line in between):
        return None
    help = "take the line away, or put it before the command"
    if between[0].strip():
        return Cut(begin + 1, "a comment inside a continued command ends it here", help, between[0].strip())
    return Cut(begin, "an empty line follows and ends the command, which goes on behind it", help, "\\")
