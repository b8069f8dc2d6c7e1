"""What `docker inspect` shows of a container and of an image."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker import images
from nestforge.rehearse.standins.programs.facts import CONTAINERS

if TYPE_CHECKING:
    from nestforge.rehearse.standins.programs.docker.containers import Container

NEVER = "0001-01-01T00:00:00Z"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def architecture() -> str:
    """Return this machine's architecture in Go's words."""
    machine = os.uname().machine
    return _ARCHITECTURES.get(machine, machine)


def of_container(container: Container) -> dict[str, Any]:
    """Return docker's description of it, as far as there is something to say."""
    config, state = container.config, container.state
    entrypoint, command = config["entrypoint"] or [], config["command"]
    words = [*entrypoint, *command]
    return {
        "Id": container.id,
        "Created": config["created"],
        "Path": words[0],
        "Args": words[1:],
        "State": {
            "Status": state["status"],
            "Running": state["status"] in ("running", "restarting"),
            "Paused": False,
            "Restarting": state["status"] == "restarting",
            "OOMKilled": state["oom_killed"],
            "Dead": False,
            "Pid": container.pid,
            "ExitCode": state["exit_code"],
            "Error": state["error"].removeprefix("Error response from daemon: "),
            "StartedAt": state["started_at"] or NEVER,
            "FinishedAt": state["finished_at"] or NEVER,
        },
        "Image": config["image_id"],
        "LogPath": container.path("log"),
        "Name": f"/{container.name}",
        "RestartCount": state["restart_count"],
        "Driver": "overlay2",
        "Platform": "linux",
        "HostConfig": _host_config(config),
        "Mounts": [_mount(mount) for mount in config["mounts"]],
        "Config": {
            "Hostname": config["hostname"],
            "User": config["user"],
            "AttachStdin": config["attached"] and config["interactive"],
            "AttachStdout": config["attached"],
            "AttachStderr": config["attached"],
            "Tty": config["tty"],
            "OpenStdin": config["interactive"],
            "Env": config["environment"],
            "Cmd": command or None,
            "Image": config["image"],
            "Volumes": None,
            "WorkingDir": config["workdir"],
            "Entrypoint": config["entrypoint"],
            "Labels": config["labels"],
        },
        "NetworkSettings": {
            "Ports": {},
            "IPAddress": "",
            "Networks": {config["network"]: {"IPAddress": "", "Gateway": "", "MacAddress": ""}},
        },
    }


def _host_config(config: dict[str, Any]) -> dict[str, Any]:
    restart = config["restart"]
    devices = [
        {"PathOnHost": one["source"], "PathInContainer": one["target"], "CgroupPermissions": one["rights"]}
        for one in config["devices"]
    ]
    gpus = {"Driver": "", "Count": len(config["gpus"]), "DeviceIDs": None, "Capabilities": [["gpu"]], "Options": {}}
    return {
        "Binds": [mount["text"] for mount in config["mounts"] if mount["kind"] == "bind"] or None,
        "NetworkMode": config["network"],
        "RestartPolicy": {"Name": restart["policy"], "MaximumRetryCount": restart["most"]},
        "AutoRemove": config["auto_remove"],
        "CapAdd": config["cap_add"] or None,
        "CapDrop": config["cap_drop"] or None,
        "ExtraHosts": config["hosts"] or None,
        "GroupAdd": config["groups"] or None,
        "IpcMode": config["ipc"],
        "LogConfig": {"Type": config["log_driver"], "Config": config["log_options"]},
        "Privileged": config["privileged"],
        "SecurityOpt": config["security"] or None,
        "ShmSize": config["shm_size"],
        "Init": config["init"] or None,
        "Memory": config["memory"],
        "NanoCpus": int(config["cpus"] * 1e9),
        "CpusetCpus": ",".join(map(str, config["cpuset"])),
        "PidsLimit": config["pids_limit"] or None,
        "Devices": devices,
        "DeviceRequests": [gpus] if config["gpus"] else None,
        "Ulimits": [
            {"Name": name, "Hard": hard, "Soft": soft} for name, (soft, hard) in sorted(config["limits"].items())
        ],
        "Runtime": "nvidia" if config["gpus"] else "runc",
    }


def _mount(mount: dict[str, Any]) -> dict[str, Any]:
    is_named = mount["kind"] == "volume" and mount["source"].startswith(f"{CONTAINERS}/volumes/")
    return {
        "Type": mount["kind"],
        **({"Name": os.path.basename(mount["source"])} if is_named else {}),
        "Source": mount["source"],
        "Destination": mount["target"],
        "Mode": "ro" if mount["read_only"] else "",
        "RW": not mount["read_only"],
        "Propagation": "rprivate" if mount["kind"] == "bind" else "",
    }


def of_image(image: images.Image) -> dict[str, Any]:
    """Return docker's description of it, as far as the rehearsal knows the image."""
    repository, tag = images.repository_and_tag(image["tag"])
    variables = {"PATH": images.search_path(image), **image["environment"]}
    return {
        "Id": image["id"],
        "RepoTags": [f"{repository}:{tag}"],
        "RepoDigests": [],
        "Architecture": architecture(),
        "Os": "linux",
        "Config": {"Env": [f"{name}={value}" for name, value in variables.items()], "Entrypoint": None, "Cmd": None},
    }
