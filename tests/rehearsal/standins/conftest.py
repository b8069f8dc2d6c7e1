"""A host with stand-ins, for the tests of one file; what a test leaves running, the next one finds removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.programs import need_machines
from tests.rehearsal.standins.host import StandInHost, image

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAMS = {
    "say": 'echo "$@"\n',
    "complain": 'echo out; echo err >&2; exit "${1:-0}"\n',
    "patient": "trap 'echo told; exit 0' TERM; echo up; while :; do sleep 0.05; done\n",
    "stubborn": "trap '' TERM; echo up; while :; do sleep 0.05; done\n",
}


@pytest.fixture(scope="module")
def booted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandInHost]:
    """Give a host that has come up."""
    need_machines()
    folder = tmp_path_factory.mktemp("host")
    (folder / "engine/bin").mkdir(parents=True)
    for name, body in _PROGRAMS.items():
        program = folder / "engine/bin" / name
        program.write_text(f"#!/usr/bin/env bash\n{body}", encoding="utf-8")
        program.chmod(0o755)
    host = StandInHost(folder / "files", image(folder / "engine"))
    yield host
    host.close()


@pytest.fixture
def host(booted: StandInHost) -> Iterator[StandInHost]:
    """Give the host without containers."""
    yield booted
    booted.bash("docker ps --all --quiet | xargs --no-run-if-empty docker rm --force")
