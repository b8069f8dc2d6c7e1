"""R4037."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.lint.kinds import LIST, MAP, NULL, SAID, kind_of
from nestforge.sources.libyaml import MappingNode, ScalarNode
from nestforge.sources.nodes import key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R4037", severity="warning")
def misshaped_metadata(template: Template) -> Iterator[Finding]:
    """ValueLabelMapping or DefaultValueStrategy has another shape than the form reads there.

    Labels are a map from each value to a text, or to a text for each language; a strategy is one word.

    Bad:  {AllowedValues: [new], AssociationPropertyMetadata: {ValueLabelMapping: [Make one]}}
    Good: {AllowedValues: [new], AssociationPropertyMetadata: {ValueLabelMapping: {new: Make one}}}
    """
    for field in fields_of(template):
        labels, strategy = (field.metadata.get(name) for name in ("ValueLabelMapping", "DefaultValueStrategy"))
        if labels is not None and kind_of(labels) not in (MAP, NULL) and not _is_reference(labels):
            message = f"ValueLabelMapping of '{field.name}' is {SAID[kind_of(labels)]}, expected a map"
            yield Finding(template.span(labels), message, "write each value with its label")
        for key, label in pairs(labels):
            if not _is_label(label):
                message = f"the label of '{key_text(key)}' is {SAID[kind_of(label)]}, expected a text"
                yield Finding(template.span(label), message, "write a text, or one for each language")
        if strategy is not None and kind_of(strategy) in (LIST, MAP):
            message = f"DefaultValueStrategy of '{field.name}' is {SAID[kind_of(strategy)]}, expected a word"
            yield Finding(template.span(strategy), message, "write recent or random")


def _is_label(node: Node) -> bool:
    if isinstance(node, MappingNode):
        return all(isinstance(text, ScalarNode) for _, text in node.value)
    return isinstance(node, ScalarNode)


def _is_reference(node: Node) -> bool:
    return isinstance(node, ScalarNode) and ("${" in node.value or "{{" in node.value)
