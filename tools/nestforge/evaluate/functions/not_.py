"""`Fn::Not`: the opposite of a condition."""

from __future__ import annotations

from nestforge.evaluate.data import BOOLEAN, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.value import Value
from nestforge.sources.nodes import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def not_(argument: Node, scope: Scope) -> Value:
    """Negate a condition, given by itself or as the only entry of a list."""
    given = items(argument)
    if len(given) > 1:
        raise Fault(f"expected one condition, not {len(given)}")
    value = scope.truth_of(given[0] if given else argument)
    data = value.data
    opposite = Unknown(BOOLEAN, data.of, faulty=data.faulty) if isinstance(data, Unknown) else not data
    return Value(opposite, value.origin)
