"""R4018."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.scalars import number
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_PAIRS = (("MinLength", "MaxLength"), ("MinValue", "MaxValue"))


@rule("R4018")
def impossible_bounds(template: Template) -> Iterator[Finding]:
    """A bound of a parameter is no number, or the lower bound is above the upper one.

    No value can be given.

    Bad:  {Type: Number, MinValue: 10, MaxValue: 1}
    Good: {Type: Number, MinValue: 1, MaxValue: 10}
    """
    for field in parameters_of(template):
        for low, high in _PAIRS:
            given = {name: field.attributes[name] for name in (low, high) if name in field.attributes}
            values = {name: number(scalar(node) or "") for name, node in given.items() if not _is_null(node)}
            for name, value in values.items():
                if value is None or (value < 0 and name.endswith("Length")):
                    shown = scalar(given[name]) or "a structure"
                    yield Finding(template.span(given[name]), f"{name} cannot be '{shown}'", "expected a number")
            least, most = values.get(low), values.get(high)
            if least is not None and most is not None and least > most:
                message = f"no value is at least {scalar(given[low])} and at most {scalar(given[high])}"
                yield Finding(template.span(given[low]), message, f"exchange {low} and {high}")


def _is_null(node: Node) -> bool:
    return node.tag.endswith(":null")
