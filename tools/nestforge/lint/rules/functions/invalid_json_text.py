"""R3329."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

_HELP = 'write a JSON object: {"key": value}'


@rule("R3329")
def invalid_json_text(template: Template) -> Iterator[Finding]:
    """`Fn::GetJsonValue` is given a text that is no JSON, or none that has keys.

    Bad:  {"Fn::GetJsonValue": [key, "{key: 1"]}
    Good: {"Fn::GetJsonValue": [key, '{"key": 1}']}
    """
    yield from literal_faults(template, "Fn::GetJsonValue", _value, ("", None), _HELP)


def _value(argument: Data) -> Data:
    from nestforge.evaluate.functions.get_json_value import get_json_value

    is_text = isinstance(argument, list) and isinstance(argument[1], str)
    return get_json_value(argument) if is_text else None  # R3303 reports another kind
