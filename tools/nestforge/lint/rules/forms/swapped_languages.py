"""R4063."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_texts import LANGUAGES, has_chinese, is_chinese, texts_of
from nestforge.model.diagnostic import Edit
from nestforge.sources.nodes import key_text, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R4063", severity="warning", unless="R5001")
def swapped_languages(template: Template) -> Iterator[Finding]:
    """The text under `en` is Chinese.

    Where the text under `zh-cn` is English, the two have changed places; else a translation is missing.

    Bad:  Label: {en: 可用区, zh-cn: Zone}
    Good: Label: {en: Zone, zh-cn: 可用区}
    """
    for text in texts_of(template):
        given = text.given
        english, chinese = (scalar(given.get(language)) or "" for language in LANGUAGES)
        if is_chinese(english):
            swapped = bool(chinese) and not has_chinese(chinese)
            help = "exchange `en` and `zh-cn`" if swapped else "translate it"
            edits = _exchanged(template, text.node) if swapped else ()
            yield Finding(template.span(given["en"]), f"{text.name} is Chinese under 'en'", help, edits)


def _exchanged(template: Template, node: Node) -> tuple[Edit, ...]:
    other = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))
    keys = [(key, key_text(key)) for key, _ in pairs(node)]
    return tuple(Edit(template.span(key), name, other[name]) for key, name in keys if name in other)
