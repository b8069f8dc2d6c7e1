"""R4013."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import entries, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4013", severity="warning")
def missing_parameter_type(template: Template) -> Iterator[Finding]:
    """A parameter does not say of which type it is.

    The manual demands a type; without one, what is compared with the value may be of another kind.

    Bad:  ZoneId: {Label: Zone}
    Good: ZoneId: {Type: String, Label: Zone}
    """
    for key, parameter in pairs(template.sections.get("Parameters")):
        if isinstance(parameter, MappingNode) and not entries(parameter).keys() & {"Type", "<<"}:
            yield Finding(template.span(key), f"the parameter '{scalar(key)}' has no Type", "add `Type: String`")
