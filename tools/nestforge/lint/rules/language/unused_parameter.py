"""R3216."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.used_names import used_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3216", severity="warning")
def unused_parameter(template: Template) -> Iterator[Finding]:
    """The template asks for a parameter and then does nothing with it.

    The buyer answers a question that changes nothing: mostly something is not wired up.

    Bad:  {Name: {Type: String}} above {Type: ALIYUN::ECS::VPC}
    Good: {Name: {Type: String}} above {Type: ALIYUN::ECS::VPC, Properties: {VpcName: {Ref: Name}}}
    """
    if not template.resources or template.has_transform:
        return
    used = used_names(template)
    for name in template.parameters:
        if used is not None and name not in used:
            span = template.span_of_key("Parameters", name)
            yield Finding(span, f"nothing uses the parameter '{name}'", "use it, or take it away")
