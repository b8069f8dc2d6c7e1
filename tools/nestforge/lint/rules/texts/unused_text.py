"""R5002."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R5002", severity="warning")
def unused_text(build: Build) -> Iterator[Finding]:
    """No template, document or configuration asks for a text.

    It is a leftover, or its key is mistyped and another text is shown. What could not be rendered may
    ask for anything: nothing is reported then.

    Bad:  parameters.Modle.label
    Good: parameters.Model.label
    """
    if build.diagnostics:
        return
    for texts in build.project.texts.values():
        for key, span in texts.spans.items():
            if key not in build.texts_used:
                missing = build.texts_used - texts.entries.keys()
                help = did_you_mean(key, missing) or "remove it, or use it"
                yield Finding(span, f"nothing uses the text '{key}'", help)
