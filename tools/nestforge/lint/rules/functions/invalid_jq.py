"""R3318."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3318")
def invalid_jq(template: Template) -> Iterator[Finding]:
    """`Fn::Jq` has no jq program, one that reads the environment, or does not say how many results.

    Looked at are quotes, brackets, and whether every operator has something on both sides.

    Bad:  {"Fn::Jq": [".[0]", First, {Ref: Json}]}
    Good: {"Fn::Jq": [First, ".[0]", {Ref: Json}]}
    """
    from nestforge.evaluate.functions.jq import jq

    yield from literal_faults(template, "Fn::Jq", jq, ("First", ".", None), only=(0, 1))
