"""What `docker run` was asked for, as the configuration of a container."""

from __future__ import annotations

import os
import re
import secrets
import signal
import time
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker import images
from nestforge.rehearse.standins.programs.docker.errors import DaemonError, DockerError, NotHonoured
from nestforge.rehearse.standins.programs.docker.options import CAPABILITIES, DEFAULT_CAPABILITIES, LIMITS, REFUSED
from nestforge.rehearse.standins.programs.facts import CONTAINERS, read_facts

if TYPE_CHECKING:
    from nestforge.rehearse.standins.programs.docker.flags import Parsed

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_POLICIES = ("no", "always", "on-failure", "unless-stopped")
_VOLUME_OPTIONS = ("ro", "rw", "z", "Z", "cached", "delegated", "consistent", "nocopy", "rprivate", "private")
Config = dict[str, Any]


def config_of(asked: Parsed, image: images.Image, command: list[str]) -> Config:
    """Return the configuration. Raises DockerError as docker would, and for what is not honoured."""
    _refuse(asked)
    identifier = secrets.token_hex(32)
    name = asked.value("name") or f"{secrets.choice(_ADJECTIVES)}_{secrets.choice(_NOUNS)}"
    if not _NAME.fullmatch(name):
        raise DaemonError(f"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed", code=125)
    network = _network(asked)
    entrypoint = asked.value("entrypoint")
    arguments = [*([entrypoint] if entrypoint else []), *command]
    if not arguments:
        raise DaemonError("no command specified", code=125)
    hostname = asked.value("hostname")
    if hostname and (network == "host" and asked.value("uts") == "host"):
        raise DockerError("conflicting options: hostname and the UTS mode", code=125)
    log_driver = asked.value("log-driver", "json-file")
    if log_driver not in ("json-file", "local", "none"):
        raise NotHonoured(f"--log-driver {log_driver}", "logs are kept in files")
    devices = [_device(text) for text in asked.values("device")]
    return {
        "id": identifier,
        "name": name,
        "created": now(),
        "image": image["tag"],
        "image_id": image["id"],
        "image_path": image["path"],
        "image_binds": image["binds"],
        "entrypoint": [entrypoint] if entrypoint else None,
        "command": command,
        "environment": _environment(asked, image),
        "user": asked.value("user"),
        "groups": asked.values("group-add"),
        "workdir": _workdir(asked.value("workdir")),
        "hostname": hostname or (os.uname().nodename if network == "host" else identifier[:12]),
        "own_hostname": bool(hostname) or (network != "host" and asked.value("uts") != "host"),
        "hosts": asked.values("add-host"),
        "tty": asked.has("tty"),
        "interactive": asked.has("interactive"),
        "init": asked.has("init"),
        "network": network,
        "ipc": _one_of(asked, "ipc", ("private", "host", "shareable", "none"), "private"),
        "shm_size": size(asked.value("shm-size", "64m"), "--shm-size"),
        "limits": dict(_limit(text) for text in asked.values("ulimit")),
        "devices": devices,
        "privileged": asked.has("privileged"),
        "capabilities": _capabilities(asked),
        "cap_add": asked.values("cap-add"),
        "cap_drop": asked.values("cap-drop"),
        "security": [_security(text) for text in asked.values("security-opt")],
        "restart": _restart(asked),
        "memory": size(asked.value("memory", "0"), "--memory"),
        "pids_limit": int(asked.value("pids-limit", "0")),
        "cpus": float(asked.value("cpus", "0")),
        "cpuset": _cpuset(asked.value("cpuset-cpus")),
        "gpus": _gpus(asked.value("gpus")) if asked.value("gpus") else [],
        "labels": dict(_pair(text) for text in asked.values("label")),
        "log_driver": log_driver,
        "log_options": _log_options(asked.values("log-opt")),
        "mounts": [
            *(_volume(text, identifier) for text in asked.values("volume")),
            *(_mount(text, identifier) for text in asked.values("mount")),
            *(_tmpfs(text) for text in asked.values("tmpfs")),
        ],
        "auto_remove": asked.has("rm"),
        "stop_signal": asked.value("stop-signal", "SIGTERM"),
        "stop_timeout": int(asked.value("stop-timeout", "10")),
        "attached": not asked.has("detach"),
    }


def now() -> str:
    """Return the time as docker writes it: UTC, with nanoseconds."""
    nanoseconds = time.time_ns()
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest:09d}Z"


def size(text: str, option: str) -> int:
    """Return a number of bytes: `64m`, `1.5g`. Raises DockerError."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([bkmgt]?)i?b?", text.lower())
    if found is None:
        raise DockerError(f'invalid argument "{text}" for "{option}" flag: invalid size: \'{text}\'', code=125)
    return int(float(found[1]) * _UNITS[found[2]])


def signal_number(text: str) -> int:
    """Return the number of `TERM`, `SIGTERM` or `15`. Raises DaemonError."""
    if text.isdigit():
        return int(text)
    try:
        return signal.Signals[f"SIG{text.upper().removeprefix('SIG')}"].value
    except KeyError:
        raise DaemonError(f"invalid signal: {text}") from None


def _refuse(asked: Parsed) -> None:
    for name in asked.given:
        if name in REFUSED:
            raise NotHonoured(f"--{name}", REFUSED[name][2])
    if asked.value("pull") == "always":
        raise NotHonoured("--pull always", "there is no registry; the images are those of the ECS image")
    if asked.value("runtime", "nvidia") not in ("nvidia", "runc"):
        raise DaemonError(f"unknown or invalid runtime name: {asked.value('runtime')}", code=125)


def _one_of(asked: Parsed, option: str, known: tuple[str, ...], default: str) -> str:
    value = asked.value(option, default)
    if value not in known:
        raise NotHonoured(f"--{option} {value}", f"only {', '.join(filter(None, known))}")
    return value


def _network(asked: Parsed) -> str:
    network = asked.value("network") or asked.value("net") or "default"
    if network not in ("host", "none"):
        raise NotHonoured(
            f"--network {network}", "a container has the network of its host (--network host) or none (--network none)"
        )
    return network


def _workdir(text: str) -> str:
    if text and not text.startswith("/"):
        raise DaemonError(f"the working directory '{text}' is invalid, it needs to be an absolute path", code=125)
    return text or "/"


def _environment(asked: Parsed, image: images.Image) -> list[str]:
    path = images.search_path(image)
    given = {"PATH": path, **image["environment"]}
    if asked.has("tty"):
        given["TERM"] = "xterm"
    lines = [line for file in asked.values("env-file") for line in _lines(file)]
    for text in [*lines, *asked.values("env")]:
        name, equals, value = text.partition("=")
        if not name:
            raise DockerError(
                f'invalid argument "{text}" for "-e, --env" flag: invalid environment variable: {text}', 125
            )
        if equals:
            given[name] = value
        elif name in os.environ:
            given[name] = os.environ[name]
    return [f"{name}={value}" for name, value in given.items()]


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8") as opened:
            lines = [line.lstrip() for line in opened.read().splitlines()]
    except OSError as error:
        raise DockerError(f"open {file}: {str(error.strerror).lower()}", code=125) from None
    kept = [line for line in lines if line and not line.startswith("#")]
    for line in kept:
        if " " in line.partition("=")[0]:
            raise DockerError(f"poorly formatted environment: variable '{line}' contains whitespaces", code=125)
    return kept


def _limit(text: str) -> tuple[str, tuple[int, int]]:
    name, _, values = text.partition("=")
    soft, colon, hard = values.partition(":")
    if name not in LIMITS:
        raise DockerError(f'invalid argument "{text}" for "--ulimit" flag: invalid ulimit type: {name}', code=125)
    try:
        limits = (int(soft), int(hard if colon else soft))
    except ValueError:
        raise DockerError(
            f'invalid argument "{text}" for "--ulimit" flag: invalid ulimit argument: {text}', 125
        ) from None
    if limits[1] != -1 and (limits[0] == -1 or limits[0] > limits[1]):
        what = "ulimit soft limit must be less than or equal to hard limit"
        raise DockerError(f'invalid argument "{text}" for "--ulimit" flag: {what}: {soft} > {hard}', code=125)
    return name, limits


def _device(text: str) -> dict[str, str]:
    source, _, rest = text.partition(":")
    target, _, rights = rest.partition(":")
    if rest and not target.startswith("/"):
        target, rights = "", target
    return {"source": source, "target": target or source, "rights": rights or "rwm"}


def _capabilities(asked: Parsed) -> list[str]:
    if asked.has("privileged"):
        return list(CAPABILITIES)
    added, dropped = (
        [text.upper().removeprefix("CAP_") for text in asked.values(option)] for option in ("cap-add", "cap-drop")
    )
    for name in [*added, *dropped]:
        if name != "ALL" and name not in CAPABILITIES:
            raise DaemonError(f'invalid CapAdd: unknown capability: "CAP_{name}"', code=125)
    kept = set(CAPABILITIES if "ALL" in added else DEFAULT_CAPABILITIES)
    kept = (set() if "ALL" in dropped else kept - set(dropped)) | (set(added) - {"ALL"})
    return [name for name in CAPABILITIES if name in kept]


def _security(text: str) -> str:
    name, _, value = text.replace("=", ":", 1).partition(":")
    if name == "no-new-privileges" and value in ("", "true"):
        return "no-new-privileges"
    if name in ("seccomp", "apparmor", "label"):
        return text
    raise NotHonoured(f"--security-opt {text}", "only no-new-privileges, seccomp, apparmor and label")


def _restart(asked: Parsed) -> dict[str, Any]:
    policy, _, most = asked.value("restart", "no").partition(":")
    if policy not in _POLICIES:
        raise DockerError(
            f"invalid restart policy: unknown policy '{policy}'; use one of 'no', 'always', 'on-failure', or "
            "'unless-stopped'",
            code=125,
        )
    if most and policy != "on-failure":
        raise DockerError("invalid restart policy: maximum retry count can only be used with 'on-failure'", code=125)
    if most and not most.isdigit():
        raise DockerError("invalid restart policy format: maximum retry count must be an integer", code=125)
    if policy != "no" and asked.has("rm"):
        raise DockerError("conflicting options: cannot specify both --restart and --rm", code=125)
    return {"policy": policy, "most": int(most or 0)}


def _cpuset(text: str) -> list[int]:
    numbers: list[int] = []
    for part in filter(None, text.split(",")):
        first, dash, last = part.partition("-")
        numbers += range(int(first), int(last if dash else first) + 1)
    if missing := set(numbers) - os.sched_getaffinity(0):
        raise DaemonError(f"Requested CPUs are not available - requested {text}, missing {sorted(missing)}", code=125)
    return numbers


def _gpus(text: str) -> list[int]:
    count = int(read_facts()["hardware"]["gpu_count"])
    if count == 0:
        raise DaemonError('could not select device driver "" with capabilities: [[gpu]]', code=125)
    text = text.strip('"')
    fields = dict(_pair(part) for part in text.split(",") if "=" in part)
    wanted = fields.get("count", text if "=" not in text else "all")
    if "device" in fields:
        asked = [part for part in text.partition("device=")[2].split(",") if part.isdigit()]
    elif wanted == "all":
        asked = [str(index) for index in range(count)]
    elif wanted.isdigit():
        asked = [str(index) for index in range(int(wanted))]
    else:
        raise DockerError(f'invalid argument "{text}" for "--gpus" flag: invalid count', code=125)
    if beyond := [index for index in asked if int(index) >= count]:
        raise DaemonError(
            "failed to create task for container: nvidia-container-cli: device error: "
            f"{beyond[0]}: unknown device: unknown",
            code=125,
        )
    return [int(index) for index in asked]


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _log_options(texts: list[str]) -> dict[str, str]:
    options = dict(_pair(text) for text in texts)
    for name in options:
        if name not in ("max-size", "max-file", "compress", "mode", "max-buffer-size", "labels", "tag"):
            raise DaemonError(f"unknown log opt '{name}' for json-file log driver", code=125)
    if "max-size" in options:
        size(options["max-size"], "--log-opt max-size")
    elif int(options.get("max-file", "1")) > 1:
        raise DaemonError("cannot specify 'max-file' greater than 1 without setting 'max-size'", code=125)
    return options


def _volume(text: str, identifier: str) -> dict[str, Any]:
    parts = text.split(":")
    if len(parts) > 3 or not all(parts):
        raise DaemonError(f"invalid volume specification: '{text}'", code=125)
    if len(parts) == 1:
        return _mounted("volume", f"{CONTAINERS}/containers/{identifier[:12]}/volumes{parts[0]}", parts[0], text)
    source, target = parts[0], parts[1]
    options = parts[2].split(",") if len(parts) == 3 else []
    for option in options:
        if option not in _VOLUME_OPTIONS:
            raise DaemonError(f"invalid volume specification: '{text}': invalid mode: {option}", code=125)
    if source.startswith(("./", "../", "~")) or source in (".", ".."):
        source = os.path.abspath(source)
    return _named_or_bound(source, target, text, read_only="ro" in options)


def _named_or_bound(source: str, target: str, text: str, *, read_only: bool) -> dict[str, Any]:
    if source.startswith("/"):
        return _mounted("bind", source, target, text, read_only=read_only)
    if not _NAME.fullmatch(source):
        raise DaemonError(
            f'create {source}: "{source}" includes invalid characters for a local volume name, only '
            '"[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
            code=125,
        )
    return _mounted("volume", f"{CONTAINERS}/volumes/{source}", target, text, read_only=read_only)


def _mounted(kind: str, source: str, target: str, text: str, *, read_only: bool = False) -> dict[str, Any]:
    if not target.startswith("/"):
        raise DaemonError(
            f"invalid volume specification: '{text}': invalid mount path: '{target}' mount path must be absolute",
            code=125,
        )
    if os.path.normpath(target) == "/":
        raise DaemonError(
            f"invalid volume specification: '{text}': invalid specification: destination can't be '/'", code=125
        )
    return {"kind": kind, "source": source, "target": os.path.normpath(target), "read_only": read_only, "text": text}


def _mount(text: str, identifier: str) -> dict[str, Any]:
    fields = dict(_pair(part) for part in text.split(","))
    kind = fields.get("type", "volume")
    source = fields.get("source", fields.get("src", ""))
    target = next((fields[name] for name in ("target", "destination", "dst") if name in fields), "")
    read_only = any(fields.get(name, "false") in ("", "true", "1") for name in ("readonly", "ro"))
    if kind == "tmpfs":
        return _tmpfs(f"{target}:size={fields['tmpfs-size']}" if "tmpfs-size" in fields else target)
    if kind == "bind" and not os.path.exists(source):
        raise DaemonError(f'invalid mount config for type "bind": bind source path does not exist: {source}', code=125)
    if kind not in ("bind", "volume"):
        raise NotHonoured(f"--mount {text}", "only bind, volume and tmpfs")
    if not source:
        return _volume(target, identifier)
    return _named_or_bound(source, target, text, read_only=read_only)


def _tmpfs(text: str) -> dict[str, Any]:
    target, _, options = text.partition(":")
    known = [part for part in options.split(",") if part.partition("=")[0] in ("size", "mode")]
    return {**_mounted("tmpfs", "", target, text), "options": ",".join(known)}


_ADJECTIVES = ("brave", "calm", "eager", "gentle", "keen", "quiet", "swift", "warm")
_NOUNS = ("antonelli", "banach", "curie", "euler", "hopper", "lamport", "noether", "turing")
