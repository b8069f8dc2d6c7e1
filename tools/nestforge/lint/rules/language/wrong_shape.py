"""R3204."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import LIST, MAP, SAID, TEXT, kind_of, said
from nestforge.lint.sections import ENTRIES, LITERAL, SECTIONS
from nestforge.sources.nodes import function_of, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3204")
def wrong_shape(template: Template) -> Iterator[Finding]:
    """A section, or an entry of one, is of another kind than ROS reads there.

    A list where a map belongs is often a dash too many, a text the indentation of the next line.

    Bad:  Resources: [{Type: ALIYUN::ROS::Sleep}]
    Good: Resources: {Wait: {Type: ALIYUN::ROS::Sleep}}
    """
    for section, node in template.sections.items():
        kinds = SECTIONS.get(section)
        if kinds is None:
            continue
        if section == "Outputs" and scalar(node) == "":
            continue  # an empty section, as published templates have it
        if kind_of(node) not in kinds:
            yield _wrong(template, node, section, kinds)
        elif section == "Parameters":
            yield from _parameters(template, node)
        elif section in ENTRIES:
            yield from _entries(template, section, node)


def _parameters(template: Template, node: Node) -> Iterator[Finding]:
    for key, parameter in pairs(node):
        if kind_of(parameter) != MAP:
            yield _wrong(template, parameter, f"Parameters.{scalar(key)}", (MAP,))


def _entries(template: Template, section: str, node: Node) -> Iterator[Finding]:
    for key, entry in pairs(node):
        name = f"{section}.{scalar(key)}"
        if kind_of(entry) != MAP:
            yield _wrong(template, entry, name, (MAP,))
            continue
        for part_key, value in pairs(entry):
            part = scalar(part_key) or ""
            kinds = ENTRIES[section].get(part)
            if kinds is None or (part not in LITERAL and function_of(value) is not None):
                continue
            if kind_of(value) not in kinds or (part in LITERAL and function_of(value) is not None):
                yield _wrong(template, value, f"{name}.{part}", kinds)
            elif part == "Assertions":
                for item in items(value):
                    if kind_of(item) != MAP:
                        yield _wrong(template, item, f"an assertion of {name}", (MAP,))
            elif part == "DependsOn":
                for item in items(value):
                    if function_of(item) is None and kind_of(item) in (LIST, MAP):
                        yield _wrong(template, item, f"an entry of {name}.DependsOn", (TEXT,))


def _wrong(template: Template, node: Node, what: str, kinds: tuple[str, ...]) -> Finding:
    called = function_of(node)
    found = f"what {called[0]} returns" if called else SAID[kind_of(node)]
    return Finding(template.span(node), f"{what} is {found}, expected {said(kinds)}", f"write {said(kinds[:1])}")
