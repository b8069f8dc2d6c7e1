"""The program `docker`: which module answers which command. Only that one is loaded, for scripts poll."""

from __future__ import annotations

import sys
from importlib import import_module

from nestforge.rehearse.standins.programs.docker.containers import connect
from nestforge.rehearse.standins.programs.docker.errors import DockerError

COMMANDS = {
    "create": ("run", "create"), "exec": ("change", "execute"), "images": ("look", "list_images"),
    "info": ("look", "info"), "inspect": ("look", "inspect"), "kill": ("change", "kill"), "logs": ("look", "logs"),
    "port": ("look", "port"), "ps": ("look", "ps"), "rename": ("change", "rename"), "restart": ("change", "restart"),
    "rm": ("change", "remove"), "run": ("run", "run"), "start": ("run", "start"), "stats": ("look", "stats"),
    "stop": ("change", "stop"), "top": ("look", "top"), "update": ("change", "update"), "version": ("look", "version"),
    "wait": ("change", "wait"),
}  # fmt: skip
OF_CONTAINERS = {**{name: COMMANDS[name] for name in COMMANDS if name not in ("images", "info", "version")},
                 "ls": ("look", "ps"), "list": ("look", "ps"), "prune": ("change", "prune")}  # fmt: skip
OF_IMAGES = {"inspect": ("look", "inspect"), "ls": ("look", "list_images"), "list": ("look", "list_images")}
OF_SYSTEM = {"info": ("look", "info")}
GROUPS = {"container": OF_CONTAINERS, "image": OF_IMAGES, "system": OF_SYSTEM}

_NO_REGISTRY = "a rehearsal has no registry: the images are those of the host's ECS image"
_NO_LAYERS = "images are folders of this machine, which nobody builds, keeps or loads"
_ONE_FILE_SYSTEM = "the root of a container is put together when it starts"
_NETWORKS = "containers have the host's network, or none"
REFUSED = {
    "attach": "follow the log: docker logs --follow", "build": _NO_LAYERS, "builder": _NO_LAYERS, "buildx": _NO_LAYERS,
    "checkpoint": "processes cannot be frozen", "commit": _NO_LAYERS, "compose": "a host has no plug-ins of docker",
    "config": "a host is in no swarm", "context": "there is one daemon", "cp": _ONE_FILE_SYSTEM,
    "diff": _ONE_FILE_SYSTEM, "events": "look at: docker ps --all", "export": _ONE_FILE_SYSTEM, "history": _NO_LAYERS,
    "import": _NO_LAYERS, "load": _NO_LAYERS, "login": _NO_REGISTRY, "logout": _NO_REGISTRY, "manifest": _NO_REGISTRY,
    "network": _NETWORKS, "node": "a host is in no swarm", "pause": "processes cannot be frozen",
    "plugin": "a host has no plug-ins of docker", "pull": _NO_REGISTRY, "push": _NO_REGISTRY, "rmi": _NO_LAYERS,
    "save": _NO_LAYERS, "search": _NO_REGISTRY, "secret": "a host is in no swarm", "service": "a host is in no swarm",
    "stack": "a host is in no swarm", "swarm": "a host is in no swarm", "tag": _NO_LAYERS,
    "trust": _NO_REGISTRY, "unpause": "processes cannot be frozen", "volume": "volumes are folders",
}  # fmt: skip
_PASSED_OVER = {"--debug": 0, "-D": 0, "--log-level": 1, "-l": 1}


def main() -> int:
    """Run the command line; return its exit code."""
    try:
        return _run(sys.argv[1:])
    except DockerError as error:
        print(error.message, file=sys.stderr)
        return error.code
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def _run(arguments: list[str]) -> int:
    while arguments and arguments[0].startswith("-"):
        option = arguments[0]
        if option in ("--version", "-v"):
            print(f"Docker version {import_module(f'{__package__}.look').VERSION}, build b72abbb")
            return 0
        if option.partition("=")[0] not in _PASSED_OVER:
            raise DockerError(f"unknown flag: {option}\nSee 'docker --help'.", code=125)
        skipped = 1 if "=" in option else 1 + _PASSED_OVER[option]
        arguments = arguments[skipped:]
    if not arguments or arguments[0] == "help":
        print(f"Usage:  docker [OPTIONS] COMMAND\n\nCommands:\n  {' '.join(sorted(COMMANDS))}")
        return 0
    command, *rest = arguments
    table = COMMANDS
    if command in GROUPS and rest:
        table, command, rest, group = GROUPS[command], rest[0], rest[1:], command
    else:
        group = ""
    if command in table and "--help" not in rest[:1]:
        connect()
        module, function = table[command]
        call = getattr(import_module(f"{__package__}.{module}"), function)
        code: int = call(rest, group) if function == "inspect" else call(rest)
        sys.stdout.flush()
        return code
    if command in REFUSED:
        raise DockerError(f"the rehearsal's docker does not honour `docker {command}`: {REFUSED[command]}")
    if command in table:
        print(f"Usage:  docker {command}: see the page of stand-ins in the rehearsal's report")
        return 0
    raise DockerError(f"docker: '{command}' is not a docker command.\nSee 'docker --help'")
