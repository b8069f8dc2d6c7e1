"""A template as JSON, for the evaluator in a page: its nodes with their places, and what else the evaluation asks.

The nodes stand in one list and refer to each other by number: no template nests the JSON deeply, and what an alias
repeats is written once, even where it stands inside itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from nestforge.evaluate.conditions import ROOTS
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.function import Plain
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.evaluate.pattern import compiled
from nestforge.evaluate.sentences import SENTENCES
from nestforge.evaluate.shape import DEFAULTS, shapes_of
from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import TEXT, entries, items, key_text, scalar
from nestforge.sources.template import PSEUDO_PARAMETERS
from nestforge.sources.yaml_scalar import scalar_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.evaluate.function import Special
    from nestforge.rosspec.resource_type import ResourceType
    from nestforge.sources.template import Template

SCHEMA = 1

_SCALAR, _LIST, _MAP = range(3)
_CONTENT = 5
_PREFIX = "tag:yaml.org,2002:"


def template_json(template: Template) -> dict[str, object]:
    """Return what `evaluate` in static/evaluate.js takes.

    A node is `[kind, line, column, end line, end column, content, tag, more]`, lines and columns from 1. The content
    of a scalar is its text, of a list the numbers of its nodes, of a map those of its keys and values in turn. What
    follows is left out where it says nothing: the tag, without YAML's own prefix; then the value of a scalar that is
    no string, a whole number as its digits, or the text that stands for a list or a map where it is a key.
    """
    return {
        "schema": SCHEMA,
        "path": template.path,
        "nodes": _nodes(template.root),
        "list_attributes": _list_attributes(template),
        "shapes": _shapes(template) if "ALIYUN::NoValue" in template.text else {},
        "faulty_patterns": _faulty_patterns(template),
        "time_zones": sorted(available_timezones()) if "Fn::FormatTime" in template.words else [],
        "language": _language(),
    }


def _nodes(root: Node) -> list[list[object]]:
    """Return all nodes, the root first."""
    numbers = {id(root): 0}
    found = [root]
    keys: set[int] = set()
    result: list[list[object]] = []
    for node in found:  # it grows meanwhile
        below: list[Node] = []
        if isinstance(node, MappingNode):
            below = [each for pair in node.value for each in pair]
            keys.update(id(key) for key, _ in node.value if not isinstance(key, ScalarNode))
        elif isinstance(node, SequenceNode):
            below = node.value
        for each in below:
            if id(each) not in numbers:
                numbers[id(each)] = len(found)
                found.append(each)
        result.append(_record(node, [numbers[id(each)] for each in below]))
    for number, node in enumerate(found):
        if id(node) in keys:
            result[number][_CONTENT + 1 :] = [node.tag.removeprefix(_PREFIX), key_text(node)]
    return result


def _record(node: Node, below: list[int]) -> list[object]:
    start, end = node.start_mark, node.end_mark
    place = [start.line + 1, start.column + 1, end.line + 1, end.column + 1]
    tag = node.tag.removeprefix(_PREFIX)
    if not isinstance(node, ScalarNode):
        kind = _MAP if isinstance(node, MappingNode) else _LIST
        return [kind, *place, below, *([tag] if tag.startswith("!") else [])]
    value = scalar_value(node)
    if isinstance(value, str):
        return [_SCALAR, *place, node.value, *([tag] if node.tag != TEXT else [])]
    whole = isinstance(value, int) and not isinstance(value, bool)
    return [_SCALAR, *place, node.value, tag, str(value) if whole else value]


def _list_attributes(template: Template) -> dict[str, list[str]]:
    """Return which attributes of the types in the template are lists."""
    return {name: sorted(found.lists) for name, found in _types(template) if found.lists}


def _shapes(template: Template) -> dict[str, object]:
    """Return what a property left out comes to in the types of the template."""
    return {name: shapes_of(found) for name, found in _types(template) if found.described}


def _types(template: Template) -> Iterator[tuple[str, ResourceType]]:
    names = {scalar(entries(node).get("Type")) or "" for node in template.resources.values()}
    for name in sorted(names):
        if (found := bundled().type(name)) is not None:
            yield name, found


def _faulty_patterns(template: Template) -> dict[str, str]:
    """Return what is said of each regular expression written in the template that is none."""
    attributes = [entries(node) for node in template.parameters.values()]
    written = [scalar(own.get("AllowedPattern")) for own in attributes]
    written += [scalar(next(iter(items(call.argument)), None)) for call in template.calls("Fn::MatchPattern")]
    result: dict[str, str] = {}
    for pattern in written:
        try:
            compiled(pattern or "")
        except Fault as fault:
            result[pattern or ""] = fault.message
    return result


def _language() -> dict[str, object]:
    """Return what the evaluator in the page knows from ours, so that neither can differ from the other."""
    return {
        "pseudo_parameters": sorted(PSEUDO_PARAMETERS),
        "kinds": {kind.name: kind.value for kind in Kind},
        "sentences": SENTENCES,
        "functions": {name: _function(function) for name, function in FUNCTIONS.items()},
        "condition_roots": ROOTS,
        "defaults": DEFAULTS,
    }


def _function(function: Plain | Special) -> dict[str, object]:
    facts: dict[str, object] = {"places": [place.value for place in function.places]}
    if isinstance(function, Plain):
        facts |= {"returns": function.returns, "exact": function.exact, "tracks_secrets": function.tracks_secrets}
    return facts
