"""Which artifacts the templates use, and which config.yaml relates to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.nodes import argument_parts, call, child, items, pairs, scalar, strings
from nestforge.lint.worst_case import mapped_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node, ScalarNode

    from nestforge.lint.template import Template

PLACEHOLDER = re.compile(r"\{\{\s*computenest::(\w+)::([\w.-]+)\s*\}\}")
BUILT_IN = "dockerconfigjson"
"""Compute Nest fills in the credentials of its own registries without a relation."""

_FINISHED = re.compile(r"m-[0-9a-z]+|\{\{\s*resolve:.*|.*\.vhd|")
"""Images that are there already: an identifier, a parameter of the Operation Orchestration Service, a public one."""


def image_tokens(template: Template) -> Iterator[tuple[Node, str]]:
    """Yield every value that an `ImageId` can have and that a relation has to replace."""
    for resource in template.resources.values():
        for node in _properties_named(resource, "ImageId"):
            for value in _values(template, node):
                text = scalar(value)
                if text is not None and not _FINISHED.fullmatch(text):
                    yield value, text


def placeholders(template: Template) -> Iterator[tuple[ScalarNode, str, str]]:
    """Yield where a `{{ computenest::kind::name }}` stands, as it is written there, and in one spelling."""
    for node in strings(template.root):
        for found in PLACEHOLDER.finditer(str(node.value)):
            if found.group(2) != BUILT_IN:
                yield node, found.group(), f"{{{{ computenest::{found.group(1)}::{found.group(2)} }}}}"


def relations(config: Template | None) -> Iterator[tuple[str, str, Node, Node]]:
    """Yield each relation of config.yaml: its kind, its name in one spelling, its key and its value."""
    metadata = child(config.root, "Service", "DeployMetadata", "SupplierDeployMetadata") if config else None
    for _, kind, entries in pairs(metadata):
        if kind.endswith("ArtifactRelation"):
            for key, name, value in pairs(entries):
                found = PLACEHOLDER.fullmatch(name)
                yield kind, f"{{{{ computenest::{found[1]}::{found[2]} }}}}" if found else name, key, value


def _properties_named(node: Node, name: str) -> Iterator[Node]:
    for _, key, value in pairs(node):
        if key == name:
            yield value
        else:
            yield from _properties_named(value, name)
    for item in items(node):
        yield from _properties_named(item, name)


def _values(template: Template, node: Node) -> Iterator[Node]:
    found = call(node)
    if found is None:
        yield node
        return
    name, argument = found
    parts = argument_parts(name, argument)
    if name == "Fn::FindInMap":
        yield from mapped_values(template, parts)
    elif name == "Fn::If":
        for part in parts[1:]:
            yield from _values(template, part)
    elif name == "Ref":
        parameter = template.parameters.get(scalar(argument) or "")
        default = child(parameter, "Default")
        yield from items(child(parameter, "AllowedValues")) or ([default] if default else [])
