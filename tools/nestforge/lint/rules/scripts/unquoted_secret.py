"""R7009."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line
from nestforge.lint.pattern_signs import signs_allowed
from nestforge.lint.shell_quotes import DOUBLE, HERE, PLAIN, around
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template


_BREAKS = {PLAIN: "$`\\\"';&|<>()*?#! ", DOUBLE: '$`\\"', HERE: "$`\\"}
_VARIABLE = pattern(r"\$\{\s*([^{}]*?)\s*\}")
_REMEDY = "or let an AllowedPattern keep such signs out"
_WHERE = {PLAIN: "without quotes", DOUBLE: "in double quotes", HERE: "in a here-document"}


@rule("R7009", severity="warning")
def unquoted_secret(template: Template) -> Iterator[Finding]:
    """A secret is written into a script where the shell reads signs of it as its own.

    A password with `$` or `&` arrives as another one, or runs what stands in it. ROS writes the value as it is:
    only single quotes keep it, and Base64 keeps everything. An AllowedPattern that lets none of these signs in
    helps as well.

    Bad:  {"Fn::Sub": "mysqladmin password ${Password}"}
    Good: {"Fn::Sub": "mysqladmin password '${Password}'"}
    """
    risky = {name: signs for name in template.parameters if (signs := _signs(template, name))}
    seen: set[tuple[int, str]] = set()
    for script in shell_scripts_of(template) if risky else ():
        for text in script.texts:
            found = [(at, chunk) for at, chunk in text.places if chunk.sample_of in risky]
            states = around(text.masked, [at for at, _ in found]) if found else []
            for (_, chunk), state in zip(found, states, strict=True):
                name = chunk.sample_of or ""
                taken = [sign for sign in risky[name] if sign in _BREAKS.get(state, "")]
                if taken and (chunk.line, name) not in seen:
                    seen.add((chunk.line, name))
                    message = f"'{name}' is secret and stands {_WHERE[state]}: the shell takes {taken[0]!r} for its own"
                    in_quotes = state != HERE and "'" not in risky[name]
                    help = f"{'put it in single quotes' if in_quotes else 'pass it in Base64'}, {_REMEDY}"
                    yield Finding(_place(template, chunk.line, name), message, help)


def _place(template: Template, line: int, name: str) -> Span:
    """Return the place of a parameter in the line that puts it in."""
    written = template.lines[line - 1]
    found = next((found[0] for found in _VARIABLE.finditer(written) if found[1] == name), None)
    return place_in_line(template.path, line, written, found or _as_a_word(name, written))


def _as_a_word(name: str, written: str) -> str:
    import re  # no script in Fn::Sub needs it

    return name if re.search(rf"\b{re.escape(name)}\b", written) else ""


def _signs(template: Template, name: str) -> str:
    """Return the signs that a secret may hold and that a shell reads; nothing for what is no secret."""
    fields = entries(template.parameters[name])
    if (scalar(fields.get("NoEcho")) or "").lower() != "true" or "AllowedValues" in fields:
        return ""
    pattern = scalar(fields.get("AllowedPattern"))
    return _BREAKS[PLAIN] if pattern is None else signs_allowed(pattern, _BREAKS[PLAIN])
