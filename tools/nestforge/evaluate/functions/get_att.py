"""`Fn::GetAtt`: an attribute of a resource, `[resource, attribute]` or `!GetAtt resource.attribute`."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, text_of
from nestforge.evaluate.data import Unknown
from nestforge.evaluate.value import Origin, Value
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def get_att(argument: Node, scope: Scope) -> Value:
    """Return the attribute."""
    short = scalar(argument)
    if short is not None and not argument.tag.startswith("!"):
        resource, attribute = scope.template.attribute_in(short)
        return scope.attribute(resource, attribute, argument)
    names = items_of(scope.value_of(argument).data, 2, 2)
    unknown = next((name for name in names if isinstance(name, Unknown)), None)
    if unknown is not None:
        return Value(Unknown("any", unknown.of, faulty=unknown.faulty), Origin(scope.template.span(argument)))
    resource, attribute = (text_of(name, "the name") for name in names)
    return scope.attribute(resource, attribute, argument)
