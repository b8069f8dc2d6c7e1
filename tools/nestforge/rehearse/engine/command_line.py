"""The arguments of an engine, read by the table of flags of its pinned version."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nestforge.lint.engine_arguments import faults_of
from nestforge.lint.engine_flags import tables
from nestforge.lint.engine_starts import is_flag
from nestforge.lint.shell_words import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nestforge.lint.engine_flags import Flag, Table


class NoTable(Exception):
    """There is no table of flags for a version."""


class Given(NamedTuple):
    """A flag under its first name with the words that make it, or a word that belongs to no flag."""

    name: str
    words: tuple[str, ...]

    @property
    def value(self) -> str:
        """What the flag is set to; nothing for a switch."""
        head, equals, value = self.words[0].partition("=")
        return value if equals and head.startswith("--") else " ".join(self.words[1:])


def table_of(engine: str, version: str) -> Table:
    """Return the table of a version. Raises NoTable."""
    found = next((table for table in tables(engine) if table.version == version), None)
    if found is None:
        raise NoTable(f"{engine} {version} has no table of flags: add it to versions.txt and run make engine-flags")
    return found


def refusal(arguments: Sequence[str], positional: int, table: Table) -> str | None:
    """Return what the version's own parser would refuse, as it is said; None where it takes all."""
    words = [Word(argument, 1) for argument in arguments]
    faults = [fault for fault in faults_of(words, positional, table) if fault.kind != "short"]
    return "; ".join(f"{fault.message} ({fault.help})" for fault in faults) or None


def parsed(arguments: Sequence[str], table: Table) -> list[Given]:
    """Return the arguments one by one; the parser has no fault with them."""
    return list(_given(list(arguments), table))


def _given(rest: list[str], table: Table) -> Iterator[Given]:
    while rest:
        word = rest.pop(0)
        flag = _flag(word, table) if is_flag(Word(word, 1)) else None
        if flag is None:
            yield Given("", (word,))
            continue
        most = {"none": 0, "one": 1, "maybe": 1}.get(flag.takes, len(rest))
        words = [word]
        while "=" not in word and len(words) <= most and rest and not is_flag(Word(rest[0], 1)):
            words.append(rest.pop(0))
        yield Given(flag.names[0], tuple(words))


def _flag(word: str, table: Table) -> Flag | None:
    name = word.partition("=")[0]
    if table.engine == "vllm" and name.startswith("--"):
        name = name.replace("_", "-")
    by_name = table.by_name
    if name in by_name or table.engine == "ray":
        return by_name.get(name)
    return next((by_name[longer] for longer in sorted(by_name) if longer.startswith(name)), None)
