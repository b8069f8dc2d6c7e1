"""R7031."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7031", severity="info")
def doubtful_engine_flag(template: Template) -> Iterator[Finding]:
    """No known version of the engine has this flag, where the script does not say which it starts.

    A version is known where the script installs it (`vllm==0.8.2`) or its image has it as the tag.

    Bad:  vllm serve $MODEL --tensor-parralel-size 8
    Good: vllm serve $MODEL --tensor-parallel-size 8
    """
    yield from engine_findings(template, "nowhere")
