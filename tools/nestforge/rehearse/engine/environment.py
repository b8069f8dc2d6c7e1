"""The environment with the engine for CPU, as `make rehearse-engine` installs it, and what is made for it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FOLDER = ".venv-engine"
INSTALLED = ".installed"
"""The installer's last act: without this file, an installation was cut short."""

_HOST_HAS = ("/usr", "/usr/local", "/")
"""Where a Python may lie that every host sees anyway."""


class EngineMissing(NestforgeError):
    """The engine's environment is not installed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"the engine of the rehearsal is not installed in {folder}", help="run: make rehearse-engine")


class CannotPrepare(NestforgeError):
    """What a rehearsal needs of the engine could not be made."""

    def __init__(self, what: str, output: str) -> None:
        super().__init__(f"{what} could not be made: {output.strip()[-2000:]}", help="run: make rehearse-engine")


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with vLLM and Ray; `versions` of what is installed in it, by distribution."""

    folder: Path
    versions: Mapping[str, str]

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def base(self) -> Path | None:
        """The installation of Python that it builds on, if hosts do not see it anyway."""
        for line in (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(" = ")
            if name == "home":
                base = Path(value).parent
                return None if str(base) in _HOST_HAS else base
        raise EngineMissing(self.folder)

    @property
    def digest(self) -> str:
        """A name for exactly these distributions."""
        return _digest(sorted(f"{name}=={version}" for name, version in self.versions.items()))

    def made(self, kind: str, inputs: Sequence[str], make: Callable[[Path], None]) -> Path:
        """Return the folder that `make` fills, made once for the same inputs; all may read it.

        Raises what `make` raises.
        """
        target = self.folder / "nestforge" / f"{kind}-{_digest([self.digest, *inputs])[:16]}"
        if target.is_dir():
            return target
        target.parent.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{kind}-", dir=target.parent))
        try:
            make(fresh)
            for path in (fresh, *fresh.rglob("*")):  # on a host they belong to nobody
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            _keep(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return target

    def run(self, what: str, module: str, *arguments: str, plugin: Path | None = None) -> None:
        """Run a module of this project with the engine's Python. Raises CannotPrepare."""
        packages = Path(__file__).parents[3]
        paths = [str(plugin)] if plugin else []
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join([*paths, str(packages)]), "HF_HUB_OFFLINE": "1"}
        command = [str(self.python), "-m", module, *arguments]
        done = subprocess.run(command, env=variables, capture_output=True, text=True)
        if done.returncode:
            raise CannotPrepare(what, done.stderr or done.stdout)


def find_environment(project: Path) -> Environment:
    """Return the environment that lies in a project's folder. Raises EngineMissing."""
    folder = (project / FOLDER).absolute()
    if not (folder / INSTALLED).exists():
        raise EngineMissing(folder)
    found = folder.glob("lib/python3.*/site-packages/*.dist-info")
    names = (path.name.removesuffix(".dist-info").rpartition("-") for path in found)
    return Environment(folder, {name.replace("_", "-"): version for name, _, version in names})


def _keep(fresh: Path, target: Path) -> None:
    try:
        fresh.replace(target)
    except OSError:
        if not target.is_dir():  # else another rehearsal was faster, and made the same
            raise


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
