"""R3225."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MOST = 200


@rule("R3225", severity="warning")
def too_many_parameters(template: Template) -> Iterator[Finding]:
    """The template has more parameters than can be given when a stack is created.

    Bad:  201 entries in Parameters
    Good: 20 entries in Parameters, and a mapping for what goes together
    """
    if len(template.parameters) > _MOST:
        span = template.span_of_key("Parameters", list(template.parameters)[_MOST])
        yield Finding(
            span,
            f"{len(template.parameters)} parameters, of which {_MOST} can be given",
            "put values that belong together into one parameter of the type Json",
        )
