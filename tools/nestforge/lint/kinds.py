"""What kind of value something written in a template is, as far as that can be told from the template."""

from __future__ import annotations

from nestforge.sources.libyaml import ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.sources.template import Template

TEXT, NUMBER, BOOLEAN, NULL, LIST, MAP = "text", "number", "boolean", "null", "list", "map"

SAID = {
    TEXT: "a text",
    NUMBER: "a number",
    BOOLEAN: "true or false",
    NULL: "null",
    LIST: "a list",
    MAP: "a map",
}

PARAMETER_KINDS = {"String": TEXT, "Number": NUMBER, "Boolean": BOOLEAN, "CommaDelimitedList": LIST}
"""What a Ref of a parameter is; Json may be anything."""

_ALONE = {kind: frozenset((kind,)) for kind in SAID}
_TAGS = {"null": NULL, "bool": BOOLEAN, "int": NUMBER, "float": NUMBER}
_DEEPEST = 20
_NO_VALUE = "ALIYUN::NoValue"
_INDEX = "ALIYUN::Index"


def kind_of(node: Node) -> str:
    """Return the kind of a value that is written out, no function looked at."""
    if isinstance(node, ScalarNode):
        return _TAGS.get(node.tag.rpartition(":")[2], TEXT)
    return LIST if isinstance(node, SequenceNode) else MAP


def said(kinds: tuple[str, ...]) -> str:
    """Return `a text, a number or null`."""
    words = [SAID[kind] for kind in kinds]
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def kinds_of(node: Node, template: Template, depth: int = 0) -> frozenset[str] | None:
    """Return the kinds that a value can be of, through functions; None where that is not known."""
    called = function_of(node)
    if called is None:
        return _ALONE[kind_of(node)]
    if depth > _DEEPEST:
        return None
    function, argument = called
    if function == "Ref":
        kind = _kind_of_reference(scalar(argument) or "", template)
        return None if kind is None else _ALONE[kind]
    if function == "Fn::If":
        given = items(argument)
        found = [kinds_of(branch, template, depth + 1) for branch in given[1:3]]
        return frozenset().union(*(kinds for kinds in found if kinds)) if found and None not in found else None
    from nestforge.lint.signatures import SIGNATURES

    signature = SIGNATURES.get(function)
    return None if signature is None or signature.returns is None else frozenset((signature.returns,))


def _kind_of_reference(name: str, template: Template) -> str | None:
    if name in template.parameters:
        return PARAMETER_KINDS.get(scalar(entries(template.parameters[name]).get("Type")) or "")
    if name.startswith("ALIYUN::"):
        return NULL if name == _NO_VALUE else NUMBER if name == _INDEX else TEXT
    base, bracket, _ = name.partition("[")
    if base not in template.resources or base in template.locals:
        return None
    return LIST if not bracket and "Count" in entries(template.resources[base]) else TEXT
