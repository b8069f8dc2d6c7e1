"""The `${Parameter}` references in what parameters say about the form."""

from __future__ import annotations

from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

INJECTED = frozenset({"RegionId"})
"""Names that the form itself fills in, whatever parameters there are."""

_WHOLE = pattern(r"\$\{([^}]+)\}")
# The fields of a list of parameters have names of their own. The other two are filled in by the form's
# components, from more than the parameters.
_OTHER_NAMES = frozenset({"Parameters", "DynamicValue", "MappingMetadata"})


class FormReference(NamedTuple):
    """A value that is `${name}` as a whole, and whether it decides what is shown or demanded."""

    node: Node
    name: str
    in_condition: bool


@lru_cache(maxsize=1)  # two rules and the search for unused parameters ask for those of the same template
def form_references(template: Template) -> tuple[FormReference, ...]:
    """Return the references of all parameters, in their metadata and in `Required`."""
    found = (template.recalled(_references_in, parameter) for parameter in template.parameters.values())
    return tuple(reference for references in found for reference in references)


def _references_in(parameter: Node) -> list[FormReference]:
    attributes = entries(parameter)
    found: list[FormReference] = []
    if (required := attributes.get("Required")) is not None:
        found += _below(required, in_condition=True)
    if (metadata := attributes.get("AssociationPropertyMetadata")) is not None:
        found += _below(metadata, in_condition=False)
    return found


def _below(node: Node, *, in_condition: bool) -> Iterator[FormReference]:
    waiting = [(node, in_condition)]
    seen: set[int] = set()
    while waiting:
        node, conditional = waiting.pop()
        if isinstance(node, ScalarNode):
            found = _WHOLE.fullmatch(str(node.value))
            if found and not found[1].startswith("!"):
                yield FormReference(node, found[1], conditional)
        elif id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, SequenceNode):
                waiting += [(item, conditional) for item in node.value]
            for key, value in pairs(node):
                name = scalar(key)
                if name not in _OTHER_NAMES:
                    waiting.append((value, conditional or name == "Condition"))


def is_known(reference: FormReference, template: Template) -> bool:
    """Return whether the form can fill in the reference; `${Parameter.field}` is a part of a parameter."""
    name = reference.name
    return name in template.parameters or name in INJECTED or name.partition(".")[0] in template.parameters
