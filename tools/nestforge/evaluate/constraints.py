"""The constraints of a parameter, each with the sentence a user reads."""

from __future__ import annotations

from nestforge.evaluate.arguments import number_of
from nestforge.evaluate.conversions import CONVERSIONS
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.pattern import matches
from nestforge.evaluate.same import is_in
from nestforge.evaluate.sentences import sentence
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.written import written
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.form_choices import FormChoices

MOST_VALUES = 10
"""How many of the allowed values a sentence lists."""


class Violation(NamedTuple):
    """What a value does not keep to; not `is_certain` where finding out takes too long."""

    kind: Kind
    sentence: str
    is_certain: bool = True


def violations(data: Data, type_: str, attributes: Mapping[str, Node], locale: str) -> Iterator[Violation]:
    """Yield each constraint that a converted value breaks; one that is malformed raises a Fault."""
    if (allowed := attributes.get("AllowedValues")) is not None:
        yield from _allowed(data, type_, _readable(items(allowed)), locale)
    pattern = scalar(attributes.get("AllowedPattern"))
    if pattern is not None and isinstance(data, str):
        found = matches(pattern, data, whole=True)
        if not found:
            key = "too slow" if found is None else "pattern"
            yield Violation(Kind.PATTERN_MISMATCH, sentence(key, locale, pattern=pattern), found is not None)
    if isinstance(data, (str, list, dict)):
        yield from _bounds(len(data), attributes, ("MinLength", "shorter"), ("MaxLength", "longer"), locale)
    elif isinstance(data, (int, float)) and not isinstance(data, bool):
        yield from _bounds(data, attributes, ("MinValue", "less"), ("MaxValue", "more"), locale)


def form_violations(data: Data, type_: str, choices: FormChoices, locale: str) -> Iterator[Violation]:
    """Yield what the form does not take of a converted value while other fields have their values."""
    if choices.offered is not None:
        yield from _allowed(data, type_, choices.offered, locale)
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        bounds = (choices.least, "less"), (choices.greatest, "more")
        yield from _outside(data, Kind.OUT_OF_RANGE, *bounds, locale)


def _allowed(data: Data, type_: str, allowed: Iterable[Data], locale: str) -> Iterator[Violation]:
    """Compare with the allowed values; of a list each entry must be one of them."""
    convert = CONVERSIONS["String" if type_ == "CommaDelimitedList" else type_]
    known: list[Data] = []
    for value in allowed:
        try:
            known.append(convert(value))
        except Fault:
            continue  # a value that no one can give
    chosen = data if type_ == "CommaDelimitedList" and isinstance(data, list) else [data]
    if not all(is_in(entry, known) is True for entry in chosen):
        shown = ", ".join(quoted(value) for value in known[:MOST_VALUES])
        more = ", …" if len(known) > MOST_VALUES else ""
        yield Violation(Kind.DISALLOWED_VALUE, sentence("allowed", locale, values=shown + more))


def _readable(nodes: list[Node]) -> Iterator[Data]:
    for node in nodes:
        try:
            yield written(node)
        except Fault:
            continue  # too deep or too large for any form


def _bounds(
    size: int | float, attributes: Mapping[str, Node], low: tuple[str, str], high: tuple[str, str], locale: str
) -> Iterator[Violation]:
    kind = Kind.OUT_OF_RANGE if low[0] == "MinValue" else Kind.WRONG_LENGTH
    least, most = (_bound(attributes, name) for name in (low[0], high[0]))
    yield from _outside(size, kind, (least, low[1]), (most, high[1]), locale)


def _outside(
    size: int | float,
    kind: Kind,
    least: tuple[int | float | None, str],
    most: tuple[int | float | None, str],
    locale: str,
) -> Iterator[Violation]:
    """Compare with two bounds, each with what is said of it."""
    if least[0] is not None and size < least[0]:
        yield Violation(kind, sentence(least[1], locale, bound=least[0]))
    if most[0] is not None and size > most[0]:
        yield Violation(kind, sentence(most[1], locale, bound=most[0]))


def _bound(attributes: Mapping[str, Node], name: str) -> int | float | None:
    text = scalar(attributes.get(name))
    if text is None:
        return None
    try:
        return number_of(text, name)
    except Fault as fault:
        raise Fault(fault.message, fault.help, Kind.MALFORMED_PARAMETER) from None
