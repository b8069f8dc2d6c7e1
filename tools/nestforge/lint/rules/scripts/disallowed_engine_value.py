"""R7035."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7035")
def disallowed_engine_value(template: Template) -> Iterator[Finding]:
    """A flag of vLLM, SGLang or Ray has a value that is none of those it accepts.

    Bad:  vllm serve $MODEL --dtype fp16
    Good: vllm serve $MODEL --dtype float16
    """
    yield from engine_findings(template, "choice")
