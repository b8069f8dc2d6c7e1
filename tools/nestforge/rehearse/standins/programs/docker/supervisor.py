"""One process a container: starts its command, keeps its log, restarts it as asked, and says what became of it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import shutil
import signal
import sys
import time
from typing import Any

from nestforge.rehearse.standins.programs import namespaces as kernel
from nestforge.rehearse.standins.programs.docker import cgroups, root
from nestforge.rehearse.standins.programs.docker.containers import ROOT, Container, locked
from nestforge.rehearse.standins.programs.docker.errors import DaemonError
from nestforge.rehearse.standins.programs.docker.log_file import LogFile
from nestforge.rehearse.standins.programs.docker.requested import now, signal_number
from nestforge.rehearse.standins.programs.facts import PROGRAMS, write_whole

FIRST_DELAY, LONGEST_DELAY, STABLE = 0.1, 60.0, 10.0
"""Seconds between restarts: doubled each time, begun anew after a run of `STABLE`. Source: moby, restartmanager.go."""


def start(container: Container, *, attached: bool) -> int:
    """Start the supervisor; return the pipe on which it tells how the start went, then how the command ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        nowhere = os.open("/dev/null", os.O_RDWR)
        if not (attached and container.config["interactive"]):
            os.dup2(nowhere, 0)
        if not attached:
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
        os.chdir("/")
        os.dup2(writer, 3)
        os.set_inheritable(3, True)
        os.closerange(4, 256)
        os.execv("/usr/bin/python3", ["python3", "-IS", f"{PROGRAMS}/docker-supervisor", container.id[:12]])
    os.waitpid(child, 0)
    os.close(writer)
    return reader


def told(reader: int) -> dict[str, Any]:
    """Return the next thing that the supervisor tells. Raises DaemonError when it tells of a failure, or nothing."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(reader, 1)
        if not byte:
            raise DaemonError("the container's supervisor ended without a word", code=125)
        line += byte
    message: dict[str, Any] = json.loads(line)
    if "error" in message:
        raise DaemonError(message["error"], code=message["code"])
    return message


def main() -> int:
    """Supervise the container whose short id is the only argument. Descriptor 3 is where it tells."""
    kernel.name_process("docker-standin")
    Supervisor(Container(f"{ROOT}/{sys.argv[1]}")).run()
    return 0


class Supervisor:
    """Of one container, from a start to the stop, or to an end after which it is not to be started again."""

    def __init__(self, container: Container) -> None:
        self.container, self.config = container, container.config
        self.log = LogFile(container.path("log"), self.config["log_driver"], self.config["log_options"])
        self.wake, wake_writer = os.pipe()
        for descriptor in (self.wake, wake_writer):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGUSR1):
            signal.signal(number, lambda *_: None)
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        self.alive = os.open(container.path("alive"), os.O_RDWR | os.O_CREAT, 0o600)
        self.master = -1

    def run(self) -> None:
        """Start, and start again, until there is nothing more to do."""
        fcntl.flock(self.alive, fcntl.LOCK_EX)
        count, delay = 0, 0.0
        self._write_state(restart_count=0, error="", oom_killed=False, supervisor=os.getpid())
        while True:
            begun = time.monotonic()
            error = self._start()
            if error is not None:
                self._write_state(status="created" if count == 0 else "exited", pid=0, exit_code=error.code,
                                  error=error.message, finished_at=now())  # fmt: skip
                self._tell({"error": error.message.removeprefix("Error response from daemon: "), "code": error.code})
                break
            self._tell({"started": True, "lowered": _lowered(self.container)})
            code = self._pump()
            delay = 0.0 if time.monotonic() - begun >= STABLE else delay
            if not self._is_to_restart(code, count):
                self._write_state(status="exited", pid=0, exit_code=code, finished_at=now())
                self._tell({"exit_code": code})
                break
            count += 1
            delay = min(delay * 2, LONGEST_DELAY) if delay else FIRST_DELAY
            self._write_state(status="restarting", pid=0, exit_code=code, finished_at=now(), restart_count=count)
            if self._is_stopped_within(delay):
                self._write_state(status="exited")
                self._tell({"exit_code": code})
                break
        cgroups.remove(self.container.id)
        if self.config["auto_remove"]:
            with locked():
                shutil.rmtree(self.container.folder, ignore_errors=True)

    def _start(self) -> DaemonError | None:
        """Start the command; return why that was not possible."""
        self.stdin, outputs, ends = self._channels()
        failure, failure_writer = os.pipe()
        go, go_writer = os.pipe()
        kernel.unshare(kernel.NEWPID)
        self.child = os.fork()
        if self.child == 0:
            os.close(go_writer)
            _first_process(self.config, self.container.folder, ends, go, failure_writer)
        kernel.enter(os.getpid(), "pid")
        for descriptor in {*ends, failure_writer, go}:
            os.close(descriptor)
        try:
            cgroups.add(self.config, self.child)
        except DaemonError as error:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            return error
        os.write(go_writer, b"go")
        os.close(go_writer)
        report = b""
        while part := os.read(failure, 65536):
            report += part
        os.close(failure)
        self.outputs = outputs
        if report:
            os.waitpid(self.child, 0)
            message = json.loads(report)
            return DaemonError(message["error"], message["code"])
        self._write_state(status="running", pid=self.child, started_at=now(), finished_at="", exit_code=0)
        return None

    def _channels(self) -> tuple[int, dict[int, str], tuple[int, int, int]]:
        """Return where to write what the command reads, what it writes to which stream, and its own three ends."""
        if self.config["tty"]:
            self.master, slave = pty.openpty()
            return self.master, {self.master: "stdout"}, (slave, slave, slave)
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        if self.config["attached"] and self.config["interactive"]:
            return -1, {out: "stdout", err: "stderr"}, (os.dup(0), out_end, err_end)
        if self.config["interactive"]:
            in_end, stdin = os.pipe()
            return stdin, {out: "stdout", err: "stderr"}, (in_end, out_end, err_end)
        return -1, {out: "stdout", err: "stderr"}, (os.open("/dev/null", os.O_RDONLY), out_end, err_end)

    def _pump(self) -> int:
        """Copy what the command writes until it has ended; return its exit code."""
        sources = [*self.outputs, self.wake]
        if self.config["tty"] and self.config["attached"] and self.config["interactive"]:
            sources.append(0)
        code: int | None = None
        while code is None or len(sources) > 1:
            ready, _, _ = select.select(sources, [], [], None if code is None else 0)
            if code is not None and not set(ready) - {self.wake}:
                break
            for source in ready:
                if source == self.wake:
                    os.read(self.wake, 4096)
                elif not self._copy(source):
                    sources.remove(source)
            if code is None:
                ended, status = os.waitpid(self.child, os.WNOHANG)
                if ended:
                    code = os.waitstatus_to_exitcode(status)
        for descriptor in self.outputs:
            os.close(descriptor)
        if self.stdin not in (-1, self.master):
            os.close(self.stdin)
        self.log.end_lines()
        if code == -signal.SIGKILL and cgroups.ran_out_of_memory(self.container.id):
            self.container.state["oom_killed"] = True
        return 128 - code if code < 0 else code

    def _copy(self, source: int) -> bool:
        try:
            data = os.read(source, 65536)
        except OSError:  # EIO: nobody has the terminal open any more
            data = b""
        if source == 0:
            os.write(self.master, data or b"\x04")
            return bool(data)
        if data:
            stream = self.outputs[source]
            self.log.add(stream, data)
            try:
                os.write(1 if stream == "stdout" else 2, data)
            except OSError:  # who attached has gone
                pass
        return bool(data)

    def _is_to_restart(self, code: int, count: int) -> bool:
        if os.path.exists(self.container.path("stopped")):
            return False
        policy = Container(self.container.folder).config["restart"]
        if policy["policy"] == "on-failure":
            return code != 0 and (policy["most"] == 0 or count < policy["most"])
        return policy["policy"] in ("always", "unless-stopped")

    def _is_stopped_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not os.path.exists(self.container.path("stopped")):
            left = end - time.monotonic()
            if left <= 0:
                return False
            if select.select([self.wake], [], [], left)[0]:
                os.read(self.wake, 4096)
        return True

    def _write_state(self, **changes: object) -> None:
        self.container.state |= changes
        self.container.save_state()

    def _tell(self, message: dict[str, object]) -> None:
        try:
            os.write(3, json.dumps(message).encode() + b"\n")
        except OSError:  # who started it has gone, and need not know
            pass


def _first_process(config: dict[str, Any], folder: str, ends: tuple[int, int, int], go: int, failure: int) -> None:
    """Be the container's first process: make its world, then become its command."""
    try:
        kernel.die_with_parent(signal.SIGKILL)
        if os.read(go, 2) != b"go":
            os._exit(1)
        os.setsid()
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGCHLD, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        for target, end in enumerate(ends):
            os.dup2(end, target)
        if config["tty"]:
            fcntl.ioctl(0, 0x540E, 0)  # TIOCSCTTY
        flags = kernel.NEWNS | (kernel.NEWUTS if config["own_hostname"] else 0)
        flags |= kernel.NEWIPC if config["ipc"] != "host" else 0
        flags |= kernel.NEWNET if config["network"] == "none" else 0
        kernel.unshare(flags)
        if config["network"] == "none":
            kernel.raise_loopback()
        if config["own_hostname"]:
            kernel.set_hostname(config["hostname"])
        lowered = root.set_limits(config)
        write_whole(f"{folder}/lowered.json", json.dumps(lowered))
        root.enter(config, folder)
        os.makedirs(config["workdir"], exist_ok=True)
        os.chdir(config["workdir"])
        environment = dict(line.split("=", 1) for line in config["environment"])
        own = root.become(config, config["user"])
        environment = {"HOSTNAME": config["hostname"], **own, **environment}
        os.close(3)
        command = [*(config["entrypoint"] or []), *config["command"]]
        if config["init"]:
            _be_init(command, environment, failure)
        root.execute(command, environment)
    except DaemonError as error:
        _fail(failure, error.message, error.code)
    except OSError as error:
        _fail(failure, f"{root.OCI}{error.strerror}: {error.filename or ''}", 125)


def _lowered(container: Container) -> list[str]:
    """Return what the command has less of than was asked for."""
    with open(container.path("lowered.json"), encoding="utf-8") as file:
        lowered: list[str] = json.load(file)
    return lowered


def _fail(failure: int, message: str, code: int) -> None:
    text = message.removeprefix("Error response from daemon: ")
    os.write(failure, json.dumps({"error": text, "code": code}).encode())
    os._exit(code)


def _be_init(command: list[str], environment: dict[str, str], failure: int) -> None:
    """Run the command as a child, pass signals on, reap whoever ends, and end with the command (`--init`)."""
    child = os.fork()
    if child == 0:
        root.execute(command, environment)
    os.close(failure)
    for number in set(signal.valid_signals()) - {signal.SIGCHLD, signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, lambda got, _: os.kill(child, got))
        except OSError:
            continue
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(128 - code if code < 0 else code)


def mark_stopped(container: Container) -> None:
    """Note that someone stopped it: no policy starts it again, until someone or a reboot does."""
    with open(container.path("stopped"), "w", encoding="utf-8"):
        pass


def stop(container: Container, signal_name: str, timeout: float) -> None:
    """End the command with its signal, and with SIGKILL after `timeout` seconds (negative: never). Idle: nothing."""
    mark_stopped(container)
    number, deadline = signal_number(signal_name), time.monotonic() + timeout
    while container.is_supervised():
        container = Container(container.folder)
        if container.pid:
            send(container.pid, number)
        _wake(container)
        while container.is_supervised() and (timeout < 0 or time.monotonic() < deadline):
            time.sleep(0.02)
        number, deadline, timeout = signal.SIGKILL, time.monotonic() + 0.2, 0


def send(pid: int, number: int) -> None:
    """Send a signal to a process that may have ended."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _wake(container: Container) -> None:
    """Let the supervisor look whether it is to restart: it may be waiting for the next attempt."""
    pid = container.state.get("supervisor", 0)
    if pid:
        send(pid, signal.SIGUSR1)
