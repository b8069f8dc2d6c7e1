"""The values that the form offers, fills in and takes for a parameter while others have theirs.

`AllowedValues`, `Value`, `MinValue` and `MaxValue` in the metadata of a parameter are lists of `{Condition, Value}`.

Source: iac-code 0.16, whose validator models the form. That a field offers what is in any entry that holds, and that of
the others the first entry that holds counts, is [assumed], as is that a list without such an entry decides nothing.
"""

from __future__ import annotations

from nestforge.evaluate.arguments import number_of
from nestforge.evaluate.data import first_unknown, has_secret, is_writable
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.form_condition import holds, read, value_of
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data


class FormChoices(NamedTuple):
    """The values offered, the value filled in, the least and the greatest number: None where nothing is said."""

    offered: list[Data] | None = None
    filled_in: Data = None
    least: int | float | None = None
    greatest: int | float | None = None


NO_CHOICES = FormChoices()


def choices_of(metadata: Mapping[str, Node], values: Mapping[str, Data]) -> FormChoices:
    """Return what the metadata of a parameter offers for the values of all; nothing that is secret or unknown."""
    offered = [
        value
        for entry in _holding(metadata.get("AllowedValues"), values, bare=True)
        for value in (entry if isinstance(entry, list) else [entry])
    ]
    filled_in = next(_holding(metadata.get("Value"), values), None)
    least, greatest = (_number(metadata.get(name), values) for name in ("MinValue", "MaxValue"))
    if not offered and filled_in is None and least is None and greatest is None:
        return NO_CHOICES
    return FormChoices(offered or None, filled_in, least, greatest)


def _number(node: Node | None, values: Mapping[str, Data]) -> int | float | None:
    for value in _holding(node, values):
        try:
            return number_of(value, "the bound")
        except Fault:
            return None  # R4037 says so
    return None


def _holding(node: Node | None, values: Mapping[str, Data], *, bare: bool = False) -> Iterator[Data]:
    """Yield the values of the entries whose condition holds; with `bare` those without a condition as well."""
    listed = read(node) if node is not None else None
    for entry in listed if isinstance(listed, list) else ():
        conditional = isinstance(entry, dict) and "Value" in entry
        if isinstance(entry, dict) and conditional:
            if "Condition" in entry and not holds(entry["Condition"], values):
                continue
            entry = entry["Value"]
        elif not bare or isinstance(entry, (dict, list)):
            continue
        value = [_filled(each, values) for each in entry] if isinstance(entry, list) else _filled(entry, values)
        if value is not None and is_writable(value) and first_unknown(value) is None and not has_secret(value):
            yield value


def _filled(value: Data, values: Mapping[str, Data]) -> Data:
    return value_of(value, values) if isinstance(value, str) else value
