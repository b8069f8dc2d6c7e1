"""The fields of the form: the parameters, and the fields of the forms inside parameters."""

from __future__ import annotations

from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

ATTRIBUTES = frozenset(
    {
        *("Type", "Default", "AllowedValues", "AllowedPattern", "MinLength", "MaxLength", "MinValue", "MaxValue"),
        *("NoEcho", "Confirm", "Description", "ConstraintDescription", "Label", "Placeholder", "TextArea"),
        *("AssociationProperty", "AssociationPropertyMetadata", "Required", "ReadOnly"),
    }
)
"""What a parameter may say of itself; ROS manual, parameters."""

TYPES = (
    *("String", "Number", "Boolean", "CommaDelimitedList", "Json"),
    *("ALIYUN::OOS::Parameter::Value", "ALIYUN::OOS::SecretParameter::Value"),
)
"""What a parameter can be."""

_SECRET_NAME = pattern(
    r"(?:password|passwd|pwd|secret|secretkey|apikey|accesstoken|authtoken|token|privatekey|accesskey)$"
)
_SECRET_COMPONENT = pattern(r"(?:^|::)Password$")
_INNER_FORMS = ("Parameters", "Parameter")
_DEEPEST = 10
_TRUE = frozenset({"true", "yes", "on", "1", "t", "y"})


class Field(NamedTuple):
    """A parameter, or a field of the form inside one.

    `type` is as it is written, `association` the component of the form: each is empty where there is none. `metadata`
    is what the component is told.
    """

    name: str
    key: Node
    node: Node
    attributes: dict[str, Node]
    type: str
    association: str
    metadata: dict[str, Node]

    @property
    def is_secret(self) -> bool:
        """Whether ROS shows the value to no one."""
        return (scalar(self.attributes.get("NoEcho")) or "").casefold() in _TRUE


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def parameters_of(template: Template) -> tuple[Field, ...]:
    """Return the parameters."""
    return tuple(_fields(template.sections.get("Parameters")))


@lru_cache(maxsize=1)
def fields_of(template: Template) -> tuple[Field, ...]:
    """Return the parameters and the fields inside them."""
    found = list(parameters_of(template))
    seen = {id(field.key) for field in found}
    level = found
    for _ in range(_DEEPEST):
        inside: dict[int, Field] = {}
        for inner in (inner for field in level for inner in _inner(field)):
            if id(inner.key) not in seen:
                inside[id(inner.key)] = inner
        seen |= inside.keys()
        level = list(inside.values())
        found += level
    return tuple(found)


def is_for_secret(field: Field) -> bool:
    """Return whether the name or the component of a field says that its value is a password, a key or a token."""
    if "AllowedValues" in field.attributes:
        return False
    if field.association:
        return bool(_SECRET_COMPONENT.search(field.association))
    return bool(_SECRET_NAME.search(field.name.replace("_", "").replace("-", "").casefold()))


def _inner(field: Field) -> Iterator[Field]:
    if not field.association or "Parameter" not in " ".join(field.metadata):
        return
    for name in _INNER_FORMS:
        form = field.metadata.get(name)
        if "Type" in entries(form) and name == "Parameter":
            return
        yield from _fields(form)


def _fields(section: Node | None) -> Iterator[Field]:
    for key, node in pairs(section):
        attributes = entries(node)
        if attributes:
            yield Field(
                scalar(key) or "",
                key,
                node,
                attributes,
                scalar(attributes.get("Type")) or "",
                scalar(attributes.get("AssociationProperty")) or "",
                entries(attributes.get("AssociationPropertyMetadata")),
            )
