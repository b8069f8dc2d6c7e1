"""R4017."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import TYPES, parameters_of
from nestforge.sources.nodes import key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_TYPES = tuple(type_ for type_ in TYPES if "::" not in type_)
_SIZED = ("String", "CommaDelimitedList", "Json")
_FOR = {
    "MinLength": _SIZED,
    "MaxLength": _SIZED,
    "MinValue": ("Number",),
    "MaxValue": ("Number",),
    "AllowedPattern": ("String",),
}


@rule("R4017")
def inapplicable_constraint(template: Template) -> Iterator[Finding]:
    """A parameter has a constraint that is not for its type.

    A length is for texts, lists and maps, a pattern for texts, a least and a greatest value for numbers.

    Bad:  {Type: Number, MinLength: 1}
    Good: {Type: Number, MinValue: 1}
    """
    for field in parameters_of(template):
        for key, _ in pairs(field.node):
            types = _FOR.get(key_text(key))
            if types and field.type in _TYPES and field.type not in types:
                message = f"{key.value} is not for a parameter of type {field.type}"
                yield Finding(template.span(key), message, f"it is for {', '.join(types)}")
