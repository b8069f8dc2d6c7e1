"""What the form calls the values of a field, beside the values that the field can have."""

from __future__ import annotations

from nestforge.lint.form_fields import fields_of
from nestforge.lint.scalars import is_filled_in_later
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.lint.form_fields import Field
    from nestforge.sources.template import Template

_REFERENCE = "${"


class LabelledField(NamedTuple):
    """A field with ValueLabelMapping: the keys of its labels, and the values that it can have, each by its text."""

    field: Field
    labels: Mapping[str, Node]
    values: Mapping[str, Node]


def labelled_fields(template: Template) -> Iterator[LabelledField]:
    """Yield the fields of which all values are written out, and that have labels for them."""
    for field in fields_of(template):
        mapping = field.metadata.get("ValueLabelMapping")
        if not isinstance(mapping, MappingNode):
            continue
        values = _values_of(field)
        if values:
            labels = {str(key.value): key for key, _ in pairs(mapping) if isinstance(key, ScalarNode)}
            yield LabelledField(field, labels, values)


def _values_of(field: Field) -> dict[str, Node] | None:
    """Return the values that a field can have by AllowedValues and by its metadata; None where one is not known."""
    nodes: list[Node] = []
    for allowed in (field.attributes.get("AllowedValues"), field.metadata.get("AllowedValues")):
        if allowed is not None and not isinstance(allowed, SequenceNode):
            return None
        for item in allowed.value if allowed is not None else ():
            chosen = entries(item).get("Value", item)
            nodes += chosen.value if isinstance(chosen, SequenceNode) else [chosen]
    if not all(isinstance(node, ScalarNode) and not _is_open(node) for node in nodes):
        return None
    return {str(node.value): node for node in nodes}


def _is_open(node: ScalarNode) -> bool:
    return is_filled_in_later(node) or _REFERENCE in node.value
