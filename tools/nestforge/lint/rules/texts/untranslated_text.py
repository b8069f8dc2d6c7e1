"""R5001."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R5001")
def untranslated_text(build: Build) -> Iterator[Finding]:
    """A text is there in one language and missing in another.

    Bad:  groups.model in i18n/zh-CN/strings.yaml only
    Good: groups.model in the strings.yaml of every locale
    """
    languages = build.project.texts.values()
    for texts in languages:
        for other in languages:
            for key in texts.entries:
                if key not in other.entries:
                    message = f"'{key}' has no text in {other.path}"
                    yield Finding(texts.spans[key], message, f"add it to {other.path}")
