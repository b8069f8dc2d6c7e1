"""`Ref`: a parameter, a pseudo parameter, a local, or the id of a resource."""

from __future__ import annotations

from nestforge.evaluate.arguments import text_of
from nestforge.evaluate.data import ANY, Unknown
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.value import Origin, Value
from nestforge.sources.nodes import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def ref(argument: Node, scope: Scope) -> Value:
    """Return what the name stands for; the result of a function can only name a parameter."""
    written = text(argument)
    if written is not None:
        return scope.reference(written, argument)
    name = scope.value_of(argument).data
    if isinstance(name, Unknown):
        return Value(Unknown(ANY, name.of, faulty=name.faulty), Origin(scope.template.span(argument)))
    known = text_of(name, "the name")
    if known not in scope.template.parameters:
        raise Fault(f"no parameter is called {quoted(known)}", kind=Kind.UNDEFINED_NAME)
    return scope.reference(known, argument)
