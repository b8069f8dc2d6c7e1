"""How long a deployment may take, and how long the resources of a template may make it wait."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.scalars import truth
from nestforge.lint.values import Branch, values_of
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

DEPLOY_TIMEOUT = ("Service", "DeployMetadata", "SupplierDeployMetadata", "DeployTimeout")
LEAST, MOST, DEFAULT = 600, 86_400, 3_600
"""Seconds: ROS gives a stack 10 to 1440 minutes, and 60 where nothing is said."""

_COMMANDS = ("ALIYUN::ECS::RunCommand", "ALIYUN::ECS::Invocation")


def waits(template: Template) -> Iterator[tuple[str, Node, int]]:
    """Yield the resources that the deployment waits for: name, the node that says how long, the most seconds."""
    budget = Budget.for_lines(len(template.lines))
    for name in template.resources:
        kind = template.type_of(name) or ""
        properties = template.properties_of(name)
        timeout = properties.get("Timeout")
        if timeout is None:
            continue
        is_command = kind in _COMMANDS and _may_be_true(properties.get("Sync"), template, budget)
        if not is_command and kind != "ALIYUN::ROS::WaitCondition":
            continue
        texts = [scalar(value.node) or "" for value in values_of(timeout, template, Branch(), budget)]
        seconds = [int(text[:12]) for text in texts if text.isdecimal()]
        if seconds:
            yield name, timeout, max(seconds)


def _may_be_true(node: Node | None, template: Template, budget: Budget) -> bool:
    if node is None:
        return False
    return any(truth(scalar(value.node) or "") for value in values_of(node, template, Branch(), budget))
