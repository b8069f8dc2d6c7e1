"""R4064."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_texts import LANGUAGES, is_chinese, is_english_sentence, texts_of
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4064", severity="info", unless="R5001")
def untranslated_chinese(template: Template) -> Iterator[Finding]:
    """The text under `zh-cn` is an English sentence.

    Bad:  Description: {en: The zone of the hosts, zh-cn: The zone of the hosts}
    Good: Description: {en: The zone of the hosts, zh-cn: 实例所在的可用区}
    """
    for text in texts_of(template):
        given = text.given
        english, chinese = (scalar(given.get(language)) or "" for language in LANGUAGES)
        if is_english_sentence(chinese) and not is_chinese(english):
            yield Finding(template.span(given["zh-cn"]), f"{text.name} is English under 'zh-cn'", "translate it")
