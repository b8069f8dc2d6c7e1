"""R3227."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import items, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_VERSIONS = ("v0.12", "v0.15", "v1.0", "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "2020-06-18")
"""Of Terraform; ROS manual, "Terraform features and resources in ROS", and for the last one its manual of 2020."""

_KNOWN = ("Aliyun::Serverless-2018-04-03", *(f"Aliyun::Terraform-{version}" for version in _VERSIONS))


@rule("R3227", severity="warning")
def unknown_transform(template: Template) -> Iterator[Finding]:
    """`Transform` names something else than the transforms of ROS, or a version that is not among them.

    ROS takes new versions of Terraform up from time to time: one that came after this list can be right.

    Bad:  Transform: AWS::Serverless-2016-10-31
    Good: Transform: Aliyun::Serverless-2018-04-03
    """
    node = template.sections.get("Transform")
    for name in items(node) or ([] if node is None else [node]):
        transform = text(name)
        if transform is not None and transform not in _KNOWN:
            yield Finding(
                template.span(name),
                f"'{transform}' is no known transform",
                did_you_mean(transform, _KNOWN) or "write one that ROS knows, or do without the section",
            )
