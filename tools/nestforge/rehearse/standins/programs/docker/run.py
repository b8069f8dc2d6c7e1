"""docker run and docker create."""

from __future__ import annotations

import os
import shutil
import signal
import sys

from nestforge.rehearse.standins.programs.docker import images, supervisor
from nestforge.rehearse.standins.programs.docker.containers import ROOT, Container, every, find, locked
from nestforge.rehearse.standins.programs.docker.errors import DaemonError, DockerError, NotHonoured
from nestforge.rehearse.standins.programs.docker.flags import need, parse
from nestforge.rehearse.standins.programs.docker.options import PASSED_OVER, RUN
from nestforge.rehearse.standins.programs.docker.requested import Config, config_of
from nestforge.rehearse.standins.programs.docker.root import find_devices, prepare


def run(arguments: list[str]) -> int:
    """Create and start a container; without --detach, wait for its end and return its exit code."""
    asked = parse("run", arguments, RUN, stop_at_word=True)
    need("run", asked.words, 1)
    _check_terminal(asked.has("interactive") and asked.has("tty") and not asked.has("detach"))
    try:
        container = _create(asked.words, arguments)
        find_devices(container.config)
        reader = supervisor.start(container, attached=container.config["attached"])
        lowered = supervisor.told(reader)["lowered"]
    except DaemonError as error:
        raise _of_run(error, "run") from None
    for text in lowered:
        print(f"WARNING: {text}", file=sys.stderr)
    if not container.config["attached"]:
        print(container.id)
        return 0
    return _wait(container, reader)


def create(arguments: list[str]) -> int:
    """Create a container and print its id."""
    asked = parse("create", arguments, RUN, stop_at_word=True)
    need("create", asked.words, 1)
    try:
        container = _create(asked.words, ["--detach", *arguments])
    except DaemonError as error:
        raise DockerError(error.message, code=1) from None
    print(container.id)
    return 0


def start(arguments: list[str]) -> int:
    """Start containers that do not run."""
    asked = parse("start", arguments, {"attach": ("a", "switch"), "interactive": ("i", "switch")})
    need("start", asked.words, 1)
    if asked.has("interactive"):
        raise NotHonoured("start --interactive", "run the command with docker exec")
    failed = False
    for word in asked.words:
        try:
            container = find(word)
            begin(container, attached=asked.has("attach"))
        except DaemonError as error:
            print(error.message, file=sys.stderr)
            failed = True
        else:
            print(word)
    if failed:
        raise DockerError(f"Error: failed to start containers: {', '.join(asked.words)}")
    return 0


def begin(container: Container, *, attached: bool = False) -> None:
    """Start a container that exists, unless it runs. Raises DaemonError."""
    if container.is_supervised():
        return
    try:
        os.remove(container.path("stopped"))
    except FileNotFoundError:
        pass
    find_devices(container.config)
    reader = supervisor.start(container, attached=attached)
    try:
        supervisor.told(reader)
    finally:
        if not attached:
            os.close(reader)
    if attached:
        _wait(container, reader)


def _create(words: list[str], arguments: list[str]) -> Container:
    asked = parse("run", arguments, RUN, stop_at_word=True)
    for name in asked.given:
        if name in PASSED_OVER:
            print(f"the rehearsal's docker passes over --{name}: {PASSED_OVER[name][2]}", file=sys.stderr)
    image = images.look_up(words[0])
    if image is None:
        name = ":".join(images.repository_and_tag(words[0]))
        print(f"Unable to find image '{name}' locally", file=sys.stderr)
        raise DaemonError(
            f"{words[0]} cannot be pulled: a rehearsal has no registry, only the images of its hosts", 125
        )
    config = config_of(asked, image, words[1:])
    if config["network"] == "host" and asked.values("publish"):
        print("WARNING: Published ports are discarded when using host network mode", file=sys.stderr)
    elif asked.values("publish"):
        raise NotHonoured("--publish", "containers have the host's network, or none")
    return _write(config, asked.value("cidfile"))


def _write(config: Config, id_file: str) -> Container:
    folder = f"{ROOT}/{config['id'][:12]}"
    with locked():
        for other in every():
            if other.name == config["name"]:
                raise DaemonError(
                    f'Conflict. The container name "/{other.name}" is already in use by container "{other.id}". You '
                    "have to remove (or rename) that container to be able to reuse that name.",
                    code=125,
                )
        if id_file:
            _write_id(id_file, config["id"])
        fresh = f"{ROOT}/.{config['id'][:12]}"
        os.mkdir(fresh, mode=0o700)
        container = Container.__new__(Container)
        container.folder, container.config = fresh, config
        container.state = {"status": "created", "pid": 0, "exit_code": 0, "error": "", "started_at": "",
                           "finished_at": "", "restart_count": 0, "oom_killed": False}  # fmt: skip
        container.save_config()
        container.save_state()
        try:
            prepare(config, fresh)
        except OSError:
            shutil.rmtree(fresh)
            raise
        os.rename(fresh, folder)
        container.folder = folder
    return container


def _write_id(path: str, identifier: str) -> None:
    try:
        with open(path, "x", encoding="ascii") as file:
            file.write(identifier)
    except FileExistsError:
        raise DockerError(
            f"container ID file found, make sure the other container isn't running or delete {path}", code=125
        ) from None


def _wait(container: Container, reader: int) -> int:
    """Pass signals on until the command has ended; return its exit code."""

    def pass_on(number: int, _: object) -> None:
        pid = Container(container.folder).pid
        if pid:
            supervisor.send(pid, number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, pass_on)
    while True:
        message = supervisor.told(reader)
        if "exit_code" in message:
            return int(message["exit_code"])


def _check_terminal(wanted: bool) -> None:
    if wanted and not sys.stdin.isatty():
        raise DockerError("the input device is not a TTY")


def _of_run(error: DaemonError, command: str) -> DockerError:
    return DockerError(
        f"docker: {error.message.removesuffix('.')}.\nSee 'docker {command} --help'.", code=max(error.code, 125)
    )
