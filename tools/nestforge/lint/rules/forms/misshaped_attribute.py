"""R4022."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.kinds import BOOLEAN, MAP, NULL, SAID, TEXT, kind_of, said
from nestforge.lint.scalars import truth
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_KINDS: dict[str, tuple[str, ...]] = {
    "NoEcho": (BOOLEAN,),
    "Confirm": (BOOLEAN,),
    "TextArea": (BOOLEAN,),
    "Required": (BOOLEAN, MAP),
    "Label": (TEXT, MAP),
    "Description": (TEXT, MAP),
    "AssociationProperty": (TEXT,),
    "AssociationPropertyMetadata": (MAP,),
}


@rule("R4022", severity="warning")
def misshaped_attribute(template: Template) -> Iterator[Finding]:
    """An attribute of a parameter is of another kind than ROS and the form read there.

    The form takes no notice of it at best: a password with `NoEcho: maybe` may be shown.

    Bad:  {Type: String, NoEcho: maybe}
    Good: {Type: String, NoEcho: true}
    """
    for field in parameters_of(template):
        for name, kinds in _KINDS.items():
            node = field.attributes.get(name)
            if node is not None and not _is_one_of(node, kinds):
                found = SAID[kind_of(node)] if scalar(node) is None else f"'{scalar(node)}'"
                message = f"{name} of '{field.name}' is {found}, expected {said(kinds)}"
                yield Finding(template.span(node), message, _help(kinds))


def _is_one_of(node: Node, kinds: tuple[str, ...]) -> bool:
    kind = kind_of(node)
    if kind in (*kinds, NULL):
        return True
    text = scalar(node)
    if text is None:
        return False
    return TEXT in kinds or (BOOLEAN in kinds and truth(text) is not None) or "{{" in text


def _help(kinds: tuple[str, ...]) -> str:
    if BOOLEAN in kinds:
        return "write true or false"
    return "write a map" if kinds == (MAP,) else "write it as a text, without brackets"
