"""The texts that the form shows in more than one language."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.form_fields import fields_of
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

LANGUAGES = ("en", "zh-cn")
_LANGUAGES = frozenset(LANGUAGES)
_OF_FIELDS = ("Label", "Description", "ConstraintDescription", "Placeholder")
_OF_OUTPUTS = ("Label", "Description")
_OF_GROUP = "the label of a group"
_FIRST, _LAST = "\u4e00", "\u9fff"
"""The Chinese characters; a pattern of so many takes longer to compile than a template's texts to look through."""
_LATIN = pattern(r"[A-Za-z]+")
_WORD = pattern(r"(?<![\w/.:-])[a-z]{2,}(?![\w/:-])")
_SENTENCE_WORDS = 4
"""Lower-case English words; fewer are a name, a command or a value."""


class Text(NamedTuple):
    """A text by language: the `kind` of an `owner`, where there are several of that kind; what `given` is by key."""

    kind: str
    owner: str | None
    node: Node
    given: dict[str, Node]

    @property
    def name(self) -> str:
        """How to say which it is."""
        return self.kind if self.owner is None else f"{self.kind} of '{self.owner}'"


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def texts_of(template: Template) -> tuple[Text, ...]:
    """Return the texts that are given by language."""
    every = ((kind, owner, node, entries(node)) for kind, owner, node in _candidates(template))
    return tuple(Text(kind, owner, node, given) for kind, owner, node, given in every if _is_by_language(given))


def _candidates(template: Template) -> Iterator[tuple[str, str | None, Node]]:
    if "Description" in template.sections:
        yield "Description", None, template.sections["Description"]
    for group in template.groups:
        label = entries(group.node).get("Label")
        if label is not None:
            yield _OF_GROUP, None, entries(label).get("default", label)
    for field in fields_of(template):
        for name in _OF_FIELDS:
            if name in field.attributes:
                yield name, field.name, field.attributes[name]
        for key, node in pairs(field.metadata.get("ValueLabelMapping")):
            yield "the label", key_text(key), node
    for name, output in template.outputs.items():
        given = entries(output)
        for attribute in _OF_OUTPUTS:
            if attribute in given:
                yield attribute, name, given[attribute]


def _is_by_language(given: dict[str, Node]) -> bool:
    """Return whether a text is given by language; a function is none, nor is a text for all of them."""
    if not given or given.keys() <= _LANGUAGES:
        return bool(given)
    return not any(key.casefold() == "default" or key.startswith(("Fn::", "Ref")) for key in given)


def has_chinese(text: str) -> bool:
    """Return whether there is any Chinese in a text."""
    return not text.isascii() and any(_FIRST <= sign <= _LAST for sign in text)


def is_chinese(text: str) -> bool:
    """Return whether a text is Chinese: English names may be in it, and an English text may quote Chinese.

    >>> is_chinese("ECS 实例规格"), is_chinese("the button 购买")
    (True, False)
    """
    return has_chinese(text) and sum(_FIRST <= sign <= _LAST for sign in text) > len(_LATIN.findall(text))


def is_english_sentence(text: str) -> bool:
    """Return whether a text is English and more than names, which are the same in every language.

    >>> is_english_sentence("the zone of the hosts"), is_english_sentence("VPC ID"), is_english_sentence("可用区")
    (True, False, False)
    """
    return not has_chinese(text) and len(_WORD.findall(text)) >= _SENTENCE_WORDS
