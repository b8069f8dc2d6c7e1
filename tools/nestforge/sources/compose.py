"""Compose a YAML document, refusing one that is nested too deeply for any program to walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import yaml
from yaml import CSafeLoader, MarkedYAMLError

from nestforge.model.pattern import pattern

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.nodes import Node

DEEPEST = 200
"""Levels. Published templates have at most some 30; libyaml itself ends the process beyond some 20,000."""

_PROBLEM = f"nested more than {DEEPEST} levels deep"
_BRACKET = pattern(r"[\[\]{}]")
_INDENTED = " " * DEEPEST
_IN_ONE_LINE = ("- - - ", "? ? ? ", "- ? ", "? - ")
"""Without one of these no line begins many levels at once; to look for them is much faster than the pattern."""
_DEEP_BLOCK = pattern(rf"(?m)^ {{{DEEPEST}}}|(?:[-?] ){{{DEEPEST // 4}}}")


def compose(text: str) -> Node | None:
    """Return the root node of `text`, None where there is no value; raises yaml.YAMLError."""
    if _may_be_deep(text):
        _refuse_depth(text)
    return yaml.compose(text, Loader=CSafeLoader)


def _may_be_deep(text: str) -> bool:
    """Return whether a look at the brackets and the indentation leaves it open; quotes are not understood."""
    if text.count("[") + text.count("{") > DEEPEST:
        depth = 0
        for bracket in _BRACKET.findall(text):
            depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
            if depth > DEEPEST:
                return True
    may_be = _INDENTED in text or any(pair in text for pair in _IN_ONE_LINE)
    return may_be and _DEEP_BLOCK.search(text) is not None


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise MarkedYAMLError(problem=_PROBLEM, problem_mark=cast("Mark | None", event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
