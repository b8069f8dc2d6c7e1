"""R3207."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_POLICIES = ("Delete", "Retain")


@rule("R3207")
def invalid_deletion_policy(template: Template) -> Iterator[Finding]:
    """A resource has a `DeletionPolicy` that ROS does not have.

    `Snapshot` is one of CloudFormation.

    Bad:  DeletionPolicy: Snapshot
    Good: DeletionPolicy: Retain
    """
    for resource in template.resources.values():
        node = entries(resource).get("DeletionPolicy")
        policy = text(node)
        if node is not None and policy is not None and policy not in _POLICIES:
            message = f"DeletionPolicy is '{policy}', expected {' or '.join(_POLICIES)}"
            yield Finding(template.span(node), message, did_you_mean(policy, _POLICIES) or "write Delete or Retain")
