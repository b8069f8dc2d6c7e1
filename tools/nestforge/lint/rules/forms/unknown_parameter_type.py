"""R4012."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import TYPES, parameters_of
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MEANT = (
    dict.fromkeys(("int", "integer", "float", "double"), "did you mean 'Number'?")
    | dict.fromkeys(("list", "array"), "did you mean 'CommaDelimitedList', or 'Json'?")
    | {"map": "did you mean 'Json'?", "object": "did you mean 'Json'?", "bool": "did you mean 'Boolean'?"}
)


@rule("R4012")
def unknown_parameter_type(template: Template) -> Iterator[Finding]:
    """A parameter has a type that ROS does not know.

    Bad:  {Type: Integer}
    Good: {Type: Number}
    """
    for field in parameters_of(template):
        node = field.attributes.get("Type")
        if node is not None and field.type not in TYPES:
            help = _MEANT.get(field.type.casefold()) or did_you_mean(field.type, TYPES)
            message = f"a parameter cannot be of the type '{field.type}'"
            yield Finding(template.span(node), message, help or f"the types are {', '.join(TYPES)}")
