"""`Fn::If`: one of two values, by a condition."""

from __future__ import annotations

from nestforge.evaluate.data import ANY, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.value import Origin, Value
from nestforge.sources.nodes import entries, items, scalar, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def if_(argument: Node, scope: Scope) -> Value:
    """Return the branch that the condition chooses; the other one is not evaluated."""
    given = items(argument)
    if len(given) != 3:
        raise Fault(f"expected a condition and two values, not {len(given) or 'a single value'}")
    name = text(given[0]) or scalar(entries(given[0]).get("Condition"))
    if name is None:
        raise Fault("the condition is no name", "define it under Conditions, and give its name here")
    condition = scope.condition(name)
    chosen = condition.data
    if isinstance(chosen, Unknown):
        return Value(Unknown(ANY, chosen.of, faulty=chosen.faulty), Origin(scope.template.span(argument)))
    value = scope.value_of(given[1] if chosen else given[2])
    step = f"condition {name} is {'true' if chosen else 'false'}"
    return Value(value.content, value.origin.after(step, *condition.origin.through))
