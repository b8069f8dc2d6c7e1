"""R7036."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7036")
def engine_value_of_wrong_type(template: Template) -> Iterator[Finding]:
    """A flag of vLLM, SGLang or Ray wants a number or JSON and is given something else.

    Bad:  vllm serve $MODEL --tensor-parallel-size eight
    Good: vllm serve $MODEL --tensor-parallel-size 8
    """
    yield from engine_findings(template, "type")
