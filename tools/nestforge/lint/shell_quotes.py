"""What stands around a place in a shell text: quotes, a comment, a here-document."""

from __future__ import annotations

from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN, SINGLE, DOUBLE, COMMENT, HERE, RAW_HERE = "", "'", '"', "#", "<<", "<<'"

_HERE = pattern(r"(?<!<)<<-?[ \t]*(['\"\\]?)(?!\d)([\w.-]+)")
_MARK = pattern(r"[\\'\"#\n<(]")
ARITHMETIC = pattern(r"\(\((?:[^()]|\([^()]*\))*\)\)")
"""`((…))`, where `<<` moves bits. A subshell in a subshell is not closed by two signs side by side."""


def around(text: str, places: Sequence[int]) -> list[str]:
    """Return what stands around each of `places`, which are in ascending order."""
    result: list[str] = []
    state, at = PLAIN, 0
    waiting: list[tuple[str, str]] = []
    while at < len(text) and len(result) < len(places):
        found = _MARK.search(text, at)
        end = found.start() if found else len(text)
        while len(result) < len(places) and places[len(result)] <= end:
            result.append(state)
        if found is None:
            break
        state, at = _after(text, end, state, waiting)
        if waiting and text[at - 1] == "\n" and state == PLAIN:
            for mark, stop in waiting:
                closing = _body_end(text, at, stop)
                kind = RAW_HERE if mark else HERE
                while len(result) < len(places) and places[len(result)] < closing:
                    result.append(kind)
                at = closing
            waiting = []
    return result + [state] * (len(places) - len(result))


def _after(text: str, at: int, state: str, waiting: list[tuple[str, str]]) -> tuple[str, int]:
    """Return the state behind the sign at `at`, and where to go on."""
    sign = text[at]
    if sign == "\\" and state in (PLAIN, DOUBLE):
        return state, min(at + (1 if text.startswith("\\\n", at) else 2), len(text))
    if sign == "\n":
        return (PLAIN if state == COMMENT else state), at + 1
    if sign in "'\"" and state in (PLAIN, sign):
        return (PLAIN if state == sign else sign), at + 1
    if sign == "#" and state == PLAIN and (at == 0 or text[at - 1] in " \t\n;&|("):
        return COMMENT, at + 1
    if sign == "(" and state == PLAIN and (arithmetic := ARITHMETIC.match(text, at)):
        return state, arithmetic.end()
    if sign == "<" and state == PLAIN and (here := _HERE.match(text, at)):
        waiting.append((here[1], here[2]))
        return state, min(here.end() + (1 if here[1] in ("'", '"') and here[1] else 0), len(text))
    return state, at + 1


def _body_end(text: str, at: int, stop: str) -> int:
    """Return where the line behind a here-document begins."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip(" \t") == stop:
            return min(end + 1, len(text))
        at = end + 1
    return len(text)
