"""R3104."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import SAID
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import is_absent, is_filled_in_later, is_number, truth
from nestforge.sources.libyaml import ScalarNode, SequenceNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.resource_values import Given
    from nestforge.sources.template import Template

_WANTED = {
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
    "map": "a map",
    "structure": "a map",
}


@rule("R3104")
def wrong_kind(template: Template) -> Iterator[Finding]:
    """A property is given a list, a map or a text where its type takes another kind of value.

    ROS converts what it can: '40' is a number and 'true' a truth value. It refuses the rest.

    Bad:  {Type: ALIYUN::ROS::WaitCondition, Properties: {Timeout: 1h, Handle: {Ref: Handle}}}
    Good: {Type: ALIYUN::ROS::WaitCondition, Properties: {Timeout: 3600, Handle: {Ref: Handle}}}
    """
    for given in values_given_in(template):
        if given.of.kind == "string" and given.literal is not None:
            continue  # any scalar is one
        found = _fault(given)
        if found is not None:
            message = f"{given.path} must be {_WANTED[given.of.kind]}, not {found}{given.choice}"
            yield Finding(template.span(given.place), message, _help(given))


def _help(given: Given) -> str:
    if given.value.kind == "list" and given.of.kind != "list":
        return "take one entry out of it with Fn::Select"
    return "write a list, even of one entry" if given.of.kind == "list" else f"write {_WANTED[given.of.kind]}"


def _fault(given: Given) -> str | None:
    """Return what is given where that cannot be what is wanted."""
    wanted, node = given.of.kind, given.value.node
    if wanted == "any":
        return None
    if isinstance(node, ScalarNode):
        return (
            None if _converts(node, wanted) else "a text of several lines" if "\n" in node.value else f"'{node.value}'"
        )
    kind = given.value.kind
    if node is not None:
        kind = "list" if isinstance(node, SequenceNode) else "map"
    fits = {"list": ("list",), "map": ("map", "structure")}
    return None if kind is None or wanted in fits.get(kind, ("string", "number", "boolean")) else SAID[kind]


def _converts(node: ScalarNode, wanted: str) -> bool:
    if is_absent(node) or is_filled_in_later(node) or wanted == "string":
        return True
    if wanted == "number":
        return is_number(node)
    if wanted == "boolean":
        return truth(node.value) is not None
    json = "[" if wanted == "list" else "{"
    return str(node.value).lstrip().startswith(json)
