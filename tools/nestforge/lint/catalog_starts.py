"""How the catalogs start each engine that a service offers: the arguments, with the places that they are written at."""

from __future__ import annotations

import re

from nestforge.lint.command_text import MASK
from nestforge.lint.engine_starts import starts_in, version_in
from nestforge.lint.shell_words import Word
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.lint.engine_starts import Start
    from nestforge.model.build import Build
    from nestforge.model.catalog import Argument, OfferedEngine
    from nestforge.model.diagnostic import Span

_FILLED_IN = re.compile(r"\$\{?\w+\}?")
_LISTS = {"HEAD": "head_arguments", "JOIN": "join_arguments", "SERVE": "serve_arguments"}
_COMMANDS = {
    ("vllm", "master"): ["ray start HEAD"],
    ("vllm", "worker"): ["ray start JOIN", "vllm serve MODEL SERVE"],
    ("sglang", "master"): ["python3 -m sglang.launch_server SERVE HEAD"],
    ("sglang", "worker"): ["python3 -m sglang.launch_server SERVE JOIN"],
}
"""What scripts/ENGINE/ROLE.sh makes of the lists of arguments, in the container."""


class CatalogStart(NamedTuple):
    """A start of an offered engine; the `line` of each of its words is an index into `spans`."""

    offered: OfferedEngine
    start: Start
    spans: tuple[Span, ...]


def catalog_starts(build: Build) -> Iterator[CatalogStart]:
    """Yield what the commands of the catalogs start on the master and on the worker."""
    for offered in build.project.catalog.engines:
        for role in ("master", "worker"):
            for command in _COMMANDS.get((offered.engine.id, role), ()):
                yield from _starts(build, offered, role, command)


def _starts(build: Build, offered: OfferedEngine, role: str, command: str) -> Iterator[CatalogStart]:
    for start in starts_in(command):
        spans = [build.project.span("engine", offered.id)]
        words: list[Word] = []
        for word in start.arguments:
            name = _LISTS.get(word.text)
            if name is None:
                words.append(word._replace(line=0))
                continue
            for index, written in enumerate(_words(getattr(offered.engine, name))):
                words += [one._replace(line=len(spans)) for one in written]
                spans.append(build.project.span("engine", offered.id, name, index))
        release = offered.release
        version = version_in("ray", release.packages) if start.engine == "ray" else release.version
        found = start._replace(arguments=tuple(words), version=version, resource=role)
        yield CatalogStart(offered, found, tuple(spans))


def _words(arguments: Iterable[Argument]) -> Iterator[list[Word]]:
    """Yield the words of each argument; what is filled in on the node is one word, whatever it is."""
    for argument in arguments:
        words = [Word(argument.flag, 0)]
        if argument.value is not None:
            words.append(Word(_FILLED_IN.sub(MASK, argument.value), 0))
        yield words
