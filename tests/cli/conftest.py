"""Gives a project whose service is online in a sandbox of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.cli.process import run
from tests.own_project import copy_project

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shop:
    """A project, and what its first publish said."""

    project: Path
    first: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this repository's sources that no test changes: its package is built once."""
    return copy_project(tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Publish a copy of this repository's service, once; tests that change it change it back or go on from it."""
    project = copy_project(tmp_path_factory.mktemp("shop"))
    yield Shop(project, run(project, "publish", "--json"))
    run(project, "sandbox", "stop")
