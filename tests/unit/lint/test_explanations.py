"""Every code that is written anywhere has its explanation, under the same name."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.own_project import ROOT

from nestforge.evaluate.fault import Kind
from nestforge.lint.explanations import explanations

if TYPE_CHECKING:
    from pathlib import Path


def written_in(path: Path) -> set[tuple[str, str]]:
    """Return the pairs of a code and a name that stand beside each other in calls."""
    pairs = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        arguments = node.args if isinstance(node, ast.Call) else []
        words = [argument.value if isinstance(argument, ast.Constant) else None for argument in arguments]
        for code, name in pairwise(words):
            if isinstance(code, str) and isinstance(name, str) and code[:1] == "R" and code[1:].isdigit():
                pairs.add((code, name))
    return pairs


def test_each_finding_has_one_explanation_and_each_explanation_a_finding() -> None:
    others = {(one.code, one.name) for one in explanations() if not one.is_rule}
    tool = ROOT / "tools" / "nestforge"
    written = {pair for path in tool.rglob("*.py") if path.parent.parent.name != "rules" for pair in written_in(path)}
    written |= {kind.value for kind in Kind} | {("R1401", "invalid-setting")}
    assert written == others


def test_codes_are_unique_and_a_title_is_one_sentence() -> None:
    every = explanations()
    assert len({one.code for one in every}) == len(every)
    assert [one.code for one in every if not one.title.endswith(".")] == []
