"""`Ref`: a parameter, a pseudo parameter, a local, or the id of a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.evaluate.arguments import text_of
from nestforge.sources.nodes import scalar

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope
    from nestforge.evaluate.value import Value


def ref(argument: Node, scope: Scope) -> Value:
    """Return what the name stands for; the name may itself be the value of a parameter."""
    value = scope.value_of(argument)
    name = scalar(argument) if not argument.tag.startswith("!") else None
    return scope.reference(name or text_of(value.data, "the name"), argument)
