"""The types of parameters: what ROS makes of what is given for one."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, number_of, parse_json, wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.evaluate.data import Data

_TRUE = frozenset({"true", "t", "y", "yes", "on", "1"})
_FALSE = frozenset({"false", "f", "n", "no", "off", "0"})


def _string(data: Data) -> Data:
    if isinstance(data, (list, dict)):
        wrong("the value", "a text", data)
    return as_text(data)


def _number(data: Data) -> Data:
    return number_of(data.strip() if isinstance(data, str) else data, "the value")


def _boolean(data: Data) -> Data:
    word = as_text(data).lower()
    if word not in _TRUE | _FALSE:
        wrong("the value", "a boolean", data)
    return word in _TRUE


def _list(data: Data) -> Data:
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        wrong("the value", "a list", data)
    text = as_text(data)
    entries: list[Data] = list(text.split(",")) if text else []
    return entries


def _json(data: Data) -> Data:
    return parse_json(data) if isinstance(data, str) else data


CONVERSIONS: dict[str, Callable[[Data], Data]] = {
    "String": _string,
    "Number": _number,
    "Boolean": _boolean,
    "CommaDelimitedList": _list,
    "Json": _json,
}
"""By type; raises a Fault for what cannot be converted."""

STORED = ("ALIYUN::OOS::Parameter::Value", "ALIYUN::OOS::SecretParameter::Value")
"""Types whose value is the name of an entry of the parameter store, read at creation."""
