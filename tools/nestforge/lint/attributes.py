"""The attributes of resources that a template asks for."""

from __future__ import annotations

from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import entries, items, scalar, text
from nestforge.sources.substitution import parts_of, variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span
    from nestforge.rosspec.resource_type import ResourceType
    from nestforge.sources.template import Template


class Asked(NamedTuple):
    """An attribute of a resource that is asked for; `written` is how a variable stands in the text of the node."""

    target: str
    attribute: str
    node: Node
    written: str | None = None

    @property
    def resource(self) -> str:
        """The resource that a Count makes `Web[1]` of."""
        return self.target.partition("[")[0]

    def span(self, template: Template) -> Span:
        """Return the place of the attribute."""
        return template.span(self.node) if self.written is None else template.span_of_text(self.node, self.written)


@lru_cache(maxsize=1)  # two rules ask for those of the same template
def unknown_attributes(template: Template) -> tuple[tuple[Asked, ResourceType], ...]:
    """Return the attributes that the types of the resources are not known to return, each with the type."""
    return tuple(_unknown(template))


def _unknown(template: Template) -> Iterator[tuple[Asked, ResourceType]]:
    for asked in asked_attributes(template):
        declared = template.resources.get(asked.resource) or template.locals.get(asked.resource)
        found = bundled().type(scalar(entries(declared).get("Type")) or "")
        if found is None or found.has_any_attribute or asked.attribute.startswith("Outputs."):
            continue  # what a nested stack returns is known to that stack's template
        if asked.attribute not in found.attributes:
            yield asked, found


def is_list(argument: Node, template: Template) -> bool:
    """Return whether the attribute that this argument of `Fn::GetAtt` names is known to be a list."""
    target, attribute = _target_and_attribute(argument, template) or ("", "")
    found = bundled().type(template.type_of(target) or "")
    return found is not None and attribute in found.lists


def _target_and_attribute(argument: Node, template: Template) -> tuple[str, str] | None:
    """Return the resource and the attribute where both are written out."""
    given = items(argument)
    if len(given) == 2:
        target, attribute = scalar(given[0]), text(given[1])
    else:
        target, attribute = template.attribute_in(text(argument) or "")
    return (target, attribute) if target and attribute else None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def asked_attributes(template: Template) -> tuple[Asked, ...]:
    """Return the attributes that are written out, in `Fn::GetAtt` and in `Fn::Sub`."""
    return tuple(_asked(template))


def _asked(template: Template) -> Iterator[Asked]:
    for call in template.get_atts:
        asked = _target_and_attribute(call.argument, template)
        if asked is not None:
            yield Asked(*asked, (items(call.argument) or [call.argument])[-1])
    for call in template.calls("Fn::Sub"):
        parts = parts_of(call.argument)
        if parts is not None:
            for name, written in variables_in(scalar(parts[0]) or "").items():
                target, attribute = template.attribute_in(name)
                if attribute:
                    yield Asked(target, attribute, parts[0], written)
