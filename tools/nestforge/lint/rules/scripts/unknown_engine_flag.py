"""R7030."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7030")
def unknown_engine_flag(template: Template) -> Iterator[Finding]:
    """A flag that vLLM, SGLang or Ray does not know in the version that the script installs or runs.

    The engine ends at once, minutes after the buyer has paid. The flags are those of the version's own
    argument parser. A beginning that fits several flags is refused as well.

    Bad:  vllm serve $MODEL --gpu-memory-utilisation 0.9
    Good: vllm serve $MODEL --gpu-memory-utilization 0.9
    """
    yield from engine_findings(template, "unknown", "ambiguous")
