"""R3301."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import PLACES, placed_calls
from nestforge.lint.signatures import SIGNATURES
from nestforge.model.diagnostic import Edit
from nestforge.model.near_miss import did_you_mean, slip_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3301")
def unknown_function(template: Template) -> Iterator[Finding]:
    """The template calls a function that ROS does not have.

    Functions of CloudFormation that are not listed in the manual of ROS are none here.

    Bad:  {"Fn::ImportValue": network-id}
    Good: {"Fn::GetStackOutput": [network-stack-id, VpcId]}
    """
    for placed in placed_calls(template):
        name = placed.function
        if placed.signature is None and placed.place in PLACES:
            written = f"!{name.removeprefix('Fn::')}" if placed.node.tag.startswith("!") else name
            message = f"ROS has no function {written}"
            edits = _respelt(template, placed.node, name, written)
            yield Finding(
                template.span(placed.node),
                message,
                did_you_mean(name, SIGNATURES)
                or "look it up in the list of functions of ROS, which has not all of CloudFormation's",
                edits,
            )


def _respelt(template: Template, node: Node, name: str, written: str) -> tuple[Edit, ...]:
    meant = slip_of(name, SIGNATURES)
    if meant is None:
        return ()
    if not written.startswith("!"):
        return (Edit(template.span(node.value[0][0]), written, meant),)
    start = template.span(node)
    tag = start._replace(end_line=start.line, end_column=start.column + len(written))
    return (Edit(tag, written, f"!{meant.removeprefix('Fn::')}"),)
