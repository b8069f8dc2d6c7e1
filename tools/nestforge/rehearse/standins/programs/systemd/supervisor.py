"""One process a unit: starts its commands, keeps what they write, restarts them as asked, and ends them all."""

from __future__ import annotations

import fcntl
import grp
import json
import os
import pwd
import resource
import select
import signal
import socket
import sys
import time
from typing import Any

from nestforge.rehearse.standins.programs import namespaces as kernel
from nestforge.rehearse.standins.programs.docker.requested import signal_number
from nestforge.rehearse.standins.programs.facts import PROGRAMS, UNITS, write_whole
from nestforge.rehearse.standins.programs.systemd import journal
from nestforge.rehearse.standins.programs.systemd.unit_file import Unit, UnitError, command_of, environment_of, load

LIMITS = {"LimitCORE": "RLIMIT_CORE", "LimitMEMLOCK": "RLIMIT_MEMLOCK", "LimitNOFILE": "RLIMIT_NOFILE",
          "LimitNPROC": "RLIMIT_NPROC", "LimitSTACK": "RLIMIT_STACK"}  # fmt: skip
INACTIVE: dict[str, Any] = {
    "active": "inactive",
    "sub": "dead",
    "main_pid": 0,
    "result": "success",
    "since": 0.0,
    "restarts": 0,
    "status": 0,
}


def state_of(name: str) -> dict[str, Any]:
    """Return what became of a unit."""
    try:
        with open(f"{UNITS}/{name}/state.json", encoding="utf-8") as file:
            state: dict[str, Any] = json.load(file)
    except FileNotFoundError:
        return dict(INACTIVE)
    if state["active"] not in ("inactive", "failed") and not is_supervised(name):
        state |= {"active": "failed", "sub": "failed", "main_pid": 0, "result": "signal"}
    return state


def is_supervised(name: str) -> bool:
    """Return whether the unit's supervisor lives: it holds this lock as long."""
    try:
        descriptor = os.open(f"{UNITS}/{name}/alive", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def start(unit: Unit) -> dict[str, Any]:
    """Start the supervisor; return what it tells when the unit is active or has failed."""
    os.makedirs(f"{UNITS}/{unit.name}", exist_ok=True)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        nowhere = os.open("/dev/null", os.O_RDWR)
        for target in (0, 1, 2):
            os.dup2(nowhere, target)
        os.chdir("/")
        os.dup2(writer, 3)
        os.set_inheritable(3, True)
        os.execve(
            "/usr/bin/python3", ["python3", "-IS", f"{PROGRAMS}/unit-supervisor", unit.name],
            {"PATH": os.environ.get("PATH", "/usr/bin")},
        )  # fmt: skip
    os.waitpid(child, 0)
    os.close(writer)
    told = b""
    while part := os.read(reader, 4096):
        told += part
    os.close(reader)
    answer: dict[str, Any] = json.loads(told) if told else {"error": "the unit's supervisor ended without a word"}
    return answer


def stop(name: str) -> None:
    """End the unit; return when it has ended."""
    supervisor = state_of(name).get("supervisor", 0)
    if not is_supervised(name):
        if os.path.exists(f"{UNITS}/{name}"):
            write_whole(f"{UNITS}/{name}/state.json", json.dumps(INACTIVE))
        return
    os.kill(supervisor, signal.SIGTERM)
    descriptor = os.open(f"{UNITS}/{name}/alive", os.O_RDWR | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    os.close(descriptor)


def main() -> int:
    """Supervise the unit that is the only argument. Descriptor 3 is where the outcome of the start is told."""
    kernel.name_process("unit-standin")
    Supervisor(load(sys.argv[1])).run()
    return 0


class Failed(Exception):
    """A command of the unit failed; carries systemd's word for how."""


class Stopped(Exception):
    """Someone wants the unit to stop."""


class Supervisor:
    """Of one unit, from a start to its stop, or to an end after which it is not to be started again."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.folder = f"{UNITS}/{unit.name}"
        self.state = dict(INACTIVE) | {"supervisor": os.getpid()}
        self.statuses: dict[int, int] = {}
        self.is_told = self.is_stopping = False
        self.ready = False
        self.notices: socket.socket | None = None
        self.wake, writer = os.pipe()
        for descriptor in (self.wake, writer):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.outputs: dict[int, tuple[str, bytes]] = {}
        self.alive = os.open(f"{self.folder}/alive", os.O_RDWR | os.O_CREAT, 0o600)

    def run(self) -> None:
        """Start, and start again, until there is nothing more to do."""
        fcntl.flock(self.alive, fcntl.LOCK_EX)
        kernel.adopt_orphans()
        started: list[float] = []
        while True:
            burst = int(self.unit.value("StartLimitBurst", "5"))
            interval = self.unit.seconds("StartLimitIntervalSec", 10)
            started = [moment for moment in started if time.monotonic() - moment < interval]
            if burst and len(started) >= burst:
                self._write("failed", "failed", result="start-limit-hit")
                break
            started.append(time.monotonic())
            result = self._live_once()
            self._end_all()
            if self.is_stopping or not self._is_to_restart(result):
                ended = "inactive" if self.is_stopping or result == "success" else "failed"
                self._write(ended, "dead" if ended == "inactive" else "failed", result=result)
                break
            self.state["restarts"] += 1
            self._write("activating", "auto-restart", result=result)
            self._wait(lambda: False, self.unit.seconds("RestartSec", 0.1))
            if self._is_stopped():
                self._write("inactive", "dead")
                break
        self._tell()

    def _live_once(self) -> str:
        """Start the unit and wait for its end; return systemd's word for the result."""
        self.main, self.ready = 0, False
        try:
            self.environment = environment_of(self.unit)
            self._write("activating", "start", since=time.time())
            self._folders()
            self._run_each("ExecStartPre")
            self._begin()
            self._run_each("ExecStartPost")
            if self.unit.value("Type") == "oneshot" and not self.unit.is_on("RemainAfterExit"):
                return "success"
            self._write("active", "running" if self.main else "exited", main_pid=self.main)
            self._tell()
            self._wait(lambda: self.main in self.statuses, float("inf"))
            return self._result_of(self.statuses[self.main]) if self.main in self.statuses else "success"
        except Failed as failure:
            return str(failure)
        except UnitError as error:
            self._note(error.message)
            return "resources"
        except Stopped:
            return "success"

    def _begin(self) -> None:
        kind = self.unit.value("Type", "simple")
        limit = self.unit.seconds("TimeoutStartSec", self.unit.seconds("TimeoutSec", 90))
        if kind == "oneshot":
            self._run_each("ExecStart", limit=self.unit.seconds("TimeoutStartSec", float("inf")))
            return
        if kind == "notify":
            self._listen()
        words, _ = command_of(self.unit.values("ExecStart")[0], self.environment)
        child = self._spawn(words)
        if kind == "forking":
            self._finish(child, limit)
            self.main = self._forked(limit)
            return
        self.main = child
        self._write("activating", "start", main_pid=child)
        if kind == "notify":
            self._wait(lambda: self.ready or child in self.statuses, limit)
            if child in self.statuses:
                raise Failed(self._result_of(self.statuses[child]) if self.statuses[child] else "protocol")
            if not self.ready:
                raise Failed("timeout")

    def _run_each(self, directive: str, limit: float = 90) -> None:
        for line in self.unit.values(directive):
            words, counts = command_of(line, {**self.environment, "MAINPID": str(self.main or "")})
            try:
                self._finish(self._spawn(words), limit)
            except Failed:
                if counts:
                    raise

    def _finish(self, child: int, limit: float) -> None:
        """Wait for a command that must succeed."""
        self._wait(lambda: child in self.statuses, limit)
        if self.is_stopping:
            raise Stopped
        if child not in self.statuses:
            raise Failed("timeout")
        if (result := self._result_of(self.statuses[child])) != "success":
            raise Failed(result)

    def _result_of(self, status: int) -> str:
        code = os.waitstatus_to_exitcode(status)
        self.state["status"] = code
        fine = self.unit.words("SuccessExitStatus")
        clean = (0, -signal.SIGHUP, -signal.SIGINT, -signal.SIGTERM, -signal.SIGPIPE)
        if code in clean or str(code) in fine:
            return "success"
        return "exit-code" if code > 0 else "signal"

    def _forked(self, limit: float) -> int:
        """Return the main process of a unit that has gone to the background. Raises Failed."""
        path = self.unit.value("PIDFile")
        end = time.monotonic() + limit
        while True:
            if path:
                try:
                    with open(path, encoding="ascii") as file:
                        pid = int(file.read())
                    if pid in _descendants():
                        return pid
                except (OSError, ValueError):
                    pass
            elif left := [pid for pid, parent in _parents().items() if parent == os.getpid()]:
                return min(left)
            if time.monotonic() > end or not _descendants():
                raise Failed("protocol")
            self._wait(lambda: False, 0.02)

    def _spawn(self, words: list[str]) -> int:
        """Start a command as the unit says; return its id."""
        out, out_end = self._output("StandardOutput")
        err, err_end = self._output("StandardError", like=out_end)
        child = os.fork()
        if child == 0:
            self._become(words, out_end, err_end)
        name = os.path.basename(words[0])
        for reader in {out, err} - {-1}:
            self.outputs[reader] = (f"{name} {child}", b"")
        for end in {out_end, err_end}:
            os.close(end)
        return child

    def _output(self, directive: str, like: int = -1) -> tuple[int, int]:
        """Return where to read what a stream brings, or -1, and the end for the command."""
        value = self.unit.value(directive, "inherit")
        kind, _, path = value.partition(":")
        if kind == "inherit" and like != -1:
            return -1, os.dup(like)
        if kind == "null":
            return -1, os.open("/dev/null", os.O_WRONLY)
        if kind in ("append", "file", "truncate"):
            how = {"append": os.O_APPEND, "file": 0, "truncate": os.O_TRUNC}[kind]
            return -1, os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o644)
        if kind not in ("inherit", "journal", "syslog", "journal+console"):
            raise UnitError(f"{self.unit.name}: the rehearsal's systemd does not honour {directive}={value}")
        reader, writer = os.pipe()
        return reader, writer

    def _become(self, words: list[str], out: int, err: int) -> None:
        try:
            os.close(3)
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGPIPE):
                signal.signal(number, signal.SIG_DFL)
            os.setsid()
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            os.dup2(out, 1)
            os.dup2(err, 2)
            os.umask(int(self.unit.value("UMask", "0022"), 8))
            for directive, name in LIMITS.items():
                if self.unit.value(directive):
                    resource.setrlimit(getattr(resource, name), _limits(self.unit.value(directive)))
            os.chdir(self.unit.value("WorkingDirectory", "/").removeprefix("-"))
            environment = {**self.environment, **self._become_user(), "MAINPID": str(self.main or "")}
            if not self.main:
                del environment["MAINPID"]
            os.execvpe(words[0], words, environment)
        except (OSError, KeyError, ValueError) as error:
            os.write(2, f"{words[0]}: {error}\n".encode())
            os._exit(203)

    def _become_user(self) -> dict[str, str]:
        name = self.unit.value("User", "root")
        person = pwd.getpwuid(int(name)) if name.isdigit() else pwd.getpwnam(name)
        gid = grp.getgrnam(self.unit.value("Group")).gr_gid if self.unit.value("Group") else person.pw_gid
        if person.pw_uid:
            os.initgroups(person.pw_name, gid)
            os.setgid(gid)
            os.setuid(person.pw_uid)
        return {"HOME": person.pw_dir, "USER": person.pw_name, "LOGNAME": person.pw_name, "SHELL": person.pw_shell}

    def _folders(self) -> None:
        for directive, base in (("RuntimeDirectory", "/run"), ("StateDirectory", "/var/lib")):
            for name in self.unit.words(directive):
                os.makedirs(f"{base}/{name}", mode=0o755, exist_ok=True)
        for path in self.unit.values("ConditionPathExists"):
            if os.path.exists(path.lstrip("!")) == path.startswith("!"):
                self._note(f"ConditionPathExists={path} is not met")
                raise Stopped

    def _listen(self) -> None:
        path = f"{self.folder}/notify"
        if os.path.exists(path):
            os.remove(path)
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(path)
        os.chmod(path, 0o777)
        self.environment["NOTIFY_SOCKET"] = path

    def _wait(self, is_over: Any, limit: float) -> None:
        """Copy what the commands write, reap who ends, until `is_over`, the limit in seconds, or someone's stop."""
        end = time.monotonic() + limit
        while not is_over() and not (self.is_stopping and self.state["sub"] != "stop"):
            left = end - time.monotonic()
            if left <= 0:
                return
            sources: list[Any] = [self.wake, *self.outputs, *([self.notices] if self.notices else [])]
            for source in select.select(sources, [], [], None if left == float("inf") else left)[0]:
                if self.notices is not None and source is self.notices:
                    self.ready = self.ready or b"READY=1" in source.recv(65536)
                elif source == self.wake:
                    os.read(self.wake, 4096)
                else:
                    self._copy(source)
            self._reap()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self.statuses[pid] = status

    def _copy(self, source: int) -> None:
        identity, partial = self.outputs[source]
        data = os.read(source, 65536)
        *lines, rest = (partial + data).split(b"\n")
        if not data:
            lines += [rest] if rest else []
            os.close(source)
            del self.outputs[source]
        else:
            self.outputs[source] = (identity, rest)
        name, pid = identity.split(" ")
        journal.add(self.unit.name, name, int(pid), [line.decode(errors="replace") for line in lines])

    def _is_to_restart(self, result: str) -> bool:
        policy = self.unit.value("Restart", "no")
        wanted = {
            "no": False, "always": True, "on-success": result == "success", "on-failure": result != "success",
            "on-abnormal": result in ("signal", "timeout"), "on-abort": result == "signal",
        }  # fmt: skip
        return wanted[policy] and not self.is_stopping and result != "resources"

    def _end_all(self) -> None:
        """Run ExecStop, then end what is left as KillMode says; afterwards ExecStopPost."""
        was_active = self.state["active"] == "active"
        self._write("deactivating", "stop")
        limit = self.unit.seconds("TimeoutStopSec", self.unit.seconds("TimeoutSec", 90))
        self.environment = getattr(self, "environment", {})
        if was_active:
            self._quietly("ExecStop", limit)
        mode = self.unit.value("KillMode", "control-group")
        first = signal_number(self.unit.value("KillSignal", "SIGTERM"))
        main = [self.main] if self.main in _descendants() else []
        if mode != "none":
            self._end(main if mode in ("process", "mixed") else _descendants(), first, limit)
        if mode in ("control-group", "mixed"):
            self._end(_descendants(), signal.SIGKILL, 5)
        self._quietly("ExecStopPost", limit)
        while self.outputs and select.select(list(self.outputs), [], [], 0)[0]:
            for source in select.select(list(self.outputs), [], [], 0)[0]:
                self._copy(source)
        if self.notices is not None:
            self.notices.close()
            self.notices = None

    def _quietly(self, directive: str, limit: float) -> None:
        try:
            for line in self.unit.values(directive):
                words, _ = command_of(line, {**self.environment, "MAINPID": str(self.main or "")})
                child = self._spawn(words)
                self._wait(lambda child=child: child in self.statuses, limit)
        except UnitError as error:
            self._note(error.message)

    def _end(self, pids: list[int], number: int, limit: float) -> None:
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        self._wait(lambda: not set(pids) & set(_descendants()), limit)
        for pid in set(pids) & set(_descendants()):
            os.kill(pid, signal.SIGKILL)
        self._wait(lambda: not set(pids) & set(_descendants()), 5)

    def _write(self, active: str, sub: str, **more: object) -> None:
        if active in ("inactive", "failed"):
            more = {"main_pid": 0, **more}
        self.state |= {"active": active, "sub": sub, **more}
        write_whole(f"{self.folder}/state.json", json.dumps(self.state), 0o644)

    def _note(self, message: str) -> None:
        journal.add(self.unit.name, "systemd", 1, [message])

    def _tell(self) -> None:
        if not self.is_told:
            self.is_told = True
            try:
                os.write(3, json.dumps(self.state).encode())
                os.close(3)
            except OSError:  # who started it has gone
                pass

    def _is_stopped(self) -> bool:
        return self.is_stopping

    def _on_stop(self, *_: object) -> None:
        self.is_stopping = True


def _limits(text: str) -> tuple[int, int]:
    soft, colon, hard = text.partition(":")
    values = [resource.RLIM_INFINITY if one == "infinity" else int(one) for one in (soft, hard if colon else soft)]
    return values[0], values[1]


def _parents() -> dict[int, int]:
    """Return the parent of every process; of those that have ended, nothing."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(name)] = int(fields[1])
    return parents


def _descendants() -> list[int]:
    """Return the processes below this one, whoever their parents were: orphans come to it."""
    parents = _parents()
    found: set[int] = set()
    fresh = {os.getpid()}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return sorted(found)
