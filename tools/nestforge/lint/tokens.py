"""The tokens in templates that stand for artifacts."""

from __future__ import annotations

from nestforge.lint.placeholders import PLACEHOLDER, is_built_in, normal
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import children, entries, function_of, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

# Ids and names of images that exist without an artifact: custom (m-…), public, by family, by parameter.
_PUBLIC_IMAGE = pattern(
    r"(?i)m-[a-z0-9]+$|.*\.(vhd|qcow2)$|\{\{|acs:|"
    r"(aliyun|alibaba|centos|ubuntu|debian|win|fedora|freebsd|suse|opensuse|sles|redhat|rhel|alma|rocky|anolis|"
    r"coreos|gentoo|kylin|uos|openeuler|fusion)",
)


class Token(NamedTuple):
    """A placeholder, or the stand-in for an ECS image."""

    text: str
    node: Node


def placeholders(template: Template) -> Iterator[Token]:
    """Yield the placeholders that need a relation, wherever they are written."""
    for node in _scalars(template.root):
        if "{{" in node.value:
            for found in PLACEHOLDER.findall(str(node.value)):
                if not is_built_in(found):
                    yield Token(normal(found), node)


def image_tokens(template: Template) -> Iterator[Token]:
    """Yield what an `ImageId` can be and no public image is, through mappings, choices and parameters."""
    waiting = [template.sections.get("Resources")]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        for key, value in pairs(node):
            if scalar(key) == "ImageId":
                yield from _images(value, template)
        waiting += children(node)


def all_scalars(template: Template) -> set[str]:
    """Return every scalar of a template, placeholders in their usual spelling beside them."""
    written = {str(node.value) for node in _scalars(template.root)}
    return written | {token.text for token in placeholders(template)}


def _images(node: Node, template: Template) -> Iterator[Token]:
    called = function_of(node)
    if called is None:
        name = scalar(node)
        if name and not _PUBLIC_IMAGE.match(name):
            yield Token(name, node)
        return
    function, argument = called
    given = items(argument)
    if function == "Fn::If":
        for branch in given[1:]:
            yield from _images(branch, template)
    elif function == "Fn::FindInMap" and len(given) == 3:
        rows = entries(template.mappings.get(scalar(given[0]) or ""))
        chosen = [rows[key] for key in [scalar(given[1])] if key in rows] or list(rows.values())
        for row in chosen:
            cell = entries(row).get(scalar(given[2]) or "")
            if cell is not None:
                yield from _images(cell, template)
    elif function == "Ref":
        attributes = entries(template.parameters.get(scalar(argument) or ""))
        if "AssociationProperty" not in attributes:
            for value in items(attributes.get("AllowedValues")):
                yield from _images(value, template)


def _scalars(root: Node) -> Iterator[ScalarNode]:
    waiting = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            waiting += children(node)
