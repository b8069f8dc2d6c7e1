"""`Fn::And` and `Fn::Or` of conditions, some of which may be unknown."""

from __future__ import annotations

from nestforge.evaluate.data import BOOLEAN, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.value import Origin, Value
from nestforge.sources.nodes import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def combination(argument: Node, scope: Scope, *, decisive: bool) -> Value:
    """Return `decisive` where one of the conditions is, the opposite where none is; else it is unknown."""
    given = items(argument)
    if len(given) < 2:
        raise Fault(f"expected at least two conditions, not {len(given) or 'a single value'}")
    values = [scope.truth_of(node) for node in given]
    origin = Origin(scope.template.span(argument)).after(*(step for value in values for step in value.steps))
    if any(value.data is decisive for value in values):
        return Value(decisive, origin)
    unknown = next((value.data for value in values if isinstance(value.data, Unknown)), None)
    if unknown is not None:
        return Value(Unknown(BOOLEAN, unknown.of, faulty=unknown.faulty), origin)
    return Value(not decisive, origin)
