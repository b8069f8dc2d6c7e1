"""What a scalar of YAML stands for.

What nearly all scalars are is known here; PyYAML, which takes longer to load, is asked about the rest.
"""

from __future__ import annotations

from functools import cache, lru_cache

from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.constructor import SafeConstructor
    from yaml.resolver import Resolver

LARGEST = 10**300
"""Beyond, a number stays text: Python would not turn it into another kind."""

_PREFIX = "tag:yaml.org,2002:"
_BOOL, _FLOAT, _INT, _NULL = (f"{_PREFIX}{kind}" for kind in ("bool", "float", "int", "null"))
_MEANINGS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
_BOOLEANS = {form: meant for word, meant in _MEANINGS.items() for form in (word, word.title(), word.upper())}
_WORDS = (
    dict.fromkeys(_BOOLEANS, _BOOL)
    | dict.fromkeys(("", "~", "null", "Null", "NULL"), _NULL)
    | dict.fromkeys("!&*", f"{_PREFIX}yaml")
    | {"<<": f"{_PREFIX}merge", "=": f"{_PREFIX}value"}
)
_FIRST_OF_WORDS = frozenset(word[:1] for word in _WORDS)
_FIRST_OF_NUMBERS = frozenset("+-.0123456789")
_IN_NUMBERS = "0123456789+-_.:eETtZz \t"
"""The signs of numbers and dates, but for those of _ODD_NUMBERS."""
_MOST_REMEMBERED = 4096
_ODD_NUMBERS = ("0x", "0b", "inf", "nan")


@lru_cache(maxsize=_MOST_REMEMBERED)  # the same few stand in most templates
def tag_of(text: str) -> str:
    """Return the tag that YAML 1.1 gives a scalar without quotes."""
    first = text[:1]
    if first in _FIRST_OF_WORDS:
        return _WORDS.get(text, TEXT)
    return _tag_of_number(text) if first in _FIRST_OF_NUMBERS else TEXT


def _tag_of_number(text: str) -> str:
    if _is_plain_number(text):
        return _INT
    if text.isdecimal() and text.isascii():
        return TEXT if text.strip("01234567") else _INT  # with a zero before it, in octal
    is_odd = text.lstrip("+-.").lower().startswith(_ODD_NUMBERS)
    if not is_odd and (text.strip(_IN_NUMBERS) or ("." not in text and "e" in text.lower())):
        return TEXT  # an address, a size with its unit, an identifier
    if _is_plain_fraction(text):
        return _FLOAT
    if not text.strip("0123456789.") and "." in text:
        return TEXT  # a version
    tag: str = _resolver().resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # of the stubs
    return tag


def _is_plain_number(text: str) -> bool:
    digits = text[1:] if text[0] in "+-" else text
    return digits.isdecimal() and digits.isascii() and (digits[0] != "0" or digits == "0")


def _is_plain_fraction(text: str) -> bool:
    whole, point, part = text.partition(".")
    return bool(point) and (whole + part).isdecimal() and text.isascii()


def scalar_value(node: ScalarNode) -> str | int | float | bool | None:
    """Return the value; a date stays the text that it is written as, and so does a number without end."""
    text = str(node.value)
    try:
        match node.tag.removeprefix(_PREFIX):
            case "null":
                return None
            case "bool":
                return _BOOLEANS[text] if text in _BOOLEANS else bool(_constructor().construct_yaml_bool(node))
            case "int":
                number = int(text if _is_plain_number(text) else _constructor().construct_yaml_int(node))
                return number if abs(number) <= LARGEST else text
            case "float":
                real = float(text if _is_plain_fraction(text) else _constructor().construct_yaml_float(node))
                return real if abs(real) < float("inf") else text
            case _:
                return text
    except (ValueError, KeyError, OverflowError):  # an explicit tag on a text that is none; a number of 5,000 digits
        return text


@cache
def _resolver() -> Resolver:
    from yaml.resolver import Resolver

    return Resolver()


@cache
def _constructor() -> SafeConstructor:
    from yaml.constructor import SafeConstructor

    return SafeConstructor()
