"""`Condition`: another condition by name."""

from __future__ import annotations

from nestforge.evaluate.fault import Fault
from nestforge.sources.nodes import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope
    from nestforge.evaluate.value import Value


def condition(argument: Node, scope: Scope) -> Value:
    """Return whether it is true."""
    name = text(argument)
    if name is None:
        raise Fault("expected the name of a condition")
    return scope.condition(name)
