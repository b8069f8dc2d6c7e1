"""R3237."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3237", severity="warning")
def data_source_outside_locals(template: Template) -> Iterator[Finding]:
    """A local that is a data source is used by something else than another local.

    What is found there is for locals of type `Eval` and `Macro`, which resources and outputs then refer to.

    Bad:  Zone: {Value: {"Fn::GetAtt": [Zones, ZoneIds]}} in Outputs, where Zones is a data source
    Good: Zone: {Type: Eval, Value: {"Fn::GetAtt": [Zones, ZoneIds]}} in Locals, where Zones is a data source
    """
    sources = {
        name
        for name, local in template.locals.items()
        if (scalar(entries(local).get("Type")) or "").startswith("DATASOURCE::")
    }
    for use in uses_of(template):
        if use.base in sources and use.section != "Locals":
            message = f"'{use.base}' is a data source, which only other locals can use"
            yield Finding(use.span(template), message, "give a local of type Eval its value, and refer to that")
