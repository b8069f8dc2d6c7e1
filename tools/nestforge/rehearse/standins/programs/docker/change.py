"""The commands that change containers: exec, stop, kill, restart, rm, wait, rename, update."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import termios
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker.containers import Container, every, find, locked
from nestforge.rehearse.standins.programs.docker.errors import DaemonError, DockerError, NotHonoured
from nestforge.rehearse.standins.programs.docker.flags import LIST, SWITCH, VALUE, Flags, need, parse
from nestforge.rehearse.standins.programs.docker.requested import now, signal_number
from nestforge.rehearse.standins.programs.docker.run import begin
from nestforge.rehearse.standins.programs.docker.supervisor import mark_stopped, send
from nestforge.rehearse.standins.programs.docker.supervisor import stop as stop_container

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


EXEC: Flags = {
    "detach": ("d", SWITCH),
    "env": ("e", LIST),
    "interactive": ("i", SWITCH),
    "privileged": ("", SWITCH),
    "tty": ("t", SWITCH),
    "user": ("u", VALUE),
    "workdir": ("w", VALUE),
}


def stop(arguments: list[str]) -> int:
    """docker stop."""
    asked = parse("stop", arguments, {"time": ("t", VALUE), "signal": ("s", VALUE), "timeout": ("", VALUE)})
    need("stop", asked.words, 1)
    return _each(asked.words, lambda container: _stop(container, asked.value("signal"), _seconds(asked)))


def _seconds(asked: Any) -> str:
    return str(asked.value("timeout") or asked.value("time"))


def _stop(container: Container, signal_name: str, seconds: str) -> None:
    config = container.config
    stop_container(container, signal_name or config["stop_signal"], float(seconds or config["stop_timeout"]))


def restart(arguments: list[str]) -> int:
    """docker restart."""
    asked = parse("restart", arguments, {"time": ("t", VALUE), "signal": ("s", VALUE), "timeout": ("", VALUE)})
    need("restart", asked.words, 1)

    def again(container: Container) -> None:
        _stop(container, asked.value("signal"), _seconds(asked))
        begin(Container(container.folder))

    return _each(asked.words, again)


def kill(arguments: list[str]) -> int:
    """docker kill."""
    asked = parse("kill", arguments, {"signal": ("s", VALUE)})
    need("kill", asked.words, 1)
    number = signal_number(asked.value("signal", "KILL"))

    def one(container: Container) -> None:
        if not container.is_running:
            raise DaemonError(f"cannot kill container: {container.id}: container {container.id} is not running")
        mark_stopped(container)
        send(container.pid, number)
        if number == signal.SIGKILL:
            _wait_for_end(container)

    return _each(asked.words, one, before="Cannot kill container: ")


def remove(arguments: list[str]) -> int:
    """docker rm."""
    asked = parse("rm", arguments, {"force": ("f", SWITCH), "volumes": ("v", SWITCH), "link": ("l", SWITCH)})
    need("rm", asked.words, 1)
    if asked.has("link"):
        raise NotHonoured("rm --link", "containers are not linked")

    def one(container: Container) -> None:
        if container.is_supervised():
            if not asked.has("force"):
                raise DaemonError(
                    f'cannot remove container "/{container.name}": container is {container.state["status"]}: stop the '
                    "container before removing or force remove"
                )
            stop_container(container, "SIGKILL", 0)
        with locked():
            shutil.rmtree(container.folder, ignore_errors=True)

    return _each(asked.words, one, missing_is_fine=asked.has("force"))


def prune(arguments: list[str]) -> int:
    """docker container prune: removes those that do not run."""
    asked = parse("container prune", arguments, {"force": ("f", SWITCH)})
    if not asked.has("force"):
        raise NotHonoured("container prune without --force", "nobody is there to answer the question")
    ended = [one for one in every() if not one.is_supervised()]
    print("Deleted Containers:")
    remove([one.id for one in ended]) if ended else None
    return 0


def wait(arguments: list[str]) -> int:
    """docker wait: prints the exit codes."""
    need("wait", arguments, 1)
    for container in [find(word) for word in arguments]:
        _wait_for_end(container)
        try:
            code = Container(container.folder).state["exit_code"]
        except FileNotFoundError:  # --rm has removed it
            code = 0
        print(code, flush=True)
    return 0


def _wait_for_end(container: Container) -> None:
    descriptor = os.open(container.path("alive"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        container.wait_for_end_of_supervisor(descriptor)
    finally:
        os.close(descriptor)


def rename(arguments: list[str]) -> int:
    """docker rename."""
    need("rename", arguments, 2)
    old, new = arguments
    with locked():
        container = find(old)
        for other in every():
            if other.name == new:
                raise DaemonError(
                    f'Error when allocating new name: Conflict. The container name "/{new}" is already in use by '
                    f'container "{other.id}". You have to remove (or rename) that container to be able to reuse that '
                    "name."
                )
        container.config["name"] = new
        container.save_config()
    return 0


def update(arguments: list[str]) -> int:
    """docker update, of the restart policy alone."""
    asked = parse("update", arguments, {"restart": ("", VALUE)})
    need("update", asked.words, 1)
    policy, _, most = asked.value("restart").partition(":")
    if policy not in ("no", "always", "on-failure", "unless-stopped"):
        raise DaemonError(f"invalid restart policy '{policy}'")

    def one(container: Container) -> None:
        container.config["restart"] = {"policy": policy, "most": int(most or 0)}
        container.save_config()

    with locked():
        return _each(asked.words, one)


def execute(arguments: list[str]) -> int:
    """docker exec."""
    asked = parse("exec", arguments, EXEC, stop_at_word=True)
    need("exec", asked.words, 2)
    if asked.has("interactive") and asked.has("tty") and not asked.has("detach") and not sys.stdin.isatty():
        raise DockerError("the input device is not a TTY")
    container = find(asked.words[0])
    if container.state["status"] == "restarting":
        raise DaemonError(f"Container {container.id} is restarting, wait until the container is running")
    if not container.is_running:
        raise DaemonError(f"container {container.id} is not running")
    return _in_container(container, asked, asked.words[1:])


def _in_container(container: Container, asked: Any, command: list[str]) -> int:
    from nestforge.rehearse.standins.programs import namespaces as kernel

    environment = _environment(container, asked)
    reader, failure = os.pipe()
    terminal = _terminal(asked)
    try:
        for kind in ("ipc", "uts", "net", "pid", "mnt"):
            kernel.enter(container.pid, kind)
    except OSError:
        raise DaemonError(f"container {container.id} is not running") from None
    child = os.fork()
    if child == 0:
        _become(container, asked, command, environment, failure, terminal)
    os.close(failure)
    report = b""
    while part := os.read(reader, 65536):
        report += part
    if report:
        os.waitpid(child, 0)
        number, _, message = report.decode().partition(" ")
        raise DockerError(message, code=int(number))
    if asked.has("detach"):
        return 0
    if terminal is not None:
        os.close(terminal[1])
        _forward(terminal[0], interactive=asked.has("interactive"))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return 128 - code if code < 0 else code


def _environment(container: Container, asked: Any) -> dict[str, str]:
    environment = dict(line.split("=", 1) for line in container.config["environment"])
    environment.setdefault("HOSTNAME", container.config["hostname"])
    if asked.has("tty"):
        environment["TERM"] = "xterm"
    for text in asked.values("env"):
        name, equals, value = text.partition("=")
        if equals:
            environment[name] = value
        elif name in os.environ:
            environment[name] = os.environ[name]
    return environment


def _terminal(asked: Any) -> tuple[int, int] | None:
    """Return both ends of a new terminal for --tty."""
    if not asked.has("tty") or asked.has("detach"):
        return None
    ends = os.openpty()
    if sys.stdin.isatty():
        termios.tcsetwinsize(ends[1], termios.tcgetwinsize(0))
    return ends


def _become(
    container: Container, asked: Any, command: list[str], environment: dict[str, str], failure: int,
    terminal: tuple[int, int] | None,
) -> None:  # fmt: skip
    import fcntl

    from nestforge.rehearse.standins.programs.docker import root

    try:
        os.setsid()
        nowhere = os.open("/dev/null", os.O_RDWR)
        if terminal is not None:
            for target in (0, 1, 2):
                os.dup2(terminal[1], target)
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        elif not asked.has("interactive"):
            os.dup2(nowhere, 0)
        if asked.has("detach"):
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
        folder = asked.value("workdir") or container.config["workdir"]
        try:
            os.chdir(folder)
        except OSError:
            raise DaemonError(
                f'{root.OCI}unable to start container process: chdir to cwd ("{folder}") set in config.json failed: '
                "no such file or directory: unknown",
                code=127,
            ) from None
        root.set_limits(container.config)
        home = root.become(
            container.config, asked.value("user") or container.config["user"], privileged=asked.has("privileged")
        )
        root.execute(command, {**home, **environment})
    except DaemonError as error:
        text = error.message.removeprefix("Error response from daemon: ").replace(root.OCI, _EXEC)
        os.write(failure, f"{error.code} {text}".encode())
        os._exit(error.code)


_EXEC = "OCI runtime exec failed: exec failed: "


def _forward(master: int, *, interactive: bool) -> None:
    """Copy between this terminal and the command's until the command closes its end."""
    with raw_terminal(interactive):
        sources = [master, 0] if interactive else [master]
        while True:
            for source in select.select(sources, [], [])[0]:
                try:
                    data = os.read(source, 65536)
                except OSError:  # EIO: nobody has it open any more
                    data = b""
                if source == 0 and not data:
                    sources.remove(0)
                elif source == 0:
                    os.write(master, data)
                elif not data:
                    return
                else:
                    os.write(1, data)


@contextmanager
def raw_terminal(wanted: bool) -> Iterator[None]:
    """Let keys through as they are typed, where this is a terminal."""
    if not (wanted and sys.stdin.isatty()):
        yield
        return
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        yield
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)


def _each(
    words: list[str], change: Callable[[Container], None], *, before: str = "", missing_is_fine: bool = False
) -> int:
    """Change each container and print its name as given; go on after one that cannot be changed."""
    failed = False
    for word in words:
        try:
            change(find(word))
        except DaemonError as error:
            message = error.message
            if before and "No such container" in message:
                message = f"Error response from daemon: {before}{word}: {message.partition(': ')[2]}"
            print(message, file=sys.stderr)
            failed = failed or not (missing_is_fine and "No such container" in message)
        else:
            print(word)
    return 1 if failed else 0


def stop_all(seconds: float) -> list[Container]:
    """Stop every container without a mark that someone stopped it; return them. For the daemon's own end."""
    running = [one for one in every() if one.is_supervised()]
    for container in running:
        stop_container(container, container.config["stop_signal"], seconds)
        os.remove(container.path("stopped"))
    return running


def start_those_that_last() -> None:
    """Start what has a policy to be restarted, as the daemon does when it comes up."""
    for container in reversed(every()):
        policy = container.config["restart"]["policy"]
        was_stopped = os.path.exists(container.path("stopped"))
        has_run = container.state["started_at"] != ""
        failed = container.state["exit_code"] != 0
        if has_run and (
            policy == "always"
            or (policy == "unless-stopped" and not was_stopped)
            or (policy == "on-failure" and not was_stopped and failed)
        ):
            try:
                begin(container)
            except DaemonError as error:
                print(f"{now()} {container.name}: {error.message}", file=sys.stderr)
