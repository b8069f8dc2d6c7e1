"""Evaluate the conditions, each after those that it names, however long the chain is."""

from __future__ import annotations

from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.names import ConditionNeeded
from nestforge.sources.nodes import function_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.evaluate.evaluator import Evaluator
    from nestforge.evaluate.names import Names

ROOTS = ("Condition", "Fn::Equals", "Ref", "Fn::FindInMap", "Fn::Not", "Fn::And", "Fn::Or", "Fn::TransformNamespace")
"""What a condition may begin with."""


def evaluate_conditions(names: Names, evaluator: Callable[[], Evaluator]) -> None:
    """Fill in `names.conditions`; one that depends on itself is reported, and unknown."""
    for first in names.template.conditions:
        waiting = {first: None}
        while waiting:
            name = next(reversed(waiting))
            if name in names.conditions:
                del waiting[name]
                continue
            node = names.template.conditions[name]
            scope = evaluator()
            try:
                called = function_of(node)
                if called is not None and called[0] not in ROOTS:
                    message = f"condition '{name}' begins with {called[0]}"
                    raise Fault(message, f"expected {', '.join(ROOTS[1:-1])}", Kind.MISPLACED_FUNCTION)
                names.conditions[name] = scope.truth_of(node)
            except ConditionNeeded as needed:
                if needed.name in waiting:
                    chain = [*waiting][[*waiting].index(needed.name) :]
                    way = " -> ".join([*chain, needed.name])
                    fault = Fault(f"conditions depend on themselves: {way}", None, Kind.CYCLE)
                    names.conditions[needed.name] = scope.faulty(names.template.conditions[needed.name], fault)
                else:
                    waiting[needed.name] = None
            except Fault as fault:
                names.conditions[name] = scope.faulty(node, fault)
