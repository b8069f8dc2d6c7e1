"""R3318."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.jq_syntax import fault_in
from nestforge.lint.literals import literal_faults, literal_of
from nestforge.lint.placed_calls import placed_calls

TYPE_CHECKING = False
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

    help = "begin with First or All, then a program that needs the JSON alone"
    yield from literal_faults(template, "Fn::Jq", jq, ("First", ".", None), help, only=(0, 1))
    for placed in placed_calls(template):
        given = placed.given or []
        if placed.function == "Fn::Jq" and len(given) == 3:
            program = literal_of(given[1])
            if isinstance(program, str) and (fault := fault_in(program)) is not None:
                yield Finding(template.span(given[1]), f"Fn::Jq: the program is no jq: {fault}", "try it with `jq`")
