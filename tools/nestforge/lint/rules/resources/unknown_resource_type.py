"""R3101."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_OPAQUE = ("MODULE::", "Custom::", "Aliyun::Serverless::")
"""What the account, the template's author or a Transform defines."""


@rule("R3101")
def unknown_resource_type(template: Template) -> Iterator[Finding]:
    """A resource is of a type that ROS does not have.

    ROS refuses the template; only then does the buyer learn of it.

    Bad:  Type: ALIYUN::VPC::VSwitch
    Good: Type: ALIYUN::ECS::VSwitch
    """
    sources = [local for local in template.locals.values() if _type_of(local).startswith("DATASOURCE::")]
    for resource in (*template.resources.values(), *sources):
        node = entries(resource).get("Type")
        kind = scalar(node)
        if node is None or not kind or kind.startswith(_OPAQUE) or bundled().type(kind) is not None:
            continue
        help = did_you_mean(kind, bundled().types)
        yield Finding(
            template.span(node),
            f"ROS has no resource type '{kind}'",
            help or "look the type up in the ROS manual; a module is MODULE::…",
        )


def _type_of(entry: Node) -> str:
    return scalar(entries(entry).get("Type")) or ""
