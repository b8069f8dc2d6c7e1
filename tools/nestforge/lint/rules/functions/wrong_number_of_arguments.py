"""R3302."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import SAID, kind_of
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import function_of, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.signatures import Signature
    from nestforge.sources.template import Template


@rule("R3302")
def wrong_number_of_arguments(template: Template) -> Iterator[Finding]:
    """A function is given more or fewer arguments than it takes, or no list of them.

    Bad:  {"Fn::FindInMap": [Engines, vllm]}
    Good: {"Fn::FindInMap": [Engines, vllm, Port]}
    """
    for placed in placed_calls(template):
        signature = placed.signature
        if signature is None or signature.alone:
            continue
        given = placed.given
        if given is None:
            if function_of(placed.argument) is None:
                message = f"{placed.function} is given {SAID[kind_of(placed.argument)]}, expected {_wanted(signature)}"
                yield Finding(template.span(placed.node), message, "give the arguments as a list")
            continue
        if placed.function == "Fn::GetAtt" and given == [placed.argument]:
            if scalar(placed.argument) is not None and not placed.node.tag.startswith("!"):
                resource, attribute = template.attribute_in(scalar(placed.argument) or "")
                message = f"Fn::GetAtt is given a text, expected {_wanted(signature)}"
                help = f"write [{resource or 'Resource'}, {attribute or 'Attribute'}]; only !GetAtt takes a text"
                yield Finding(template.span(placed.node), message, help)
            elif scalar(placed.argument) and not _attribute_in(placed.argument):
                message = f"'{scalar(placed.argument)}' names no attribute, expected Resource.Attribute"
                help = f"name the attribute, or write {{Ref: {scalar(placed.argument)}}} for the id"
                yield Finding(template.span(placed.node), message, help)
            continue
        if placed.function == "Fn::GetAtt" and len(given) == 2 and scalar(given[1]) == "":
            message = f"'{scalar(given[0])}' is asked for an attribute without a name"
            yield Finding(template.span(placed.node), message, "name the attribute")
        if placed.function == "Fn::Sub" and given != [placed.argument] and len(given) == 1:
            message = "Fn::Sub is given a list of 1, expected a text, or a text and a map"
            yield Finding(template.span(placed.node), message, "write the text without a list")
        if len(given) < signature.least or (signature.most is not None and len(given) > signature.most):
            message = f"{placed.function} is given {_counted(len(given))}, expected {_wanted(signature)}"
            whats = ", ".join(argument.what for argument in signature.arguments)
            more = ", …" if signature.most is None else ""
            yield Finding(template.span(placed.node), message, f"the arguments are: {whats}{more}")


def _attribute_in(argument: Node) -> str:
    return (scalar(argument) or "").partition(".")[2]


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _wanted(signature: Signature) -> str:
    least, most = signature.least, signature.most
    if most is None:
        return f"at least {least}"
    if least == most:
        return f"{least}: {', '.join(argument.what for argument in signature.arguments)}" if least > 1 else "1"
    return f"{least} to {most}"
