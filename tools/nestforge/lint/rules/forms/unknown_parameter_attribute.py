"""R4011."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import ATTRIBUTES, parameters_of
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.sources.nodes import key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MERGE = "<<"
_LANGUAGES = ("en", "zh-cn", "zh")


@rule("R4011", severity="warning")
def unknown_parameter_attribute(template: Template) -> Iterator[Finding]:
    """A parameter has an attribute that ROS does not know.

    ROS takes no notice of it: a mistyped constraint constrains nothing, a mistyped label is not shown.

    Bad:  {Type: String, Lable: {en: Name}}
    Good: {Type: String, Label: {en: Name}}
    """
    for field in parameters_of(template):
        for key, _ in pairs(field.node):
            name = key_text(key)
            if name not in ATTRIBUTES and name != _MERGE:
                span = template.span(key)
                edits = respelt(span, name, ATTRIBUTES, field.attributes)
                yield Finding(span, f"a parameter has no attribute '{name}'", _help(name), edits)


def _help(name: str) -> str:
    if name.casefold() in _LANGUAGES:
        return "put it below Label, Description or ConstraintDescription"
    return did_you_mean(name, ATTRIBUTES) or "take it away"
