"""What the form shows, demands and offers for the values that it has: what a parameter's metadata decides."""

from __future__ import annotations

from nestforge.evaluate.form_choices import NO_CHOICES, FormChoices, choices_of
from nestforge.evaluate.form_condition import holds, read
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template


class FormState(NamedTuple):
    """Whether the form shows a parameter, whether it demands a value, and which it offers."""

    visible: bool
    required: bool
    choices: FormChoices


def form_state(template: Template, values: Mapping[str, Data]) -> dict[str, FormState]:
    """Return the state of each parameter for these values; one that is not shown is not demanded."""
    result: dict[str, FormState] = {}
    for name, node in template.parameters.items():
        attributes = entries(node)
        metadata = entries(attributes.get("AssociationPropertyMetadata"))
        visible = name not in template.hidden_parameters
        if visible and (condition := entries(metadata.get("Visible")).get("Condition")) is not None:
            visible = holds(read(condition), values)
        if (condition := entries(metadata.get("Required")).get("Condition")) is not None:
            required = holds(read(condition), values)
        elif (own := attributes.get("Required")) is not None:
            required = holds(read(own), values)
        else:
            default = attributes.get("Default")
            required = default is None or read(default) is None
        choices = choices_of(metadata, values) if visible else NO_CHOICES
        result[name] = FormState(visible, visible and required, choices)
    return result
