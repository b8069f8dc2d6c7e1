"""What a piece of a template can be worth: plain data, what only creation can tell, what must not be shown."""

from __future__ import annotations

from math import isfinite

from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

ANY = "any"
STRING = "string"
NUMBER = "number"
BOOLEAN = "boolean"
LIST = "list"
MAP = "map"
NULL = "null"

MASK = "****"
"""What stands in place of a secret."""

DEEPEST = 100
"""Levels of lists, maps and functions inside each other; published templates have some 30."""


class Unknown(NamedTuple):
    """What only the creation of the stack can tell: its type, what will tell it, and what is known of its text.

    `parts` are the pieces of a text, known and unknown; empty where nothing is known. `faulty` marks
    what stands in place of a value that could not be had because of a finding.
    """

    type: str
    of: str
    parts: tuple[str | Unknown, ...] = ()
    faulty: bool = False


class NoValue:
    """`ALIYUN::NoValue`: the property that has it is left out. There is one, `NO_VALUE`."""

    __slots__ = ()


NO_VALUE = NoValue()

Data: TypeAlias = "str | int | float | bool | Unknown | NoValue | list[Data] | dict[str, Data] | None"


class SecretText(str):
    """A text with something in it that is never shown; `shown` is what is."""

    shown: str

    def __new__(cls, value: str, shown: str = MASK) -> SecretText:
        """Make one of a text and what is shown of it."""
        text = super().__new__(cls, value)
        text.shown = shown
        return text


class SecretInteger(int):
    """A whole number that is never shown."""


class SecretFloat(float):
    """A number that is never shown."""


class SecretBoolean(int):
    """A boolean that is never shown."""


SECRETS = (SecretText, SecretInteger, SecretFloat, SecretBoolean)


def kind_of(data: Data) -> str:
    """Return the type of a value; that of what is not known may be ANY."""
    if isinstance(data, Unknown):
        return data.type
    if data is None or isinstance(data, NoValue):
        return NULL
    if isinstance(data, (bool, SecretBoolean)):
        return BOOLEAN
    if isinstance(data, (int, float)):
        return NUMBER
    if isinstance(data, str):
        return STRING
    return LIST if isinstance(data, list) else MAP


def leaves(data: Data) -> Iterator[Data]:
    """Yield the values and the keys inside, without the lists and maps that hold them."""
    waiting = [data]
    while waiting:
        data = waiting.pop()
        if isinstance(data, list):
            waiting += reversed(data)
        elif isinstance(data, dict):
            yield from data
            waiting += reversed(data.values())
        else:
            yield data


def is_writable(data: Data) -> bool:
    """Return whether this can be written: no half of a character, no number without end."""
    for leaf in leaves(data):
        if isinstance(leaf, str) and any("\ud800" <= character <= "\udfff" for character in leaf):
            return False
        if isinstance(leaf, float) and not isfinite(leaf):
            return False
    return True


def first_unknown(data: Data) -> Unknown | None:
    """Return something unknown inside, if there is any."""
    return next((leaf for leaf in leaves(data) if isinstance(leaf, Unknown)), None)


def has_secret(data: Data) -> bool:
    """Return whether something inside must not be shown."""
    return any(
        isinstance(leaf, SECRETS)
        or (isinstance(leaf, Unknown) and any(isinstance(part, SecretText) for part in leaf.parts))
        for leaf in leaves(data)
    )


def conceal(data: Data) -> Data:
    """Return the same value, nothing of which is shown."""
    if isinstance(data, SECRETS):
        return data
    if isinstance(data, bool):
        return SecretBoolean(data)
    if isinstance(data, str):
        return SecretText(data)
    if isinstance(data, int):
        return SecretInteger(data)
    if isinstance(data, float):
        return SecretFloat(data)
    if isinstance(data, list):
        return [conceal(item) for item in data]
    if isinstance(data, dict):
        return {SecretText(key): conceal(value) for key, value in data.items()}
    if isinstance(data, Unknown):
        return Unknown(data.type, data.of, (), data.faulty)
    return data
