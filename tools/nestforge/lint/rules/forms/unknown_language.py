"""R4061."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_texts import LANGUAGES, texts_of
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.sources.nodes import key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_KNOWN = frozenset(LANGUAGES)


@rule("R4061", severity="warning")
def unknown_language(template: Template) -> Iterator[Finding]:
    """A text is given in a language that the form does not have: it has `en` and `zh-cn`.

    It is shown to no one.

    Bad:  Label: {en: Zone, zn-cn: 可用区}
    Good: Label: {en: Zone, zh-cn: 可用区}
    """
    for text in texts_of(template):
        if text.given.keys() <= _KNOWN:
            continue
        for key, _ in pairs(text.node):
            name = key_text(key)
            if name not in LANGUAGES:
                help = "did you mean 'zh-cn'?" if name.casefold().startswith(("zh", "cn")) else None
                message, span = f"the form does not have the language '{name}'", template.span(key)
                edits = respelt(span, name, LANGUAGES, text.given)
                yield Finding(span, message, help or did_you_mean(name, LANGUAGES) or "write en and zh-cn", edits)
