"""The nodes of a dry rehearsal, as who rehearses deals with them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.dry.result import Ran
from nestforge.rehearse.standins.files import binds, files

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from nestforge.rehearse.image import EcsImage

_PROGRAMS = ("unshare", "nsenter", "ip", "ss", "bash", "curl", "jq", "nginx")
_INSIDE = (
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
)


class NoNodes(Exception):
    """This machine cannot confine scripts, so none is run; the text says why."""


class Nodes:
    """Nodes on one ground; leaving the context ends them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Nodes:
        """Start the ground. Raises NoNodes."""
        lacking = [name for name in _PROGRAMS if shutil.which(name, path=_PATH) is None]
        if not sys.platform.startswith("linux") or lacking:
            raise NoNodes(f"there is no {', '.join(lacking)}" if lacking else "it does not run Linux")
        (self.folder / "served").mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [*_INSIDE, sys.executable, "-P", "-m", "nestforge.rehearse.dry.ground", str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": _PATH},
        )  # fmt: skip
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        self._process.kill()
        self._process.communicate()

    def serve(self, name: str, content: bytes) -> None:
        """Let nodes fetch a file from the services' address."""
        (self.folder / "served" / name).write_bytes(content)

    def add(self, name: str, address: str, image: EcsImage) -> None:
        """Start a node. Raises NoNodes."""
        own = self.folder / "files" / name
        given = {path: (content, 0o644) for path, content in image.files.items()} | dict(files(image))
        for path, (content, mode) in given.items():
            target = own / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(mode)
        shown = {place: str(source) for place, source in {**image.binds, **binds(image)}.items()}
        told = self._ask(order="add", name=name, address=address, files=str(own), binds=shown)
        if told["returncode"]:
            raise NoNodes(f"the node {name} does not come up: {told['output']}")

    def run(self, resource: str, node: str, script: str, timeout: float) -> Ran:
        """Run a script as the cloud's assistant does. Raises NoNodes."""
        told = self._ask(order="run", name=node, command=["bash", "-s"], input=script, timeout=timeout)
        return Ran(resource, node, told["returncode"], told["seconds"], told["output"])

    def signals(self) -> tuple[str, ...]:
        """Return what the scripts have told the stack."""
        return tuple(self._ask(order="signals")["signals"])

    def _ask(self, **order: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer says why
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        line = self._process.stdout.readline()
        if not line:
            raise NoNodes(f"the kernel does not let this user make namespaces: {self._process.stderr.read().strip()}")
        told: dict[str, Any] = json.loads(line)
        if "error" in told:
            raise NoNodes(told["error"])
        return told


_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
