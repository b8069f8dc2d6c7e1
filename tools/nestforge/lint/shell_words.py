"""The simple commands of a shell text and their words, as far as they can be known without running it."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.command_text import MASK
from nestforge.lint.shell_quotes import ARITHMETIC
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 6
_PLAIN = pattern(r"[^\s\\'\"$`#;&|()<>]+")
_ENDS_WORD = frozenset(" \t\r\n;&|()<>")
_BLANK = pattern(r"[ \t\r]+")
_TEXT = pattern(r"[^\\\"$`]+")
_ESCAPED = ('"', "$", "`", "\\")
_NAME = pattern(r"\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])")
_HERE = pattern(r"<<-?[ \t]*(['\"\\]?)(?!\d)([\w.-]+)")
_LISTS = ("$@", "${@", "[@]")


class Word(NamedTuple):
    """A word without its quotes; `MASK` stands for what is known only when it runs.

    `is_open` says that it may turn out to be any number of words: it begins with what is not known, unquoted, or
    is a list. `inside` is what a word with quotes holds, as a
    shell reads it that is given the word: `bash -c "…"`.
    """

    text: str
    line: int
    is_open: bool = False
    inside: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether every character is known."""
        return MASK not in self.text


def simple_commands(text: str, line: int = 1) -> tuple[list[Word], ...]:
    """Return the words of each simple command, also of those in `$(…)` and in here-documents."""
    return _read(text, line)


@lru_cache(maxsize=64)  # most choices of the buyer leave a script as it is, and two indexes ask for each
def _read(text: str, line: int) -> tuple[list[Word], ...]:
    return tuple(_simple_commands(text, line, 0))


def _simple_commands(text: str, line: int, depth: int) -> Iterator[list[Word]]:
    reader = _Reader(text, line)
    while reader.at < len(text):
        words = reader.command()
        if words:
            yield words
        nested, reader.nested = reader.nested, []
        if depth < _DEEPEST:
            for inner, first in nested:
                yield from _simple_commands(inner, first, depth + 1)


class _Reader:
    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self.at = 0
        self.nested: list[tuple[str, int]] = []
        self.here: list[str] = []

    def skip(self, end: int) -> str:
        """Go on to `end`, and return what lies between."""
        passed = self.text[self.at : end]
        self.line += passed.count("\n")
        self.at = end
        return passed

    def command(self) -> list[Word]:
        words: list[Word] = []
        is_target = False
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\n":
                self.skip(self.at + 1)
                self.here_documents()
                return words
            if sign == "#":
                self.skip(_end(self.text, "\n", self.at))
            elif self.text.startswith("\\\n", self.at):
                self.skip(self.at + 2)
            elif blank := _BLANK.match(self.text, self.at):
                self.at = blank.end()
            elif sign in "<>" or self.text.startswith("&>", self.at):
                is_target = self.redirection(words)
            elif sign == "(" and (arithmetic := ARITHMETIC.match(self.text, self.at)):
                self.skip(arithmetic.end())
            elif sign in ";&|()":
                self.skip(self.at + 1)
                return words
            else:
                word = self.word()
                if not is_target:
                    words.append(word)
                is_target = False
        return words

    def redirection(self, words: list[Word]) -> bool:
        """Pass an operator; return whether the next word is where it leads."""
        if words and words[-1].text.isdigit() and self.text[self.at - 1].isdigit():
            words.pop()
        here = _HERE.match(self.text, self.at)
        if here and not self.text.startswith("<<<", self.at):
            self.here.append(here[2])
            closing = here.end() + (1 if here[1] in ("'", '"') and here[1] else 0)
            self.skip(min(closing, len(self.text)))
            return False
        while self.at < len(self.text) and self.text[self.at] in "<>&|":
            self.skip(self.at + 1)
        return True

    def here_documents(self) -> None:
        for end in self.here:
            first, body = self.line, []
            while self.at < len(self.text):
                found = self.skip(min(_end(self.text, "\n", self.at) + 1, len(self.text)))
                if found.strip() == end:
                    break
                body.append(found)
            self.nested.append(("".join(body), first))
        self.here = []

    def word(self) -> Word:
        whole = _PLAIN.match(self.text, self.at)
        if whole and (whole.end() == len(self.text) or self.text[whole.end()] in _ENDS_WORD):
            self.at = whole.end()
            return Word(whole[0], self.line, whole[0][0] == MASK)  # as most words are
        first, parts, raw, is_open, is_quoted = self.line, list[str](), list[str](), False, False
        while self.at < len(self.text):
            sign, begin = self.text[self.at], self.at
            if sign in _ENDS_WORD:
                break
            inner = None
            if plain := _PLAIN.match(self.text, self.at):
                is_open = is_open or (not parts and self.text[begin] == MASK)
                parts.append(self.skip(plain.end()))
            elif sign == "'":
                inner = self.single_quoted()
                parts.append(inner)
            elif sign == '"':
                inner, value, has_list = self.double_quoted()
                is_open = is_open or has_list
                parts.append(value)
            elif sign == "\\":
                parts.append(self.skip(min(self.at + 2, len(self.text)))[1:].replace("\n", ""))
            elif sign in "$`" and (expanded := self.expansion()):
                is_open = is_open or not parts
                parts.append(MASK)
                inner = MASK + "\n" * expanded.count("\n")
            else:
                parts.append(self.skip(self.at + 1))
            is_quoted = is_quoted or sign in "'\""
            raw.append(self.text[begin : self.at] if inner is None else inner)
        return Word("".join(parts), first, is_open, "".join(raw) if is_quoted else None)

    def single_quoted(self) -> str:
        self.skip(self.at + 1)
        value = self.skip(_end(self.text, "'", self.at))
        self.skip(min(self.at + 1, len(self.text)))
        return value

    def double_quoted(self) -> tuple[str, str, bool]:
        """Return what a shell inside would read, what the quotes come to, and whether a list stands in them."""
        inner, parts, has_list = list[str](), list[str](), False
        self.skip(self.at + 1)
        while self.at < len(self.text) and self.text[self.at] != '"':
            sign = self.text[self.at]
            if sign == "\\":
                passed = self.skip(min(self.at + 2, len(self.text)))
                inner.append(passed[1:] if passed[1:] in _ESCAPED else passed)
                parts.append(passed[1:].replace("\n", ""))
            elif sign in "$`" and (expanded := self.expansion()):
                parts.append(MASK)
                inner.append(MASK + "\n" * expanded.count("\n"))
                has_list = has_list or any(sign in expanded for sign in _LISTS)
            else:
                end = _TEXT.match(self.text, self.at)
                passed = self.skip(end.end() if end else self.at + 1)
                parts.append(passed)
                inner.append(passed)
        self.skip(min(self.at + 1, len(self.text)))
        return "".join(inner), "".join(parts), has_list

    def expansion(self) -> str:
        """Pass `$NAME`, `${…}`, `$(…)` or backquotes and return them; nothing where a sign stands for itself."""
        first = self.line
        if arithmetic := ARITHMETIC.match(self.text, self.at + 1):
            return self.skip(arithmetic.end())
        if self.text.startswith("$(", self.at):
            passed = self.skip(_closing(self.text, self.at + 2, "(", ")"))
            self.nested.append((passed[2:-1], first))
            return passed
        if self.text.startswith("${", self.at):
            return self.skip(_closing(self.text, self.at + 2, "{", "}"))
        if self.text[self.at] == "`":
            passed = self.skip(min(_end(self.text, "`", self.at + 1) + 1, len(self.text)))
            self.nested.append((passed[1:-1], first))
            return passed
        named = _NAME.match(self.text, self.at)
        return self.skip(named.end()) if named else ""


def _end(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return found if found >= 0 else len(text)


def _closing(text: str, at: int, opening: str, closing: str) -> int:
    """Return where what was opened before `at` is closed, one past the sign."""
    open_, quote = 1, ""
    while at < len(text):
        sign = text[at]
        if sign == "\\" and quote != "'":
            at += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == opening:
            open_ += 1
        elif sign == closing:
            open_ -= 1
            if not open_:
                return at + 1
        at += 1
    return len(text)
