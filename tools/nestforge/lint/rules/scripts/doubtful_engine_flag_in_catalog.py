"""R7051."""

from __future__ import annotations

from nestforge.lint.catalog_starts import catalog_starts
from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_check import faults_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_HINTS = ("short", "nowhere")


@rule("R7051", severity="info")
def doubtful_engine_flag_in_catalog(build: Build) -> Iterator[Finding]:
    """A catalog abbreviates an engine's flag, or gives one that no known version has.

    The second is asked only for a release without a table of flags of its own.

    Bad:  {flag: --tp, value: $TENSOR_PARALLEL}
    Good: {flag: --tp-size, value: $TENSOR_PARALLEL}
    """
    for found in catalog_starts(build):
        for fault in faults_among([found.start]):
            if fault.kind in _HINTS:
                yield Finding(found.spans[fault.word.line], fault.message, fault.help)
