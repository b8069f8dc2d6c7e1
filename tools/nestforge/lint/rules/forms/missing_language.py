"""R4062."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_texts import LANGUAGES, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4062", severity="warning")
def missing_language(template: Template) -> Iterator[Finding]:
    """A text is given in one language of the form and not in the other.

    Half of the buyers read a language that they may not know, or nothing.

    Bad:  Label: {en: Zone}
    Good: Label: {en: Zone, zh-cn: 可用区}
    """
    for text in texts_of(template):
        given = text.given
        if len(given) == 1 and (name := next(iter(given))) in LANGUAGES:
            other = next(language for language in LANGUAGES if language != name)
            yield Finding(template.span(text.node), f"{text.name} has no text in '{other}'", f"add `{other}`")
