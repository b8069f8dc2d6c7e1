"""Take the arguments of a function apart, with a sentence where they are not what the function takes."""

from __future__ import annotations

import json
import math

from nestforge.evaluate.data import (
    DEEPEST,
    Data,
    NoValue,
    SecretBoolean,
    SecretText,
    Unknown,
    has_secret,
    is_writable,
    leaves,
)
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.shown import quoted
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

LONGEST_TEXT = 1024 * 1024
LONGEST_LIST = 100_000
LARGEST = 10**300
"""Beyond, Python would not turn a whole number into another kind, nor into text."""

_BRACKET_OR_STRING = pattern(r'"(?:[^"\\]|\\[\s\S])*"|[\[\]{}]')


def items_of(argument: Data, least: int, most: int | None = None) -> list[Data]:
    """Return the arguments of a function that takes a list of them."""
    if not isinstance(argument, list):
        raise Fault(f"expected a list of arguments, not {quoted(argument)}")
    if len(argument) < least or (most is not None and len(argument) > most):
        wanted = str(least) if most == least else f"at least {least}" if most is None else f"{least} to {most}"
        raise Fault(f"expected {wanted} arguments, not {len(argument)}")
    return argument


def wrong(what: str, expected: str, data: Data) -> NoReturn:
    """Refuse an argument."""
    raise Fault(f"{what} is {quoted(data)}, expected {expected}")


def text_of(data: Data, what: str) -> str:
    """Return an argument that must be a string."""
    if not isinstance(data, str):
        wrong(what, "a string", data)
    return data


def list_of(data: Data, what: str) -> list[Data]:
    """Return an argument that must be a list."""
    if not isinstance(data, list):
        wrong(what, "a list", data)
    return data


def map_of(data: Data, what: str) -> dict[str, Data]:
    """Return an argument that must be a map."""
    if not isinstance(data, dict):
        wrong(what, "a map", data)
    return data


def number_of(data: Data, what: str) -> int | float:
    """Return an argument that must be a number, or text that is one."""
    if isinstance(data, str):
        data = parse_number(data, what)
    if isinstance(data, bool) or not isinstance(data, (int, float)) or not abs(data) <= LARGEST:
        wrong(what, "a number", data)
    return data


def integer_of(data: Data, what: str, least: int | None = None, most: int | None = None) -> int:
    """Return an argument that must be a whole number, within its bounds."""
    number = number_of(data, what)
    if number != int(number):
        wrong(what, "a whole number", data)
    if (least is not None and number < least) or (most is not None and number > most):
        wrong(what, f"{least} to {most}" if most is not None else f"at least {least}", data)
    return int(number)


def parse_number(text: str, what: str) -> int | float:
    """Return the number that is written in a text."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        wrong(what, "a number", text)
    return number


def parse_json(text: str) -> Data:
    """Return the value that JSON text stands for."""
    if _is_deep(text):
        raise Fault(f"this JSON text is nested more than {DEEPEST} levels deep", kind=Kind.TOO_DEEP)
    try:
        value: Data = json.loads(text)
    except ValueError:
        raise Fault(f"{quoted(text)} is no valid JSON") from None
    if not is_writable(value):
        raise Fault(f"{quoted(text)} has half a character, or a number without end")
    return value


def _is_deep(text: str) -> bool:
    """Return whether JSON text is nested too deeply: asked first, for reading it may not end well."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for found in _BRACKET_OR_STRING.findall(text):
        if found in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                return True
        elif found in ("]", "}"):
            depth -= 1
    return False


def as_text(data: Data) -> str:
    """Return a value as ROS puts it into a text: lists and maps as JSON."""
    if isinstance(data, str):
        return data
    if data is None or isinstance(data, NoValue):
        return ""
    if isinstance(data, SecretBoolean):
        return SecretText("true" if data else "false")
    check_length(sum(len(leaf) for leaf in leaves(data) if isinstance(leaf, str)))
    text = json.dumps(data, ensure_ascii=False)
    return SecretText(text) if has_secret(data) else text


def check_length(length: int, longest: int = LONGEST_TEXT) -> None:
    """Refuse what would not fit into memory, before it is made."""
    if length > longest:
        raise Fault(f"the result has more than {longest:,} characters or entries", kind=Kind.TOO_LARGE)


def joined(parts: list[str | Unknown], of: str = "") -> str | Unknown:
    """Put texts together; what is not known stays a part of its own, and secrets stay masked."""
    flat: list[str | Unknown] = []
    for part in parts:
        flat += part.parts if isinstance(part, Unknown) and part.parts else [part]
    check_length(sum(len(part) for part in flat if isinstance(part, str)))
    unknown = next((part for part in flat if isinstance(part, Unknown)), None)
    if unknown is not None:
        merged: list[str | Unknown] = []
        for part in flat:
            last = merged[-1] if merged else None
            if isinstance(part, str) and isinstance(last, str):
                merged[-1] = _concatenated([last, part])
            elif part != "":
                merged.append(part)
        return Unknown("string", of or unknown.of, tuple(merged), unknown.faulty)
    return _concatenated([part for part in flat if isinstance(part, str)])


def _concatenated(texts: list[str]) -> str:
    value = "".join(texts)
    if any(isinstance(text, SecretText) for text in texts):
        return SecretText(value, "".join(text.shown if isinstance(text, SecretText) else text for text in texts))
    return value
