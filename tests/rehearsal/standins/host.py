"""A machine of a rehearsal with the stand-ins on it, and no network but loopback."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.image import ContainerImage, EcsImage, Hardware
from nestforge.rehearse.namespaces.cgroups import Limits
from nestforge.rehearse.namespaces.layer import Identity
from nestforge.rehearse.namespaces.machine import Blueprint, Machine
from nestforge.rehearse.standins.files import BOOT, binds, files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nestforge.rehearse.host import Finished

IMAGE_ID = "sha256:" + "ab" * 32
HARDWARE = Hardware(gpu="NVIDIA H20", gpu_count=8, gpu_memory=97871, driver="550.90.07", erdma=True)
_OWNER = 1 << 29


class StandInHost:
    """A host whose `docker`, `systemctl` and others are the stand-ins."""

    def __init__(self, folder: Path, image: EcsImage) -> None:
        self._runner = asyncio.Runner()
        given = {path: (content, 0o644) for path, content in image.files.items()} | dict(files(image))
        plan = Blueprint(
            run_id=f"standins-{id(self)}",
            who=Identity("llm-test-master", "127.0.0.1"),
            owner=_OWNER,
            disk=4,
            limits=Limits(memory=1 << 30, tasks=512),
            files=given,
            binds={**image.binds, **binds(image)},
        )
        self.machine = Machine(folder, plan)
        self._runner.run(self.machine.start())
        self._boot()

    def run(
        self, *command: str, input: str = "", environment: Mapping[str, str] | None = None, timeout: float = 60
    ) -> Finished:
        """Run a command in the host."""
        work = self.machine.run(list(command), input=input, timeout=timeout, environment=environment or {})
        return self._runner.run(work)

    def bash(self, script: str) -> Finished:
        """Run a script in the host."""
        return self.run("bash", "-c", script)

    def says(self, *command: str) -> str:
        """Return what a command prints, which must succeed."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def at_once(self, *commands: list[str]) -> list[Finished]:
        """Run commands side by side."""

        async def all_of_them() -> list[Finished]:
            return await asyncio.gather(*(self.machine.run(command) for command in commands))

        return self._runner.run(all_of_them())

    def wait_for(self, condition: str) -> None:
        """Wait until a condition of bash holds."""
        done = self.bash(f"for _ in {{1..200}}; do {condition} && exit; sleep 0.05; done; exit 1")
        assert done.returncode == 0, condition

    def reboot(self) -> None:
        """End all processes and start again with the same disk."""
        self._runner.run(self.machine.reboot())
        self._boot()

    def close(self) -> None:
        """Remove it."""
        self._runner.run(self.machine.remove())
        self._runner.close()

    def _boot(self) -> None:
        self.says("ip", "link", "set", "lo", "up")
        self.says(BOOT)


def image(folder: Path) -> EcsImage:
    """Return an image of a host with a container image whose programs are in `folder`."""
    container = ContainerImage("llm/engine:1.0", IMAGE_ID, ("/engine/bin",), {"ENGINE": "one"}, {"/engine": folder})
    return EcsImage("m-test", containers=(container,), hardware=HARDWARE)
