"""R7032."""

from __future__ import annotations

from nestforge.lint.engine import rule
from nestforge.lint.engine_check import engine_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.engine import Finding
    from nestforge.sources.template import Template


@rule("R7032", severity="info")
def abbreviated_engine_flag(template: Template) -> Iterator[Finding]:
    """The beginning of an engine's flag stands for the whole flag.

    The parser takes it as long as no other flag begins so: the next version may have one.

    Bad:  python3 -m sglang.launch_server --tp 16
    Good: python3 -m sglang.launch_server --tp-size 16
    """
    yield from engine_findings(template, "short")
