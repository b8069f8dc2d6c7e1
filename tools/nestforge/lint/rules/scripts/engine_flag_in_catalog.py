"""R7050."""

from __future__ import annotations

from nestforge.lint.catalog_starts import catalog_starts
from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_check import faults_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_HINTS = ("short", "nowhere")


@rule("R7050")
def engine_flag_in_catalog(build: Build) -> Iterator[Finding]:
    """A catalog gives vLLM, SGLang or Ray an argument that the release does not take.

    What its own argument parser refuses ends the engine on the node, minutes after the buyer has paid. Each
    release that the service offers is asked with the arguments that it would be started with.

    Bad:  {flag: --gpu-memory-utilisation, value: "0.9"}
    Good: {flag: --gpu-memory-utilization, value: "0.9"}
    """
    for found in catalog_starts(build):
        for fault in faults_among([found.start]):
            if fault.kind not in _HINTS:
                yield Finding(found.spans[fault.word.line], fault.message, fault.help)
