"""`Condition`: another condition by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.evaluate.fault import Fault
from nestforge.sources.nodes import text

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
