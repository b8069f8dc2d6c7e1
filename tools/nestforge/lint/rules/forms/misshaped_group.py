"""R4051."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.libyaml import MappingNode, SequenceNode
from nestforge.sources.nodes import key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_KEYS = ("Label", "Parameters", "Description", "DefaultExpand", "AssociationProperty", "AssociationPropertyMetadata")
_FOR_ALL = "default"


@rule("R4051", severity="warning")
def misshaped_group(template: Template) -> Iterator[Finding]:
    """A group of the form is no mapping of a Label and Parameters, or has something else beside them.

    The group has no heading then, or no fields.

    Bad:  {Label: {Default: Network}, Parameters: [VpcId]}
    Good: {Label: {default: Network}, Parameters: [VpcId]}
    """
    groups = template.interface.get("ParameterGroups")
    if groups is not None and not isinstance(groups, SequenceNode):
        yield Finding(template.span(groups), "ParameterGroups is no list", "write a list of groups")
    for group in template.groups:
        if not isinstance(group.node, MappingNode):
            yield Finding(template.span(group.node), "this is no group", "write `Label` and `Parameters`")
        for key, value in pairs(group.node):
            name = key_text(key)
            if name not in _KEYS:
                yield Finding(
                    template.span(key),
                    f"a group has no '{name}'",
                    did_you_mean(name, _KEYS) or "take it away: a group has Parameters, a Label and DefaultExpand",
                )
            elif name == "Parameters" and not isinstance(value, SequenceNode):
                yield Finding(template.span(value), "Parameters is no list", "write a list of names")
            elif name == "Label":
                yield from _label(value, template)


def _label(label: Node, template: Template) -> Iterator[Finding]:
    for key, _ in pairs(label):
        name = key_text(key)
        if name != _FOR_ALL and name.casefold() == _FOR_ALL:
            yield Finding(template.span(key), f"a label has no '{name}'", f"did you mean '{_FOR_ALL}'?")
