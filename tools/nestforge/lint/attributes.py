"""The attributes of resources that a template asks for."""

from __future__ import annotations

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
    """An attribute that the type of the resource is not known to return."""

    span: Span
    of: ResourceType
    attribute: str


def unknown_attributes(template: Template) -> Iterator[Asked]:
    """Yield the attributes, in `Fn::GetAtt` and in `Fn::Sub`, that the resources' types do not return."""
    for span, target, attribute in asked_attributes(template):
        name = target.partition("[")[0]
        declared = template.resources.get(name) or template.locals.get(name)
        found = bundled().type(scalar(entries(declared).get("Type")) or "")
        if found is None or found.has_any_attribute or attribute.startswith("Outputs."):
            continue  # what a nested stack returns is known to that stack's template
        if attribute not in found.attributes:
            yield Asked(span, found, attribute)


def is_list(argument: Node, template: Template) -> bool:
    """Return whether the attribute that this argument of `Fn::GetAtt` names is known to be a list."""
    target, attribute = _target_and_attribute(argument) or ("", "")
    found = bundled().type(template.type_of(target) or "")
    return found is not None and attribute in found.lists


def _target_and_attribute(argument: Node) -> tuple[str, str] | None:
    """Return the resource and the attribute where both are written out; `A.B.C` is the attribute `B.C` of `A`."""
    given = items(argument)
    if len(given) == 2:
        target, attribute = scalar(given[0]), text(given[1])
    else:
        target, _, attribute = (text(argument) or "").partition(".")
    return (target, attribute) if target and attribute else None


def asked_attributes(template: Template) -> Iterator[tuple[Span, str, str]]:
    """Yield the place, the resource and the attribute of each that is written out."""
    for call in template.get_atts:
        asked = _target_and_attribute(call.argument)
        if asked is not None:
            yield template.span((items(call.argument) or [call.argument])[-1]), *asked
    for call in template.calls("Fn::Sub"):
        parts = parts_of(call.argument)
        if parts is not None:
            for name, written in variables_in(scalar(parts[0]) or "").items():
                target, dot, attribute = name.partition(".")
                if dot:
                    yield template.span_of_text(parts[0], written), target, attribute
