"""What a scalar of YAML stands for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from yaml.constructor import SafeConstructor

if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

_PREFIX = "tag:yaml.org,2002:"
_constructor = SafeConstructor()

LARGEST = 10**300
"""Beyond, a number stays text: Python would not turn it into another kind."""


def scalar_value(node: ScalarNode) -> str | int | float | bool | None:
    """Return the value; a date stays the text that it is written as, and so does a number without end."""
    text = str(node.value)
    try:
        match node.tag.removeprefix(_PREFIX):
            case "null":
                return None
            case "bool":
                return bool(_constructor.construct_yaml_bool(node))
            case "int":
                number = int(_constructor.construct_yaml_int(node))
                return number if abs(number) <= LARGEST else text
            case "float":
                real = float(_constructor.construct_yaml_float(node))
                return real if math.isfinite(real) else text
            case _:
                return text
    except (ValueError, KeyError, OverflowError):  # an explicit tag on a text that is none; a number of 5,000 digits
        return text
