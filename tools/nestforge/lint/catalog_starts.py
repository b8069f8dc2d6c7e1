"""How the catalogs start each engine that a service offers: the arguments, with the places that they are written at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nestforge.lint.command_text import MASK
from nestforge.lint.engine_starts import starts_in
from nestforge.lint.shell_words import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.lint.engine_starts import Start
    from nestforge.model.build import Build
    from nestforge.model.catalog import Argument, OfferedEngine
    from nestforge.model.diagnostic import Span

_FILLED_IN = re.compile(r"\$\{?\w+\}?")


class CatalogStart(NamedTuple):
    """A start of an offered engine; the `line` of each of its words is an index into `spans`."""

    offered: OfferedEngine
    start: Start
    spans: tuple[Span, ...]


def catalog_starts(build: Build) -> Iterator[CatalogStart]:
    """Yield what the commands of the catalogs start on the master and on the worker."""
    for offered in build.project.catalog.engines:
        engine = offered.engine
        lists = {
            "{head}": ("head_arguments", engine.head_arguments),
            "{join}": ("join_arguments", engine.join_arguments),
            "{serve}": ("serve_arguments", engine.serve_arguments),
        }
        for role, command in (("master", engine.commands.master), ("worker", engine.commands.worker)):
            for start in starts_in(command):
                spans = [build.project.span("engine", offered.id, "commands", role)]
                words: list[Word] = []
                for word in start.arguments:
                    if word.text not in lists:
                        words.append(Word(word.text, 0, word.is_open))
                        continue
                    name, arguments = lists[word.text]
                    for index, written in enumerate(_words(arguments)):
                        words += [one._replace(line=len(spans)) for one in written]
                        spans.append(build.project.span("engine", offered.id, name, index))
                found = start._replace(arguments=tuple(words), version=offered.release.version, resource=role)
                yield CatalogStart(offered, found, tuple(spans))


def _words(arguments: Iterable[Argument]) -> Iterator[list[Word]]:
    """Yield the words of each argument; what is filled in on the node is one word, whatever it is."""
    for argument in arguments:
        words = [Word(argument.flag, 0)]
        if argument.value is not None:
            words.append(Word(_FILLED_IN.sub(MASK, argument.value), 0))
        yield words
