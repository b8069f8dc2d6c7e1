"""The commands that a template runs on its hosts, put together as ROS would, with the origin of each line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, product
from typing import TYPE_CHECKING

from nestforge.lint.nodes import argument_parts, call, child, items, pairs, scalar
from nestforge.lint.template import node_lines
from nestforge.lint.worst_case import mapped_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node, ScalarNode

    from nestforge.lint.template import Template

_MOST_VARIANTS = 64
_ANY_VALUE = "eA=="  # stands for what only ROS knows; a word to any shell, in any quotes
_VARIABLE = re.compile(r"\$\{\s*([^!{}\s][^{}]*?)\s*\}")


@dataclass(frozen=True, slots=True)
class Command:
    """A `CommandContent`; `node` is its value."""

    resource: str
    node: Node


@dataclass(slots=True)
class Text:
    """Text that grows; `lines` holds, for each of its lines, the rendered line that it began on."""

    content: str = ""
    lines: list[int] = field(default_factory=list)

    def add(self, text: str, first: int, step: int) -> None:
        """Append `text`, whose lines begin on the rendered lines `first`, `first + step` and so on."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.content += "\n"
            if not self.content or self.content.endswith("\n"):
                del self.lines[self.content.count("\n") :]
                self.lines.append(first + number * step)
            self.content += line


def commands(template: Template) -> Iterator[Command]:
    """Yield the command of each resource that has one."""
    for name, resource in template.resources.items():
        node = child(resource, "Properties", "CommandContent")
        if node is not None:
            yield Command(name, node)


def literal_parts(template: Template, node: Node) -> Iterator[ScalarNode]:
    """Yield every literal that can become part of what `node` evaluates to, those of mappings included."""
    found = call(node)
    if found is None:
        from yaml.nodes import ScalarNode

        if isinstance(node, ScalarNode):
            yield node
        for part in [*items(node), *(value for _, _, value in pairs(node))]:
            yield from literal_parts(template, part)
        return
    name, argument = found
    if name in ("Ref", "Fn::GetAtt"):
        return
    parts = argument_parts(name, argument)
    if name == "Fn::FindInMap":
        parts = mapped_values(template, parts)
    elif name in ("Fn::If", "Fn::Select"):
        parts = parts[1:]
    for part in parts:
        yield from literal_parts(template, part)


def variants(template: Template, command: Command) -> list[Text]:
    """Return the texts that the command can have, for every choice that its lookups and conditions depend on."""
    choices = dict(_choices(template, command.node))
    texts: dict[str, Text] = {}
    for picked in islice(product(*choices.values()), _MOST_VARIANTS):
        text = Text()
        _write(template, command.node, dict(zip(choices, picked, strict=True)), text)
        texts.setdefault(text.content, text)
    return list(texts.values())


def _choices(template: Template, node: Node) -> Iterator[tuple[str, list[str]]]:
    found = call(node)
    name, argument = found or ("", node)
    parts = argument_parts(name, argument)
    if name in ("Fn::Base64Encode", "Fn::Base64"):
        return
    if name == "Ref":
        wanted = scalar(argument) or ""
        allowed = items(child(template.parameters.get(wanted), "AllowedValues"))
        if allowed:
            yield wanted, [text for item in allowed if (text := scalar(item)) is not None]
        return
    if name == "Fn::If":
        yield scalar(parts[0]) or "", ["true", "false"]
    for part in [*parts, *(value for _, _, value in pairs(argument))]:
        if part is not node:
            yield from _choices(template, part)


def _write(template: Template, node: Node, choice: Mapping[str, str], text: Text) -> None:
    found = call(node)
    first = node.start_mark.line + 1
    if found is None:
        lines = list(node_lines(node))
        if lines:
            step = lines[1][0] - lines[0][0] if len(lines) > 1 else 0
            text.add("\n".join(line for _, line in lines), lines[0][0], step)
        return
    name, argument = found
    parts = argument_parts(name, argument)
    if name == "Fn::Join" and len(parts) == 2:
        for number, part in enumerate(items(parts[1])):
            if number:
                text.add(scalar(parts[0]) or "", first, 0)
            _write(template, part, choice, text)
    elif name == "Fn::Sub":
        lines = list(node_lines(parts[0]))
        filled = [_VARIABLE.sub(_ANY_VALUE, line).replace("${!", "${") for _, line in lines]
        step = lines[1][0] - lines[0][0] if len(lines) > 1 else 0
        text.add("\n".join(filled), lines[0][0] if lines else first, step)
    elif name == "Fn::FindInMap":
        value = _looked_up(template, parts, choice)
        if value is not None:
            _write(template, value, choice, text)
    elif name == "Fn::If" and len(parts) == 3:
        _write(template, parts[1 if choice.get(scalar(parts[0]) or "") == "true" else 2], choice, text)
    else:
        text.add(_ANY_VALUE, first, 0)


def _looked_up(template: Template, parts: list[Node], choice: Mapping[str, str]) -> Node | None:
    """Return the value of `Fn::FindInMap`, whose keys can be chosen or looked up themselves."""
    keys: list[str] = []
    for part in parts:
        found = call(part)
        if found is None:
            keys.append(scalar(part) or "")
        elif found[0] == "Ref":
            keys.append(choice.get(scalar(found[1]) or "", ""))
        elif found[0] == "Fn::FindInMap":
            keys.append(scalar(_looked_up(template, argument_parts(*found), choice)) or "")
    node = template.mappings.get(keys[0]) if keys else None
    return child(node, *keys[1:]) if len(keys) == 3 else None
