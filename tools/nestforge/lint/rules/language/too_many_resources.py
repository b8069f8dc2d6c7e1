"""R3223."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MOST = 300


@rule("R3223")
def too_many_resources(template: Template) -> Iterator[Finding]:
    """The template has more resources than any stack can have.

    Bad:  301 entries in Resources
    Good: 150 entries in Resources, and a nested stack for the rest
    """
    if len(template.resources) > _MOST:
        span = template.span_of_key("Resources", list(template.resources)[_MOST])
        yield Finding(span, f"{len(template.resources)} resources, expected at most {_MOST}", "use nested stacks")
