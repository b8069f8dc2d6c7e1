"""R3107."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import is_absent, is_filled_in_later
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import function_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.resource_values import Given
    from nestforge.sources.template import Template


_PLURALS = {"entry": "entries", "character": "characters"}


@rule("R3107")
def wrong_length(template: Template) -> Iterator[Finding]:
    """A property is given a text, or a list, that is shorter or longer than its type takes.

    Every value counts that a condition, a mapping or a parameter can give it: each is a deployment that fails.

    Bad:  {Type: ALIYUN::ECS::RunCommand, Properties: {Type: RunShellScript, CommandContent: ls, InstanceIds: []}}
    Good: {Type: ALIYUN::ECS::RunCommand, Properties: {Type: RunShellScript, CommandContent: ls, InstanceIds: [i-1]}}
    """
    for given in values_given_in(template):
        if given.of.shortest is None and given.of.longest is None:
            continue
        for least, most, unit in _lengths(given):
            if given.of.shortest is not None and most < given.of.shortest:
                bound, wanted, actual = given.of.shortest, "at least", most
            elif given.of.longest is not None and least > given.of.longest:
                bound, wanted, actual = given.of.longest, "at most", least
            else:
                continue
            units = unit if bound == 1 else _PLURALS[unit]
            message = f"{given.path} must have {wanted} {bound} {units}, not {actual}{given.choice}"
            help = (
                "bound the parameter with MinLength and MaxLength"
                if given.choice
                else f"write {wanted} {bound} {units}"
            )
            yield Finding(template.span(given.place), message, help)


def _lengths(given: Given) -> Iterator[tuple[int, int, str]]:
    """Yield the least and the greatest length of a value; what a function adds to a list may be nothing."""
    node = given.value.node
    if isinstance(node, SequenceNode) and given.of.kind == "list":
        open_items = sum(function_of(item) is not None for item in node.value)
        yield len(node.value) - open_items, len(node.value), "entry"
        return
    literal = given.literal
    if given.of.kind != "string" or literal is None or is_absent(literal) or is_filled_in_later(literal):
        return
    yield len(literal.value), len(literal.value), "character"
