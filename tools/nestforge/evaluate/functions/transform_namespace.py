"""`Fn::TransformNamespace`: a name or a value inside a module."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def transform_namespace(argument: Data) -> Data:
    """Return the value of `[kind, namespace, value]`: outside of a module there is no namespace to add."""
    kind, _, value = items_of(argument, 3, 3)
    if kind not in ("Condition", "DependsOn"):
        wrong("the kind", "'Condition' or 'DependsOn'", kind)
    return value
