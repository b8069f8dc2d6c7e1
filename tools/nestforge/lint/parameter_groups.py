"""The groups that the console's form shows the parameters in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.nodes import child, items, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.template import Template


def grouped_parameters(template: Template) -> Iterator[tuple[Node, str]]:
    """Yield the members of all groups."""
    groups = child(template.root, "Metadata", "ALIYUN::ROS::Interface", "ParameterGroups")
    for group in items(groups):
        for member in items(child(group, "Parameters")):
            name = scalar(member)
            if name is not None:
                yield member, name
