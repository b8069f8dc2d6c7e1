"""R4037."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_conditions import CHOICES
from nestforge.lint.form_fields import fields_of
from nestforge.lint.kinds import LIST, MAP, NULL, SAID, kind_of
from nestforge.lint.scalars import number
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.form_fields import Field
    from nestforge.sources.template import Template


@rule("R4037", severity="warning")
def misshaped_metadata(template: Template) -> Iterator[Finding]:
    """What a field offers, fills in, takes or calls a value has another shape than the form reads there.

    Labels are a map from each value to a text, or to a text for each language; a strategy is one word. Value, MinValue
    and MaxValue are lists of `{Condition, Value}`, in which the form takes the first that holds; AllowedValues may list
    values without a condition as well.

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
        for name in CHOICES:
            if name in field.metadata:
                yield from _misshaped_choices(template, field, name)


def _misshaped_choices(template: Template, field: Field, name: str) -> Iterator[Finding]:
    listed = field.metadata[name]
    if not isinstance(listed, SequenceNode):
        if not _is_reference(listed) and kind_of(listed) != NULL:
            message = f"{name} of '{field.name}' is {SAID[kind_of(listed)]}, expected a list"
            yield Finding(template.span(listed), message, f"write `{name}: [{{Condition: …, Value: …}}]`")
        return
    for entry in listed.value:
        if not isinstance(entry, MappingNode):
            if name != "AllowedValues":
                message = f"an entry of {name} of '{field.name}' is {SAID[kind_of(entry)]}, expected a map"
                yield Finding(template.span(entry), message, "write `{Condition: …, Value: …}`")
            continue
        own = entries(entry)
        missing = [key for key in ("Condition", "Value") if key not in own]
        if missing:
            message = f"an entry of {name} of '{field.name}' has no {' and no '.join(missing)}"
            yield Finding(template.span(entry), message, "write `{Condition: …, Value: …}`")
        elif name in ("MinValue", "MaxValue") and not _is_number(own["Value"]):
            message = f"{name} of '{field.name}' is {SAID[kind_of(own['Value'])]}, expected a number"
            yield Finding(template.span(own["Value"]), message, "write a number")


def _is_number(node: Node) -> bool:
    return isinstance(node, ScalarNode) and (number(node.value) is not None or _is_reference(node))


def _is_label(node: Node) -> bool:
    if isinstance(node, MappingNode):
        return all(isinstance(text, ScalarNode) for _, text in node.value)
    return isinstance(node, ScalarNode)


def _is_reference(node: Node) -> bool:
    return isinstance(node, ScalarNode) and ("${" in node.value or "{{" in node.value)
