"""A template without what people read in it: most rules find the same whatever its labels and descriptions say."""

from __future__ import annotations

from itertools import accumulate

from nestforge.sources.libyaml import MappingNode, ScalarNode
from nestforge.sources.nodes import TEXT, entries, function_of, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_OF_PARAMETER = ("Label", "Description", "ConstraintDescription", "Placeholder")
_OF_OUTPUT = ("Label", "Description")
_LEVELS = 2
"""A text by language may stand below `default`."""
_MORE_THAN_A_VALUE = ("&", "!", "*")
"""Begin what is named for another place, or has a tag."""


def without_words(template: Template) -> str | None:
    """Return the text without the words in it; None where a list or mapping stands in two places, so words may too."""
    if template.has_aliases:
        return None
    starts = [0, *accumulate(len(line) + 1 for line in template.lines)]
    rest, at = [], 0
    for node in sorted(_words(template), key=lambda node: (node.start_mark.line, node.start_mark.column)):
        start, end = (starts[mark.line] + mark.column for mark in (node.start_mark, node.end_mark))
        if start >= at and not template.text.startswith(_MORE_THAN_A_VALUE, start):
            rest.append(template.text[at:start])
            at = end
    return "\0".join([*rest, template.text[at:]])


def _words(template: Template) -> Iterator[Node]:
    yield from _said(template.sections.get("Description"))
    for group in template.groups:
        yield from _said(entries(group.node).get("Label"))
    for owners, attributes in ((template.parameters, _OF_PARAMETER), (template.outputs, _OF_OUTPUT)):
        for owner in owners.values():
            given = entries(owner)
            for attribute in attributes:
                yield from _said(given.get(attribute))


def _said(node: Node | None, levels: int = _LEVELS) -> Iterator[Node]:
    """Yield the scalars of a text, or of one by language, that no function is called with."""
    if isinstance(node, ScalarNode):
        if node.tag == TEXT:
            yield node
    elif isinstance(node, MappingNode) and levels and function_of(node) is None:
        for _, value in pairs(node):
            yield from _said(value, levels - 1)
