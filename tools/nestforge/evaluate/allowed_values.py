"""Which values the parameters of a template may have, where it lists them."""

from __future__ import annotations

from nestforge.evaluate.conversions import CONVERSIONS
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.written import written
from nestforge.sources.nodes import entries, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template


Scalar = str | int | float | bool


def allowed_values(template: Template) -> dict[str, list[Scalar]]:
    """Return the values of each parameter with AllowedValues, its default first."""
    found = {}
    for name, node in template.parameters.items():
        attributes = entries(node)
        if "AllowedValues" in attributes:
            convert = CONVERSIONS.get(scalar(attributes.get("Type")) or "String", CONVERSIONS["String"])
            values = list(_converted(items(attributes["AllowedValues"]), convert))
            default = list(_converted([attributes["Default"]] if "Default" in attributes else [], convert))
            found[name] = default + [value for value in values if value not in default]
    return found


def _converted(nodes: list[Node], convert: Callable[[Data], Data]) -> Iterator[Scalar]:
    for node in nodes:
        try:
            value = convert(written(node))
        except Fault:
            continue  # a value that no one can give
        if isinstance(value, Scalar):
            yield value
