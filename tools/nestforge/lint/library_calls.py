"""The calls in a script, by their names: of functions and of programs alike."""

from __future__ import annotations

from nestforge.lint.shell_words import simple_commands
from nestforge.sources.kept import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.shell_words import Word

_BEFORE = ("if", "elif", "then", "else", "while", "until", "do", "!", "{", "time")
"""What may stand before a command."""


@kept
def calls_in(text: str) -> tuple[Word, ...]:
    """Return the first word of each command that is called by a name which is written out."""
    return tuple(_calls_in(text))


def _calls_in(text: str) -> Iterator[Word]:
    for words in simple_commands(text):
        called = next((word for word in words if word.text not in _BEFORE and not _is_assignment(word)), None)
        if called is not None and called.is_known:
            yield called


def _is_assignment(word: Word) -> bool:
    name, equals, _ = word.text.partition("=")
    return bool(equals) and name.isidentifier()
