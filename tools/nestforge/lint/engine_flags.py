"""The flags of vLLM, SGLang and `ray start` by version, as their own argument parsers define them: `make engine-flags`.

A table is a text file: a line of its own for where it is from, then a line for each flag with tabs between its
names, how many values it takes, their kind, and the values where only some are accepted.
"""

from __future__ import annotations

import os
from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

FOLDER = os.path.join(os.path.dirname(__file__), "flags")
_NUMBER = pattern(r"\d+")
_HEAD = pattern(r"# (\S+) (\S+) from (.*), read (\S+)")


class Flag(NamedTuple):
    """A flag of an engine.

    `takes` is `none`, `one`, `maybe` (one or none) or `many` values; `kind` is `bool`, `boolean` (the word true or
    false), `int`, `float`, `size` (a number, or one like 32k), `word` (what click reads as true or
    false), `json` or `str`, which stands for anything.
    """

    names: tuple[str, ...]
    takes: str
    kind: str
    choices: tuple[str, ...]


class Table(NamedTuple):
    """The flags of one version; `origin` and `date` say of what and when the table was made."""

    engine: str
    version: str
    origin: str
    date: str
    flags: tuple[Flag, ...]

    @property
    def by_name(self) -> dict[str, Flag]:
        """Each flag under every one of its names."""
        return {name: flag for flag in self.flags for name in flag.names}


def written(table: Table) -> str:
    """Return a table as its file holds it."""
    head = f"# {table.engine} {table.version} from {table.origin}, read {table.date}"
    lines = ["\t".join((" ".join(f.names), f.takes, f.kind, *f.choices)) for f in table.flags]
    return "\n".join([head, *lines, ""])


def read_table(path: str | PathLike[str]) -> Table:
    """Return the table in a file."""
    with open(path, encoding="utf-8") as file:
        head, *lines = file.read().splitlines()
    found = _HEAD.fullmatch(head)
    if found is None:
        raise ValueError(f"{path} is no table of engine flags")
    flags = []
    for line in lines:
        names, takes, kind, *choices = line.split("\t")
        flags.append(Flag(tuple(names.split(" ")), takes, kind, tuple(choices)))
    return Table(found[1], found[2], found[3], found[4], tuple(flags))


@lru_cache
def tables(engine: str) -> tuple[Table, ...]:
    """Return the tables of an engine, oldest version first."""
    names = [name for name in os.listdir(FOLDER) if name.startswith(f"{engine}-") and name.endswith(".txt")]
    found = [read_table(os.path.join(FOLDER, name)) for name in names]
    return tuple(sorted(found, key=lambda table: _order(table.version)))


def _order(version: str) -> list[int]:
    return [int(part) for part in _NUMBER.findall(version)]
