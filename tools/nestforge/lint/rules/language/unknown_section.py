"""R3201."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.sections import SECTIONS
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3201")
def unknown_section(template: Template) -> Iterator[Finding]:
    """The template has a section that ROS does not know.

    What is in it comes to nothing: outputs under `Output` are never shown.

    Bad:  Output: {Address: {Value: 10.0.0.1}}
    Good: Outputs: {Address: {Value: 10.0.0.1}}
    """
    for key, _ in pairs(template.root):
        name = scalar(key) or ""
        if name not in SECTIONS and name != "<<":
            span = template.span(key)
            edits = respelt(span, name, SECTIONS, template.sections)
            yield Finding(
                span,
                f"ROS has no section '{name}'",
                did_you_mean(name, SECTIONS) or "take it away, or put what it holds under Metadata",
                edits,
            )
