"""What a scalar is to ROS, which converts between the spellings of numbers, truth values and texts."""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

_NULL = "tag:yaml.org,2002:null"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_TRUTH = dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True) | dict.fromkeys(
    ("false", "f", "no", "n", "off", "0"), False
)


def is_absent(node: ScalarNode) -> bool:
    """Return whether the value is as good as not given: null or an empty text."""
    return node.tag == _NULL or node.value == ""


def is_filled_in_later(node: ScalarNode) -> bool:
    """Return whether Compute Nest puts something else in the place of `{{ … }}`."""
    return "{{" in node.value


def is_number(node: ScalarNode) -> bool:
    """Return whether ROS can take the scalar for a number."""
    return node.tag in _NUMBERS or number(node.value) is not None


def number(text: str) -> float | None:
    """Return the number that a text says in decimal form.

    >>> number("40"), number("1e3"), number("40GB"), number("nan")
    (40.0, 1000.0, None, None)
    """
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def truth(text: str) -> bool | None:
    """Return the truth value that a text says to ROS.

    >>> truth("True"), truth("off"), truth("maybe")
    (True, False, None)
    """
    return _TRUTH.get(text.casefold())


def canonical(text: str) -> str | float:
    """Return what is equal for all texts that ROS, having converted them, takes for the same value.

    >>> canonical("1"), canonical("1.0"), canonical("False"), canonical("Month")
    (1.0, 1.0, 'false', 'Month')
    """
    folded = text.casefold()
    if folded in ("true", "false"):
        return folded
    value = number(text)
    return text if value is None else value


def same(one: str, other: str) -> bool:
    """Return whether ROS, having converted them, takes two texts for the same value.

    >>> same("1", "1.0"), same("False", "false"), same("Month", "month")
    (True, True, False)
    """
    return one == other or canonical(one) == canonical(other)
