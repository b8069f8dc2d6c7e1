"""Findings that a comment allows: `# nestforge: allow NAME reason`, at the end of a line or on the line above."""

from __future__ import annotations

from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARK = "nestforge:"
_COMMENT = pattern(
    r"(?P<before>.*?)(?:#|\{#-?|<!--)\s*nestforge:[ \t]*allow\b[ \t]*"
    r"(?P<names>[\w-]*(?:[ \t]*,[ \t]*[\w-]+)*)(?P<reason>.*)"
)
_ENDS = (" ", "-", "#", "}", ">")


class _Allow(NamedTuple):
    """The rule `name` is allowed on line `covers`; `span` is the place of the name in the comment."""

    name: str
    covers: int
    span: Span
    reason: str


def without_allowed(
    findings: Iterable[Diagnostic], texts: Mapping[str, str], known: Mapping[str, str]
) -> list[Diagnostic]:
    """Return the findings that no comment in `texts` allows, and what is wrong with the comments.

    `texts` are the files by path. `known` are the names of the rules that were run, by code.
    """
    allows = [allow for path, text in texts.items() if MARK in text for allow in _allows_in(text, path)]
    if not allows:
        return list(findings)
    wanted = {(allow.span.path, allow.covers, allow.name) for allow in allows}
    kept, met = [], set()
    for found in findings:
        place = (found.span.path, found.span.line, found.name)
        if place in wanted and found.code in known:
            met.add(place)
        else:
            kept.append(found)
    names = set(known.values())
    for allow in allows:
        kept += _faults(allow, names, (allow.span.path, allow.covers, allow.name) in met)
    return kept


def _allows_in(text: str, path: str) -> list[_Allow]:
    result = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        found = _COMMENT.match(line) if MARK in line else None
        if found is None:
            continue
        covers = number if found["before"].strip() else _next_line(lines, number)
        reason = found["reason"].rstrip("".join(_ENDS)).strip()
        column = found.start("names") + 1
        for written in found["names"].split(","):
            name = written.strip()
            start = column + written.find(name)
            result.append(_Allow(name, covers, Span(path, number, start, number, start + len(name)), reason))
            column += len(written) + 1
    return result


def _next_line(lines: list[str], number: int) -> int:
    """Return the number of the first line after line `number` that is more than such a comment."""
    while number < len(lines) and (not lines[number].strip() or _is_only_comment(lines[number])):
        number += 1
    return number + 1


def _is_only_comment(line: str) -> bool:
    found = _COMMENT.match(line) if MARK in line else None
    return found is not None and not found["before"].strip()


def _faults(allow: _Allow, names: set[str], met: bool) -> list[Diagnostic]:
    if allow.name not in names:
        from nestforge.lint.registry import rows
        from nestforge.model.near_miss import did_you_mean

        every = {row.code: row.name for _, row in rows()}
        if allow.name in every.values():
            return []  # a rule that was not run
        message = f"there is no rule '{allow.name}'" if allow.name else "this allows nothing: it names no rule"
        hint = did_you_mean(allow.name, every.values()) or "write the name of a rule: `nestforge explain` lists them"
        if allow.name in every:
            message = f"'{allow.name}' is the code of a rule, expected its name"
            hint = f"write '{every[allow.name]}'"
        return [Diagnostic(allow.span, "R1402", "unknown-rule", message, hint, "warning")]
    if not met:
        message = f"nothing here is '{allow.name}' any more"
        return [Diagnostic(allow.span, "R1404", "unused-allow", message, "take the comment away", "warning")]
    if not allow.reason:
        message = f"'{allow.name}' is allowed, and nobody learns why"
        hint = f"write the reason behind it: # {MARK} allow {allow.name} because ..."
        return [Diagnostic(allow.span, "R1403", "allow-without-reason", message, hint, "warning")]
    return []
