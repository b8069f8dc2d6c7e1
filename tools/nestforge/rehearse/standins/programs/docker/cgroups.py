"""Limits of memory, processes and processors, where the host has a cgroup that it may divide."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nestforge.rehearse.standins.programs.docker.errors import NotHonoured

if TYPE_CHECKING:
    from nestforge.rehearse.standins.programs.docker.requested import Config

_ROOT = "/sys/fs/cgroup"
_PERIOD = 100_000
"""Microseconds. Source: moby, which turns --cpus into a quota of this period."""


def add(config: Config, pid: int) -> None:
    """Put a process under the limits of its container. Raises NotHonoured for a limit that cannot be kept here."""
    for option, controller, files in _wanted(config):
        folder = _folder(controller, config["id"])
        try:
            os.makedirs(folder, exist_ok=True)
            for name, value in files.items():
                _write(f"{folder}/{name}", value)
            _write(f"{folder}/cgroup.procs", str(pid))
        except OSError as error:
            raise NotHonoured(option, f"this host has no cgroup of {controller} to divide ({error.strerror})") from None


def remove(identifier: str) -> None:
    """Remove the container's cgroups; its processes have ended."""
    for folder in _folders(identifier):
        try:
            os.rmdir(folder)
        except OSError:  # there is none, or the kernel has not yet let go
            pass


def ran_out_of_memory(identifier: str) -> bool:
    """Return whether the kernel has ended a process of the container for its limit of memory."""
    name = "memory.events" if _is_unified() else "memory.oom_control"
    counted = _values(f"{_folder('memory', identifier)}/{name}")
    return int(counted.get("oom_kill", "0")) > 0


def usage(identifier: str) -> int | None:
    """Return the bytes that the container holds, when it has a limit."""
    name = "memory.current" if _is_unified() else "memory.usage_in_bytes"
    try:
        with open(f"{_folder('memory', identifier)}/{name}", encoding="ascii") as file:
            return int(file.read())
    except OSError:
        return None


def _wanted(config: Config) -> list[tuple[str, str, dict[str, str]]]:
    unified = _is_unified()
    wanted = []
    if config["memory"]:
        name = "memory.max" if unified else "memory.limit_in_bytes"
        wanted.append(("--memory", "memory", {name: str(config["memory"])}))
    if config["pids_limit"] > 0:
        wanted.append(("--pids-limit", "pids", {"pids.max": str(config["pids_limit"])}))
    if config["cpus"]:
        quota = int(config["cpus"] * _PERIOD)
        files = {"cpu.max": f"{quota} {_PERIOD}"} if unified else {
            "cpu.cfs_period_us": str(_PERIOD), "cpu.cfs_quota_us": str(quota)
        }  # fmt: skip
        wanted.append(("--cpus", "cpu", files))
    return wanted


def _is_unified() -> bool:
    return os.path.exists(f"{_ROOT}/cgroup.controllers")


def _folder(controller: str, identifier: str) -> str:
    own = "" if _is_unified() else f"/{controller}"
    return f"{_ROOT}{own}{_own_path(controller)}/docker-{identifier[:12]}"


def _folders(identifier: str) -> list[str]:
    return sorted({_folder(controller, identifier) for controller in ("memory", "pids", "cpu")})


def _own_path(controller: str) -> str:
    """Return where this process is, below the controller's root."""
    with open("/proc/self/cgroup", encoding="utf-8") as file:
        for line in file:
            _, names, path = line.rstrip("\n").split(":", 2)
            if controller in names.split(",") or (names == "" and _is_unified()):
                inside, _, last = path.rpartition("/")
                return (inside if last.startswith("docker-") else path).rstrip("/")
    return ""


def _values(path: str) -> dict[str, str]:
    try:
        with open(path, encoding="ascii") as file:
            pairs = (line.split() for line in file)
            return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    except OSError:
        return {}


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
