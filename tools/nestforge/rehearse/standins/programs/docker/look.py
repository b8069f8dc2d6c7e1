"""The commands that only look: ps, logs, inspect, top, stats, port, images, version, info."""

from __future__ import annotations

import calendar
import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker import cgroups, containers, go_template, images, view
from nestforge.rehearse.standins.programs.docker.errors import DaemonError, DockerError, NotHonoured
from nestforge.rehearse.standins.programs.docker.flags import need, parse
from nestforge.rehearse.standins.programs.docker.log_file import follow, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.rehearse.standins.programs.docker.containers import Container

VERSION, API_VERSION = "26.1.3", "1.45"
"""Of docker-ce for Alibaba Cloud Linux 3: whose messages these are."""

PS_FILTERS = ("ancestor", "exited", "id", "label", "name", "status")
_PS_COLUMNS = ("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names")
_IMAGE_COLUMNS = ("Repository", "Tag", "ID", "CreatedSince", "Size")
_STATS_COLUMNS = ("ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs")
_TITLES = {
    "ID": "CONTAINER ID", "RunningFor": "CREATED", "CreatedSince": "CREATED", "CreatedAt": "CREATED AT",
    "CPUPerc": "CPU %", "MemUsage": "MEM USAGE / LIMIT", "MemPerc": "MEM %", "NetIO": "NET I/O", "BlockIO": "BLOCK I/O",
    "LocalVolumes": "LOCAL VOLUMES",
}  # fmt: skip
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def ps(arguments: list[str]) -> int:
    """docker ps."""
    flags = {"all": ("a", "switch"), "quiet": ("q", "switch"), "no-trunc": ("", "switch"), "filter": ("f", "list"),
             "format": ("", "value"), "last": ("n", "value"), "latest": ("l", "switch")}  # fmt: skip
    asked = parse("ps", arguments, flags)
    filters = [text.partition("=")[::2] for text in asked.values("filter")]
    for name, _ in filters:
        if name not in PS_FILTERS:
            raise DaemonError(f"invalid filter '{name}'")
    last = 1 if asked.has("latest") else int(asked.value("last", "-1"))
    is_everything = asked.has("all") or last > 0 or any(name in ("status", "exited") for name, _ in filters)
    found = [
        one
        for one in containers.every()
        if (is_everything or one.state["status"] in ("running", "restarting")) and _passes(one, filters)
    ]
    rows = [_row(one, whole=asked.has("no-trunc")) for one in (found[:last] if last > 0 else found)]
    if asked.has("quiet"):
        return _print(row["ID"] for row in rows)
    return _table(rows, asked.value("format"), _PS_COLUMNS)


def _passes(container: Container, filters: list[tuple[str, str]]) -> bool:
    """Return whether it passes: one value of each filter's name is enough."""
    tests: dict[str, Callable[[str], bool]] = {
        "ancestor": lambda value: value in (container.config["image"], container.config["image_id"]),
        "exited": lambda value: container.state["status"] == "exited" and str(container.state["exit_code"]) == value,
        "id": lambda value: container.id.startswith(value),
        "label": lambda value: _has_label(container.config["labels"], value),
        "name": lambda value: any(re.search(value, name) for name in (container.name, f"/{container.name}")),
        "status": lambda value: container.state["status"] == value,
    }  # fmt: skip
    names = {name for name, _ in filters}
    return all(any(tests[name](value) for other, value in filters if other == name) for name in names)


def _has_label(labels: dict[str, str], text: str) -> bool:
    name, equals, value = text.partition("=")
    return name in labels and (not equals or labels[name] == value)


def _row(container: Container, *, whole: bool) -> dict[str, Any]:
    config = container.config
    command = " ".join([*(config["entrypoint"] or []), *config["command"]])
    short = command if whole or len(command) <= 20 else command[:19] + "…"
    labels = config["labels"]
    return {
        "ID": container.id if whole else container.id[:12],
        "Image": config["image"],
        "Command": json.dumps(short, ensure_ascii=False),
        "CreatedAt": f"{config['created'][:19].replace('T', ' ')} +0000 UTC",
        "RunningFor": f"{_ago(config['created'])} ago",
        "Ports": "",
        "State": container.state["status"],
        "Status": status_of(container),
        "Names": container.name,
        "Labels": ",".join(f"{name}={labels[name]}" for name in sorted(labels)),
        "Mounts": ",".join(mount["source"] for mount in config["mounts"]),
        "Networks": config["network"],
        "LocalVolumes": str(sum(mount["kind"] == "volume" for mount in config["mounts"])),
        "Size": "0B",
    }


def status_of(container: Container) -> str:
    """Return the state in docker's words: `Up 5 minutes`, `Exited (1) 2 hours ago`."""
    state = container.state
    if state["status"] == "running":
        return f"Up {_ago(state['started_at'])}"
    if state["status"] == "restarting":
        return f"Restarting ({state['exit_code']}) {_ago(state['finished_at'])} ago"
    if state["status"] == "created":
        return "Created"
    return f"Exited ({state['exit_code']}) {_ago(state['finished_at'])} ago"


def _ago(moment: str) -> str:
    """Return how long ago, as docker rounds it. Source: go-units, duration.go."""
    seconds = int(time.time() - timestamp(moment)) if moment else 0
    minutes, hours = seconds // 60, int(seconds / 3600 + 0.5)
    steps = (
        (seconds < 1, "Less than a second"), (seconds == 1, "1 second"), (seconds < 60, f"{seconds} seconds"),
        (minutes == 1, "About a minute"), (minutes < 60, f"{minutes} minutes"), (hours == 1, "About an hour"),
        (hours < 48, f"{hours} hours"), (hours < 24 * 14, f"{hours // 24} days"),
        (hours < 24 * 60, f"{hours // 24 // 7} weeks"), (hours < 24 * 730, f"{hours // 24 // 30} months"),
    )  # fmt: skip
    return next((text for fits, text in steps if fits), f"{hours // 24 // 365} years")


def timestamp(text: str) -> float:
    """Return seconds since 1970 of `2026-11-24T18:00:00.123Z`, of such a number, or of `10m` before now."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if parts := re.fullmatch(r"((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)", text):
        lengths = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", parts[1])
        return time.time() - sum(float(number) * _SECONDS[unit] for number, unit in lengths)
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", text)
    if found is None:
        raise DaemonError(f'invalid value for "since": failed to parse value as time or duration: "{text}"')
    clock = (found[2] or "00:00:00") + (":00" if len(found[2] or "") == 5 else "")
    seconds = calendar.timegm(time.strptime(f"{found[1]}T{clock}", "%Y-%m-%dT%H:%M:%S"))
    zone = found[4] or "Z"
    shift = 0 if zone == "Z" else int(f"{zone[0]}1") * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
    return seconds + float(found[3] or 0) - shift


def logs(arguments: list[str]) -> int:
    """docker logs: each stream to its own."""
    flags = {"follow": ("f", "switch"), "tail": ("n", "value"), "timestamps": ("t", "switch"),
             "since": ("", "value"), "until": ("", "value"), "details": ("", "switch")}  # fmt: skip
    asked = parse("logs", arguments, flags)
    need("logs", asked.words, 1)
    container = containers.find(asked.words[0])
    since, until = (timestamp(asked.value(name)) if asked.value(name) else None for name in ("since", "until"))
    outputs = {"stdout": sys.stdout.buffer, "stderr": sys.stderr.buffer}
    tail = asked.value("tail", "all")
    if not re.fullmatch(r"all|-?\d+", tail):
        raise DaemonError(f'invalid value for "tail": {tail}')

    def show(record: dict[str, str]) -> None:
        moment = timestamp(record["time"]) if since is not None or until is not None else 0.0
        if (since is None or moment >= since) and (until is None or moment <= until):
            begin = f"{record['time']} " if asked.has("timestamps") else ""
            output = outputs[record["stream"]]
            output.write((begin + record["log"]).encode())
            output.flush()

    kept = list(records(container))
    count = len(kept) if tail == "all" or int(tail) < 0 else int(tail)
    for record in kept[len(kept) - min(count, len(kept)) :]:
        show(record)
    if asked.has("follow"):
        last = kept[-1]["time"] if kept else ""
        for record in follow(container):
            if record["time"] > last:
                show(record)
    return 0


def inspect(arguments: list[str], kind: str = "") -> int:
    """docker inspect; `kind` is `container` or `image` for `docker container inspect` and `docker image inspect`."""
    flags = {"format": ("f", "value"), "type": ("", "value"), "size": ("s", "switch")}
    asked = parse("inspect", arguments, flags)
    need("inspect", asked.words, 1)
    kind = kind or asked.value("type")
    if kind not in ("", "container", "image"):
        raise NotHonoured(f"inspect --type {kind}", "there are containers and images")
    found, failed = [], []
    for word in asked.words:
        try:
            found.append(_described(word, kind))
        except DockerError as error:
            failed.append(error.message)
    template = asked.value("format")
    if template == "json":
        template = "{{json .}}"
    if template:
        _print(go_template.render(template, one) for one in found)
    else:
        print(json.dumps(found, indent=4, ensure_ascii=False))
    for message in failed:
        print(message, file=sys.stderr)
    return 1 if failed else 0


def _described(word: str, kind: str) -> dict[str, Any]:
    if kind != "image":
        try:
            return view.of_container(containers.find(word))
        except DaemonError:
            if kind == "container":
                raise
    image = images.look_up(word)
    if image is not None:
        return view.of_image(image)
    if kind == "image":
        images.find(word)
    raise DockerError(f"Error: No such object: {word}")


def top(arguments: list[str]) -> int:
    """docker top: the container's processes, as the host's `ps` shows them."""
    need("top", arguments, 1)
    container = _running(arguments[0])
    wanted = set(processes_of(container))
    listing = subprocess.run(["ps", *(arguments[1:] or ["-ef"])], capture_output=True, text=True, check=False)
    if listing.returncode:
        raise DaemonError(f"ps: {listing.stderr.strip()}")
    head, *lines = listing.stdout.splitlines()
    if "PID" not in head.split():
        raise DaemonError("Couldn't find PID field in ps output")
    column = head.split().index("PID")
    return _print([head, *(line for line in lines if int(line.split()[column]) in wanted)])


def processes_of(container: Container) -> list[int]:
    """Return the ids, as the host sees them, of the processes in the container's pid namespace."""
    wanted, found = os.readlink(f"/proc/{container.pid}/ns/pid"), []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{name}/ns/pid") == wanted:
                found.append(int(name))
        except OSError:  # has ended meanwhile, or is a zombie
            continue
    return sorted(found)


def stats(arguments: list[str]) -> int:
    """docker stats, once."""
    flags = {"all": ("a", "switch"), "format": ("", "value"), "no-stream": ("", "switch"), "no-trunc": ("", "switch")}
    asked = parse("stats", arguments, flags)
    if not asked.has("no-stream"):
        raise NotHonoured("stats without --no-stream", "it would draw for ever")
    chosen = [containers.find(word) for word in asked.words] or [one for one in containers.every() if one.is_running]
    before = {one.id: _processor_ticks(one) for one in chosen if one.is_running}
    begun = time.monotonic()
    time.sleep(0.5)
    seconds = time.monotonic() - begun
    rows = [_usage(one, before.get(one.id, 0), seconds) for one in chosen]
    return _table(rows, asked.value("format"), _STATS_COLUMNS)


def _usage(container: Container, before: int, seconds: float) -> dict[str, Any]:
    ids = processes_of(container) if container.is_running else []
    used = (_processor_ticks(container) - before) / os.sysconf("SC_CLK_TCK") / seconds if ids else 0
    held = cgroups.usage(container.id) or sum(_resident(pid) for pid in ids)
    total = container.config["memory"] or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "ID": container.id[:12], "Container": container.id[:12], "Name": container.name, "CPUPerc": f"{used:.2%}",
        "MemUsage": f"{_binary(held)} / {_binary(total)}", "MemPerc": f"{held / total:.2%}",
        "NetIO": "0B / 0B", "BlockIO": "0B / 0B", "PIDs": str(len(ids)),
    }  # fmt: skip


def _processor_ticks(container: Container) -> int:
    total = 0
    for pid in processes_of(container):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total


def _resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _binary(number: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if number < 1024:
            return f"{number:.4g}{unit}"
        number /= 1024
    return f"{number:.4g}TiB"


def port(arguments: list[str]) -> int:
    """docker port: nothing is published, for containers have the host's network."""
    need("port", arguments, 1)
    containers.find(arguments[0])
    return 0


def list_images(arguments: list[str]) -> int:
    """docker images."""
    flags = {"all": ("a", "switch"), "quiet": ("q", "switch"), "no-trunc": ("", "switch"), "format": ("", "value"),
             "digests": ("", "switch"), "filter": ("f", "list")}  # fmt: skip
    asked = parse("images", arguments, flags)
    if asked.has("digests") or asked.values("filter"):
        raise NotHonoured(
            "images with --digests or --filter", "the images are those of the ECS image, from no registry"
        )
    rows = []
    for image in images.every():
        repository, tag = images.repository_and_tag(image["tag"])
        identifier = image["id"] if asked.has("no-trunc") else image["id"].removeprefix("sha256:")[:12]
        if not asked.words or asked.words[0] in (repository, f"{repository}:{tag}"):
            rows.append({"Repository": repository, "Tag": tag, "ID": identifier, "CreatedSince": "N/A",
                         "CreatedAt": "N/A", "Digest": "<none>", "Size": "0B"})  # fmt: skip
    if asked.has("quiet"):
        return _print(row["ID"] for row in rows)
    return _table(rows, asked.value("format"), _IMAGE_COLUMNS, {"ID": "IMAGE ID"})


def version(arguments: list[str]) -> int:
    """docker version."""
    asked = parse("version", arguments, {"format": ("f", "value")})
    side = {"Version": VERSION, "ApiVersion": API_VERSION, "Os": "linux", "Arch": view.architecture()}
    facts = {
        "Client": {"Platform": {"Name": "Docker Engine - Community"}, **side, "Context": "default"},
        "Server": {"Platform": {"Name": "Docker Engine - Community"}, **side, "KernelVersion": os.uname().release},
    }
    return _facts(facts, asked.value("format"))


def info(arguments: list[str]) -> int:
    """docker info."""
    asked = parse("info", arguments, {"format": ("f", "value")})
    states = [one.state["status"] for one in containers.every()]
    facts = {
        "Containers": len(states), "ContainersRunning": states.count("running"), "ContainersPaused": 0,
        "ContainersStopped": len(states) - states.count("running"), "Images": len(images.every()),
        "ServerVersion": VERSION, "Driver": "overlay2", "LoggingDriver": "json-file", "CgroupDriver": "cgroupfs",
        "Runtimes": {"runc": {"path": "runc"}, "nvidia": {"path": "nvidia-container-runtime"}},
        "DefaultRuntime": "runc", "OSType": "linux", "Architecture": os.uname().machine,
        "KernelVersion": os.uname().release, "NCPU": os.cpu_count(), "DockerRootDir": "/var/lib/docker",
        "MemTotal": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), "Name": os.uname().nodename,
        "LiveRestoreEnabled": False,
    }  # fmt: skip
    return _facts(facts, asked.value("format"))


def _facts(facts: dict[str, Any], template: str) -> int:
    if template:
        return _print([go_template.render("{{json .}}" if template == "json" else template, facts)])
    return _print(_indented(facts, ""))


def _indented(facts: dict[str, Any], margin: str) -> list[str]:
    lines = []
    for name, value in facts.items():
        is_nested = isinstance(value, dict)
        lines += [f"{margin}{name}:", *_indented(value, f"{margin} ")] if is_nested else [f"{margin}{name}: {value}"]
    return lines


def _running(word: str) -> Container:
    container = containers.find(word)
    if not container.is_running:
        raise DaemonError(f"container {container.id} is not running")
    return container


def _table(
    rows: list[dict[str, Any]], template: str, columns: tuple[str, ...], own_titles: dict[str, str] | None = None
) -> int:
    """Print rows as docker does: a table, a template a row, or `table` and a template."""
    titles = {**{name: name.upper() for row in rows for name in row}, **_TITLES, **(own_titles or {})}
    if template == "json":
        return _print(go_template.render("{{json .}}", row) for row in rows)
    is_table = template.startswith("table ") or not template
    form = template.removeprefix("table ").replace("\\t", "\t").replace("\\n", "\n")
    form = form or "\t".join(f"{{{{.{name}}}}}" for name in columns)
    label = re.compile(r"\{\{\s*\.Label\s+\"([^\"]*)\"\s*\}\}")
    if not is_table:
        return _print(go_template.render(label.sub(_label, form), row) for row in rows)
    head = {name: titles.get(name, name.upper()) for name in (*columns, *titles)}
    lines = [go_template.render(label.sub(_label, form), row).split("\t") for row in [head, *rows]]
    widths = [max(len(line[index]) for line in lines if index < len(line)) for index in range(max(map(len, lines)))]
    return _print(
        "   ".join(text.ljust(width) for text, width in zip(line, widths, strict=False)).rstrip() for line in lines
    )


def _label(found: re.Match[str]) -> str:
    raise NotHonoured(f"--format with .Label {found[1]}", "use .Labels")


def _print(lines: Any) -> int:
    for line in lines:
        print(line)
    return 0
