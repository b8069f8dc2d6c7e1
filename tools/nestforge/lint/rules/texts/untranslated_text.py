"""R5001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R5001")
def untranslated_text(package: Package) -> Iterator[Finding]:
    """A text stands in one language and is missing in another.

    Bad:  groups.model in zh-CN/strings.yaml alone
    Good: groups.model in zh-CN/strings.yaml and in en-US/strings.yaml
    """
    languages = package.build.project.texts.values()
    for texts in languages:
        for key, span in texts.spans.items():
            for other in languages:
                if key not in other.entries:
                    message = f"'{key}' has no text in {other.locale}"
                    yield Finding(span, message, f"add it to {other.path}", key)
