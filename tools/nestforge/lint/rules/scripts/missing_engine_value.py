"""R7033."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7033")
def missing_engine_value(template: Template) -> Iterator[Finding]:
    """A flag of vLLM, SGLang or Ray needs a value and has none.

    Bad:  vllm serve $MODEL --tensor-parallel-size --port 8000
    Good: vllm serve $MODEL --tensor-parallel-size 8 --port 8000
    """
    yield from engine_findings(template, "no-value")
