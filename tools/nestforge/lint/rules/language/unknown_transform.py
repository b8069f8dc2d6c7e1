"""R3227."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import items, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_KNOWN = ("Aliyun::Serverless-2018-04-03", "Aliyun::Terraform-v1.0", "Aliyun::Terraform-v1.1")


@rule("R3227", severity="warning")
def unknown_transform(template: Template) -> Iterator[Finding]:
    """`Transform` names something else than the transforms of ROS.

    Bad:  Transform: AWS::Serverless-2016-10-31
    Good: Transform: Aliyun::Serverless-2018-04-03
    """
    node = template.sections.get("Transform")
    for name in items(node) or ([] if node is None else [node]):
        transform = text(name)
        if transform is not None and transform != _KNOWN[0]:
            yield Finding(
                template.span(name),
                f"'{transform}' is no known transform",
                did_you_mean(transform, _KNOWN) or "write one that ROS knows, or do without the section",
            )
