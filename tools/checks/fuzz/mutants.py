"""Make mutants of templates: which one is decided by the seed and the number of the run alone."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from yaml import YAMLError

from checks.fuzz.mutate_bytes import mutate_bytes
from checks.fuzz.mutate_tree import mutate_tree
from nestforge.sources.compose import compose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yaml.nodes import Node

SUFFIXES = (".yaml", ".yml", ".json", ".template")


def templates_below(folders: Sequence[Path]) -> list[Path]:
    """Return the files that may be templates, in an order that is the same everywhere."""
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]


def mutant(templates: Sequence[Path], seed: int, run: int) -> bytes:
    """Return the mutant of this run."""
    random = Random(f"{seed}/{run}")
    content = random.choice(templates).read_bytes()
    donor = random.choice(templates).read_bytes()
    if random.random() < 0.3:
        return mutate_bytes(content, donor, random)
    root = _root(content)
    if root is None:
        return mutate_bytes(content, donor, random)
    try:
        changed = mutate_tree(root, lambda: _root(donor), random).encode()
    except RecursionError:  # what is too deep for PyYAML to write
        return mutate_bytes(content, donor, random)
    return mutate_bytes(changed, donor, random) if random.random() < 0.1 else changed


def _root(content: bytes) -> Node | None:
    try:
        return compose(content.decode())
    except (YAMLError, UnicodeDecodeError):
        return None
