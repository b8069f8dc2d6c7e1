"""R4019."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4019")
def invalid_allowed_pattern(template: Template) -> Iterator[Finding]:
    """The AllowedPattern of a parameter is no regular expression.

    Bad:  AllowedPattern: "[a-z"
    Good: AllowedPattern: "[a-z]+"
    """
    for field in parameters_of(template):
        node = field.attributes.get("AllowedPattern")
        if node is None:
            continue
        pattern = scalar(node)
        if pattern is None:
            yield Finding(
                template.span(node), f"AllowedPattern of '{field.name}' is no text", "put the pattern in quotes"
            )
        elif (fault := _fault(pattern)) is not None:
            yield Finding(template.span(node), fault, "ROS matches as Python does: write it as Python's `re` takes it")


def _fault(pattern: str) -> str | None:
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.pattern import compiled

    try:
        compiled(pattern)
    except Fault as fault:
        return fault.message
    return None
