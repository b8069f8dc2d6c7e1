"""Nothing is left: after a run that ended, after one that was told to end, and after one that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT
from tests.programs import need_machines

from nestforge.rehearse.namespaces.cgroups import groups_named
from nestforge.rehearse.namespaces.leftovers import leftovers
from nestforge.rehearse.namespaces.machine import LABEL
from nestforge.rehearse.namespaces.plan import IDS
from nestforge.rehearse.namespaces.run_folder import group_prefix, is_alive, prune

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 20.0


class Run:
    """A rehearsal's world in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.rehearsal.abandoned_world", str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def left(self) -> list[str]:
        owner = (1 << 29) + zlib.crc32(self.folder.name.encode()) % (1 << 13) * IDS
        return leftovers(self.folder, self.folder.name, LABEL, owner)

    def ended(self, number: signal.Signals) -> list[str]:
        """End the process, and return what is left when no process of the run is."""
        self.process.send_signal(number)
        self.process.communicate(timeout=_PATIENCE)
        until = time.monotonic() + _PATIENCE
        while [found for found in self.left() if found.startswith("the process")] and time.monotonic() < until:
            time.sleep(0.05)
        return self.left()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    need_machines()
    run = Run(tmp_path / "runs" / f"test-{tmp_path.name}")
    yield run
    run.process.kill()
    run.process.communicate()
    prune(run.folder.parent)
    assert groups_named(group_prefix(run.folder.name)) == []


def test_a_run_that_lives_is_seen_whole_and_not_pruned(run: Run) -> None:
    assert run.said == "made\n"
    kinds = {found.split(":")[0].split()[1] for found in run.left()}
    assert kinds >= {"process", "disk", "files"}
    assert is_alive(run.folder)
    assert prune(run.folder.parent) == []


def test_ctrl_c_removes_everything(run: Run) -> None:
    assert run.ended(signal.SIGINT) == []
    assert [path.name for path in run.folder.iterdir()] == ["alive.lock"]


def test_killed_it_leaves_files_alone_and_pruning_removes_them(run: Run) -> None:
    left = run.ended(signal.SIGKILL)
    assert left
    assert not [found for found in left if found.startswith(("the process", "the mount", "the disk"))]
    assert not is_alive(run.folder)
    assert prune(run.folder.parent)
    assert run.left() == []
    assert not run.folder.exists()
