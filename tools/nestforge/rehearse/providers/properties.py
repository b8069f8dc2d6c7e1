"""Read a resource's properties: numbers and booleans may be texts, as ROS takes them."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data


def text(properties: Mapping[str, Data], name: str, default: str = "") -> str:
    """Return a text; `default` where it is missing or null."""
    value = properties.get(name)
    return default if value is None else str(value)


def required(properties: Mapping[str, Data], name: str) -> str:
    """Return a text that must be there. Raises ResourceFailed."""
    found = text(properties, name)
    if not found:
        raise ResourceFailed(f"its {name} is missing")
    return found


def whole(properties: Mapping[str, Data], name: str, default: int, least: int, most: int) -> int:
    """Return a whole number. Raises ResourceFailed."""
    value = properties.get(name)
    if value is None:
        return default
    try:
        number = int(str(value))
    except ValueError:
        raise ResourceFailed(f"its {name} is '{value}', expected a whole number") from None
    if not least <= number <= most:
        raise ResourceFailed(f"its {name} is {number}, expected {least} to {most}")
    return number


def flag(properties: Mapping[str, Data], name: str, *, default: bool) -> bool:
    """Return a boolean. Raises ResourceFailed."""
    value = text(properties, name, str(default)).lower()
    if value not in ("true", "false", "1", "0"):
        raise ResourceFailed(f"its {name} is '{value}', expected true or false")
    return value in ("true", "1")


def texts(properties: Mapping[str, Data], name: str) -> list[str]:
    """Return a list of texts. Raises ResourceFailed."""
    value = properties.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ResourceFailed(f"its {name} is '{value}', expected a list")
    return [str(item) for item in value]


def maps(properties: Mapping[str, Data], name: str) -> list[Mapping[str, Data]]:
    """Return a list of maps. Raises ResourceFailed."""
    value = properties.get(name)
    if value is None:
        return []
    found = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(found) != len(value):
        raise ResourceFailed(f"its {name} is '{value}', expected a list of maps")
    return list(found)


def network(properties: Mapping[str, Data], name: str) -> IPv4Network:
    """Return a range of IPv4 addresses. Raises ResourceFailed."""
    value = required(properties, name)
    try:
        return IPv4Network(value)
    except ValueError as error:
        raise ResourceFailed(f"its {name} is '{value}': {error}") from None


def refuse(properties: Mapping[str, Data], names: tuple[str, ...], why: str) -> None:
    """Raise ResourceFailed where one of the properties is there and says anything."""
    for name in names:
        if properties.get(name) not in (None, "", False, [], {}):
            raise ResourceFailed(f"its {name} is not rehearsed: {why}")
