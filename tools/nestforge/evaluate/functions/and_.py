"""`Fn::And`: whether all of the conditions are true."""

from __future__ import annotations

from nestforge.evaluate.combination import combination

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope
    from nestforge.evaluate.value import Value


def and_(argument: Node, scope: Scope) -> Value:
    """Return it; one that is false decides, whatever is not known of the others."""
    return combination(argument, scope, decisive=False)
