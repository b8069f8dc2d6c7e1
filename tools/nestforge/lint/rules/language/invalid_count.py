"""R3212."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import BOOLEAN, NUMBER, SAID, TEXT, kind_of
from nestforge.lint.resource_values import choice_of
from nestforge.lint.scalars import is_absent, is_filled_in_later, number
from nestforge.lint.values import Branch, values_of
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import entries, function_of, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_OTHERWISE_WRITTEN = pattern(r"(?i)0x[0-9a-f_]+|0b[01_]+|\d[\d_]*(?::\d+)*")
"""The spellings that YAML takes for a whole number from 0 on."""


@rule("R3212")
def invalid_count(template: Template) -> Iterator[Finding]:
    """The `Count` of a resource is no whole number from 0 on, or a parameter makes it something else.

    Bad:  Count: -1
    Good: Count: 2
    """
    budget = Budget.for_lines(len(template.lines))
    for name, resource in template.resources.items():
        node = entries(resource).get("Count")
        if node is None:
            continue
        condition = scalar(entries(resource).get("Condition"))
        if function_of(node) is None:
            if not _is_count(node):
                yield _wrong(template, node, name, node, "")
            continue
        for value in values_of(node, template, Branch({condition: True} if condition else {}), budget):
            given = value.node
            if isinstance(given, ScalarNode) and not is_absent(given) and not _may_count(given):
                yield _wrong(template, node, name, given, choice_of(value.branch))


def _is_count(node: Node) -> bool:
    written = scalar(node) or ""
    kind = kind_of(node)
    return written.isdecimal() if kind == TEXT else kind == NUMBER and bool(_OTHERWISE_WRITTEN.fullmatch(written))


def _may_count(node: ScalarNode) -> bool:
    """Return whether ROS, which converts what a parameter has, may come to a number that counts."""
    value = number(node.value)
    converted = value is not None and value >= 0 and value.is_integer()
    return converted or _is_count(node) or kind_of(node) == BOOLEAN or is_filled_in_later(node)


def _wrong(template: Template, place: Node, name: str, given: Node, choice: str) -> Finding:
    count = scalar(given) or ""
    found = f"'{count}'" if count else SAID[kind_of(given)]
    message = f"the Count of '{name}' is {found}{choice}, expected a whole number from 0 on"
    return Finding(template.span(place), message, "write a number, or a function of parameters that gives one")
