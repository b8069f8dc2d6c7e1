"""A machine made of namespaces: started, run commands in, restarted, removed."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nestforge.rehearse.host import NO_VARIABLES, Finished
from nestforge.rehearse.namespaces import programs
from nestforge.rehearse.namespaces.cgroups import make_groups, remove_groups
from nestforge.rehearse.namespaces.disk import make_disk
from nestforge.rehearse.namespaces.errors import MachineFailed
from nestforge.rehearse.namespaces.layer import write_layer
from nestforge.rehearse.namespaces.plan import MachinePlan
from nestforge.rehearse.namespaces.process_tree import kill_tree
from nestforge.rehearse.namespaces.programs import PATH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.rehearse.namespaces.cgroups import Limits
    from nestforge.rehearse.namespaces.layer import Identity

LABEL = "NESTFORGE_RUN"
"""The variable in the environment of every process of a run; its value is the run's id."""

_KINDS = ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup")
_ENVIRONMENT = {
    "PATH": PATH,
    "HOME": "/root",
    "USER": "root",
    "LOGNAME": "root",
    "LANG": "C.UTF-8",
}

# Joins the groups whose files come first, then becomes the command.
_JOIN = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; n=$((n - 1)); done; exec "$@"'
_AT_HOME = 'cd "$1" && shift && exec "$@"'


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a machine is to be. `owner` is the id outside that its root has, `disk` its size in GiB.

    `files` have content and mode by path; `binds` are folders and files of this machine, read-only.
    """

    run_id: str
    who: Identity
    owner: int
    disk: int
    limits: Limits
    files: Mapping[str, tuple[bytes, int]]
    binds: Mapping[str, Path]


class Machine:
    """A running machine. All that there is of it lies in `folder`."""

    def __init__(self, folder: Path, blueprint: Blueprint) -> None:
        self.folder = folder
        self.blueprint = blueprint
        self.init = 0
        self._supervisor: asyncio.subprocess.Process | None = None
        self._groups: list[Path] = []
        self._namespaces: dict[str, int] = {}

    async def start(self) -> None:
        """Make it. Raises MachineFailed; what was made by then, `remove` removes."""
        plan = self.blueprint
        self.folder.mkdir(parents=True)
        write_layer(self.folder / "layer", plan.who, plan.files)
        await make_disk(self.folder / "disk", plan.disk)
        self._groups = make_groups(f"nestforge-{plan.run_id}-{self.folder.name}", plan.limits)
        self._supervisor = await asyncio.create_subprocess_exec(
            # -P: what lies in the current folder is not imported
            sys.executable, "-P", "-m", "nestforge.rehearse.namespaces.supervisor",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"PATH": PATH, "LC_ALL": "C.UTF-8", LABEL: plan.run_id},
            cwd="/",
        )  # fmt: skip
        order = MachinePlan(
            folder=str(self.folder),
            hostname=plan.who.hostname,
            owner=plan.owner,
            parent=os.getpid(),
            cgroups=tuple(str(group / "cgroup.procs") for group in self._groups),
            binds={path: str(source) for path, source in plan.binds.items()},
            memory=plan.limits.memory,
        )
        await self._tell(json.dumps(asdict(order)))

    async def reboot(self) -> None:
        """Kill all its processes, and start its first one again; its disk and its network stay."""
        self._forget_namespaces()
        await self._tell("again")

    async def remove(self) -> None:
        """Kill all its processes and remove its files. Safe to repeat."""
        self._forget_namespaces()
        if self._supervisor is not None and self._supervisor.returncode is None:
            with suppress(ProcessLookupError):
                self._supervisor.kill()
            await self._supervisor.wait()
        await self._emptied()
        remove_groups(self._groups)
        self._groups = []
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def root(self) -> Path:
        """Its file system, seen from outside. A link in it that begins with a slash leads to this machine's files."""
        return Path(f"/proc/{self.init}/root")

    @property
    def network(self) -> int:
        """The descriptor of its network."""
        return self._namespaces["net"]

    async def configure_network(self, lines: list[str]) -> None:
        """Run commands of `ip` in its network. Raises MachineFailed."""
        await programs.run(["ip", "-batch", "-"], input="".join(f"{line}\n" for line in lines), network=self.network)

    def processes(self) -> list[tuple[int, str]]:
        """Return its processes: ids as it sees them, and command lines."""
        found = []
        for entry in (self.root / "proc").iterdir():
            if entry.name.isdecimal():
                with suppress(OSError):
                    words = (entry / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
                    found.append((int(entry.name), b" ".join(words).decode(errors="replace")))
        return sorted(found)

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run the command as its root in /root; see `host.Vantage.run`."""
        with self.scratch() as fed, self.scratch() as out, self.scratch() as err:
            fed.write(input.encode())
            fed.seek(0)
            return await self.run_into(command, (fed, out, err), timeout=timeout, environment=environment)

    async def run_into(
        self,
        command: list[str],
        streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
        *,
        timeout: float,
        environment: Mapping[str, str] = NO_VARIABLES,
        cwd: str = "/root",
    ) -> Finished:
        """Run the command with these files as its standard streams.

        Files, for a pipe would stay open for as long as any service that the command has started.
        """
        began = time.monotonic()
        process = await self._begin(command, streams, environment, cwd)
        timed_out = False
        try:
            async with asyncio.timeout(timeout):
                await process.wait()
        except TimeoutError:
            timed_out = True
        finally:
            if process.returncode is None:
                await asyncio.to_thread(kill_tree, process.pid)
                await process.wait()
        return Finished(
            returncode=process.returncode or 0,
            stdout=_text(streams[1]),
            stderr=_text(streams[2]),
            seconds=time.monotonic() - began,
            timed_out=timed_out,
        )

    def scratch(self) -> IO[bytes]:
        """Return a file without a name that belongs to the machine's root, so that /dev/stdout can be opened there."""
        file = tempfile.TemporaryFile(dir=self.folder)  # noqa: SIM115 # the caller closes it
        os.fchown(file.fileno(), self.blueprint.owner, self.blueprint.owner)
        return file

    async def _begin(
        self,
        command: list[str],
        streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
        environment: Mapping[str, str],
        cwd: str,
    ) -> asyncio.subprocess.Process:
        if not self._namespaces:
            raise MachineFailed(f"{self.blueprint.who.hostname} is not running")
        groups = [str(group / "cgroup.procs") for group in self._groups]
        inside = [f"--{option}=/proc/self/fd/{self._namespaces[kind]}" for kind, option in _OPTIONS.items()]
        return await asyncio.create_subprocess_exec(
            "/bin/sh", "-c", _JOIN, "sh", str(len(groups)), *groups,
            "nsenter", *inside, "--", "/bin/sh", "-c", _AT_HOME, "sh", cwd, *command,
            stdin=streams[0],
            stdout=streams[1],
            stderr=streams[2],
            env={**_ENVIRONMENT, LABEL: self.blueprint.run_id, **environment},
            pass_fds=tuple(self._namespaces.values()),
            start_new_session=True,
        )  # fmt: skip

    async def _tell(self, line: str) -> None:
        """Say a line to the supervisor; it answers when the machine is up. Raises MachineFailed."""
        supervisor = self._supervisor
        assert supervisor is not None
        assert supervisor.stdin is not None
        assert supervisor.stdout is not None
        assert supervisor.stderr is not None
        with suppress(ConnectionError):  # it has ended, and says why
            supervisor.stdin.write(f"{line}\n".encode())
            await supervisor.stdin.drain()
        answer = await supervisor.stdout.readline()
        if not answer:
            said = (await supervisor.stderr.read()).decode(errors="replace").strip()
            raise MachineFailed(f"{self.blueprint.who.hostname} does not start: {said}")
        self.init = int(json.loads(answer)["init"])
        self._namespaces = {
            kind: os.open(f"/proc/{self.init}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC) for kind in _KINDS
        }

    def _forget_namespaces(self) -> None:
        for descriptor in self._namespaces.values():
            os.close(descriptor)
        self._namespaces = {}

    async def _emptied(self) -> None:
        """Wait until the last of its processes has gone; the kernel kills them with the first."""
        for group in self._groups:
            for _ in range(_TRIES):
                if not group.exists() or not (group / "cgroup.procs").read_text(encoding="ascii"):
                    break
                await asyncio.sleep(_PAUSE)


_OPTIONS = {"user": "user", "mnt": "mount", "pid": "pid", "net": "net", "ipc": "ipc", "uts": "uts", "cgroup": "cgroup"}
_TRIES, _PAUSE = 200, 0.05


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
