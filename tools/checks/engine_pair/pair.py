"""Two hosts that are network namespaces, and the engine's containers on them. Linux, as root."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nestforge.assemble.shell_settings import engine_settings, node_constants
from nestforge.rehearse.engine.built_image import CONFIG
from nestforge.rehearse.engine.ecs_images import ecs_images
from nestforge.rehearse.host import NO_VARIABLES, Finished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.model.catalog import OfferedEngine
    from nestforge.model.project import Project
    from nestforge.rehearse.engine.environment import Environment

HERE = Path(__file__).parent
ADDRESSES = {"master": "10.77.0.1", "worker": "10.77.0.2"}
_NOWHERE = "10.77.0.254"
"""The default route: without one, Ray binds to loopback and the other host never joins."""


class PairHost:
    """A host, and a place to run commands from."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.address, self.root = name, ADDRESSES[name], folder
        for part in ("run/bin", "run/nestforge"):
            (folder / part).mkdir(parents=True)
        smi = folder / "run/bin/nvidia-smi"
        smi.write_text("#!/bin/sh\nseq 0 7\n", encoding="utf-8")
        smi.chmod(0o755)
        command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--pid", "--fork"]
        self._holder = subprocess.Popen([*command, "--kill-child=KILL", "--mount-proc", "sleep", "infinity"])
        self.pid = self._first_process()
        self.enter = ["nsenter", "-t", str(self.pid), "-n", "-m", "-p"]

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run a command on the host."""
        begin = time.monotonic()
        pipe = asyncio.subprocess.PIPE
        variables = {**os.environ, **environment}
        process = await asyncio.create_subprocess_exec(
            *self.enter, *command, env=variables, stdin=pipe, stdout=pipe, stderr=pipe
        )
        try:
            out, error = await asyncio.wait_for(process.communicate(input.encode()), timeout)
        except TimeoutError:
            process.kill()
            await process.wait()
            return Finished(-9, "", "", time.monotonic() - begin, timed_out=True)
        return Finished(process.returncode or 0, out.decode(), error.decode(), time.monotonic() - begin)

    def close(self) -> None:
        """End every process of the host."""
        self._holder.kill()
        self._holder.wait()

    def _first_process(self) -> int:
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children")
        while self._holder.poll() is None:
            if found := children.read_text().split():
                return int(found[0])
            time.sleep(0.01)
        raise OSError("no namespaces can be made here: unshare failed")


class Pair:
    """Both hosts, joined by a cable; `folder` is removed with them."""

    def __init__(self, project: Project, environment: Environment, engine: OfferedEngine, config: bytes) -> None:
        self.project, self.engine = project, engine
        self.model = project.catalog.models[0]
        self.folder = Path(tempfile.mkdtemp(prefix="nestforge-pair-"))
        (self.folder / CONFIG).parent.mkdir()
        (self.folder / CONFIG).write_bytes(config)
        images = ecs_images(self.folder, project.catalog, environment, lambda name: name)
        artifact = f"{project.service.id}-{self.model.name.lower()}"
        self.image = images(artifact, project.catalog.instances[0].id)
        self.container = next(one for one in self.image.containers if one.tag == engine.release.image)
        self.hosts: dict[str, PairHost] = {}
        self._starts: list[subprocess.Popen[bytes]] = []

    async def __aenter__(self) -> Self:
        try:
            for name in ADDRESSES:
                self.hosts[name] = PairHost(name, self.folder / name)
            self._cable()
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    @property
    def serving(self) -> PairHost:
        """The host that serves the API."""
        return self.hosts[self.engine.serves_on]

    @property
    def api(self) -> str:
        """Where the engine answers on the serving host."""
        return f"http://127.0.0.1:{self.project.service.cluster.ports.engine}"

    def start(self, role: str, **values: str) -> None:
        """Start the container of a host as the service's own script does."""
        script = (HERE.parents[2] / f"scripts/{self.engine.engine.id}/{role}.sh").read_text(encoding="utf-8")
        known = {
            **node_constants(self.project),
            "MODEL": self.model.id,
            "MODEL_DIR": f"{self.project.service.container.model_root}/{self.model.id}",
            "NODE_IP": ADDRESSES[role],
            "MASTER_IP": ADDRESSES["master"],
            "NIC": "eth0",
            "MAX_MODEL_LEN": str(self.model.context.default),
            "GPU_MEMORY_UTILIZATION": str(self.project.service.cluster.gpu_memory_utilization.default),
            **values,
        }
        settings = engine_settings(self.engine, self.project.catalog.machine, self.project.service.container)
        text = "\n".join([(HERE / "commands.sh").read_text(encoding="utf-8"), settings, script])
        binds = {**self.container.binds, **self.image.binds}
        host = self.hosts[role]
        variables = {
            **known,
            "PATH": os.environ["PATH"],
            "BINDS": "\n".join(f"{source}:{target}" for target, source in binds.items()),
            "RUN": str(host.root / "run"),
            "CONTAINER_PATH": ":".join([*self.container.path, "/run/bin"]),
            "CONTAINER_OF_PAIR": str(HERE / "container.sh"),
            **self.container.environment,
        }
        with self.log(role).open("wb") as log:
            command = [*host.enter, "bash", "-c", text]
            self._starts.append(subprocess.Popen(command, env=variables, stdout=log, stderr=log))

    def log(self, role: str) -> Path:
        """Return where a container writes."""
        return self.folder / f"{role}.log"

    async def until(self, what: str, host: PairHost, command: list[str], seconds: float) -> float:
        """Return after how many seconds the command succeeds. Raises TimeoutError with the ends of the logs."""
        begin = time.monotonic()
        while (await host.run(command)).returncode:
            dead = [start for start in self._starts if start.poll() is not None]
            if dead or time.monotonic() - begin > seconds:
                raise TimeoutError(f"{what} did not come:\n{self._logs()}")
            await asyncio.sleep(0.5)
        return time.monotonic() - begin

    async def until_head(self, seconds: float = 300) -> float:
        """Return after how many seconds the other host can join."""
        ports = {port.name: port.value for port in self.engine.engine.ports}
        port = ports.get("ray_gcs") or ports["dist_init"]
        address = ADDRESSES["master"]
        command = ["timeout", "2", "bash", "-c", f": </dev/tcp/{address}/{port}"]
        return await self.until("the head", self.hosts["worker"], command, seconds)

    async def until_healthy(self, seconds: float = 600) -> float:
        """Return after how many seconds the API answers."""
        command = ["curl", "-fs", "-m", "5", "-o", "/dev/null", self.api + self.engine.engine.health_path]
        return await self.until("the API", self.serving, command, seconds)

    def close(self) -> None:
        """Remove everything."""
        for host in self.hosts.values():
            host.close()
        for start in self._starts:
            start.wait()
        shutil.rmtree(self.folder)

    def _cable(self) -> None:
        master, worker = self.hosts["master"], self.hosts["worker"]
        ends = ["type", "veth", "peer", "name", "eth0", "netns", str(worker.pid)]
        subprocess.run(["nsenter", "-t", str(master.pid), "-n", "ip", "link", "add", "eth0", *ends], check=True)
        for host in (master, worker):
            for words in (
                ["link", "set", "lo", "up"],
                ["address", "add", f"{host.address}/24", "dev", "eth0"],
                ["link", "set", "eth0", "up"],
                ["route", "add", "default", "via", _NOWHERE],
            ):
                subprocess.run([*host.enter, "ip", *words], check=True)

    def _logs(self) -> str:
        found = []
        for role in ADDRESSES:
            if self.log(role).exists():
                lines = self.log(role).read_text(encoding="utf-8", errors="replace").splitlines()
                found += [f"{role}| {line}" for line in lines[-30:]]
        return "\n".join(found)
