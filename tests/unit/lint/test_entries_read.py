"""What a rule found in an entry is kept while little else changes: it may look at no more of the other entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nestforge.lint.check_entries import SECTIONS
from nestforge.lint.conditions import mappings_for
from nestforge.lint.registry import Row, load, rows
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import MAP, key_text, pairs
from nestforge.sources.template import Template, load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.nodes import Node

RULES = Path(__file__).parents[2] / "rules"
EACH = [(section, row) for section, row in rows() if row.each]
SEEN_OF_OTHERS = {"Parameters": ("Type", "Default", "AllowedValues"), "Resources": ("Type", "Condition", "Count")}


def templates_of(row: Row) -> Iterator[Template]:
    """Yield the rule's own fixtures, and those of others, in which entries stand beside each other."""
    own = RULES / f"{row.code}_{row.name}"
    for path in [*sorted(own.glob("*.yaml")), *sorted(RULES.glob("R[349]*/bad.yaml"))]:
        template = load_template(path.read_text(encoding="utf-8"), path.name, [])
        if template is not None and not template.has_aliases and not template.repeating:
            yield template


def mapping(like: Node, below: list[tuple[Node, Node]]) -> MappingNode:
    return MappingNode(MAP, below, like.start_mark, like.end_mark)


def with_little_of_others(template: Template, entry: Node) -> Template:
    """Return the template with one entry, and of the others what a rule may look at."""
    looked_up = {id(node) for node in mappings_for(template.calls_of(entry), template)}

    def kept(section: str, other: Node) -> Node | None:
        if other is entry or section in ("Conditions", "Locals", "Rules") or id(other) in looked_up:
            return other
        if section == "Mappings":
            return other if id(template.sections[section]) in looked_up else mapping(other, [])
        if section not in SEEN_OF_OTHERS or not isinstance(other, MappingNode):
            return None
        return mapping(other, [pair for pair in pairs(other) if key_text(pair[0]) in SEEN_OF_OTHERS[section]])

    def section_of(name: str, node: Node) -> Node:
        if name not in SECTIONS or not isinstance(node, MappingNode):
            return node
        return mapping(node, [(key, left) for key, other in pairs(node) if (left := kept(name, other)) is not None])

    root = mapping(template.root, [(key, section_of(key_text(key), node)) for key, node in pairs(template.root)])
    return Template(template.path, template.text, root)


def one_by_one(template: Template, check: Callable[[Template, Node], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return what is found in each entry, with the name of the entry."""
    every = [(section, *pair) for section in SECTIONS for pair in pairs(template.sections.get(section))]
    found = []
    for section, key, entry in every:
        in_entry = check(template, entry)
        assert {under for under, _ in in_entry} <= {f"{section}.{key_text(key)}"}
        found += in_entry
    return found


@pytest.mark.parametrize(("section", "row"), EACH, ids=[row.code for _, row in EACH])
def test_a_rule_finds_in_an_entry_what_it_finds_in_all_of_them(section: str, row: Row) -> None:
    rule, count = load(section, row), 0

    def found_in(template: Template) -> list[tuple[str, str]]:
        return [(str(found.under), str(found)) for found in rule.check(template, template.owner_at)]

    for template in templates_of(row):
        whole = sorted(found_in(template))
        assert sorted(one_by_one(template, lambda of, entry: found_in(of.about([entry])))) == whole
        alone = one_by_one(template, lambda of, entry: found_in(with_little_of_others(of, entry).about([entry])))
        assert sorted(alone) == whole
        count += len(whole)
    assert count
