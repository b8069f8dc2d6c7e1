"""R3224."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MANY, _MOST = 200, 300


@rule("R3224", severity="warning")
def many_resources(template: Template) -> Iterator[Finding]:
    """The template has more than 200 resources.

    One page of the manual allows 200 to a stack, another 300: what is between may be refused.

    Bad:  250 entries in Resources
    Good: 150 entries in Resources, and a nested stack for the rest
    """
    if _MANY < len(template.resources) <= _MOST:
        span = template.span_of_key("Resources", list(template.resources)[_MANY])
        yield Finding(span, f"{len(template.resources)} resources, expected at most {_MANY}", "use nested stacks")
