"""R7034."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7034")
def leftover_engine_argument(template: Template) -> Iterator[Finding]:
    """A word that an engine has no use for: the value of a switch, or what follows a broken line.

    The engine ends with "unrecognized arguments".

    Bad:  vllm serve $MODEL --enforce-eager true
    Good: vllm serve $MODEL --enforce-eager
    """
    yield from engine_findings(template, "stray")
