"""The program `systemctl`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from nestforge.rehearse.standins.programs.facts import UNITS
from nestforge.rehearse.standins.programs.systemd import journal, supervisor
from nestforge.rehearse.standins.programs.systemd.unit_file import (
    WANTS,
    Unit,
    UnitError,
    command_of,
    environment_of,
    find_path,
    full_name,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONS = ("--all", "--force", "--full", "--no-legend", "--no-pager", "--now", "--plain", "--quiet", "--system",
           "--value", "-a", "-f", "-l", "-q")  # fmt: skip
PASSED_OVER = {"daemon-reload": "unit files are read each time", "reset-failed": "a failed unit may be started again",
               "daemon-reexec": "there is no daemon"}  # fmt: skip
REFUSED = ("edit", "isolate", "kill", "link", "mask", "preset", "revert", "set-default", "set-property", "unmask")


class JobFailed(UnitError):
    """What systemctl says of a unit that did not start or reload."""

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(
            f'Job for {name} failed because {cause}.\nSee "systemctl status {name}" and "journalctl -xeu {name}" for '
            "details."
        )


def main() -> int:
    """Run the command line; return systemctl's exit code."""
    options, properties, words = [], [], []
    rest = sys.argv[1:]
    while rest:
        word = rest.pop(0)
        if word in ("-p", "--property") and rest:
            properties += rest.pop(0).split(",")
        elif word.startswith("--property="):
            properties += word.partition("=")[2].split(",")
        elif word in ("-t", "--type", "-n", "--lines", "-o", "--output") and rest:
            rest.pop(0)
        elif word.startswith(("--type=", "--lines=", "--output=")):
            continue
        elif word.startswith("-"):
            if word not in OPTIONS:
                print(f"systemctl: unrecognized option '{word}' (by the rehearsal's systemctl)", file=sys.stderr)
                return 1
            options.append(word)
        else:
            words.append(word)
    command, *names = words or ["list-units"]
    try:
        return _run(command, names, set(options), properties)
    except UnitError as error:
        print(error.message, file=sys.stderr)
        return error.code


def _run(command: str, names: list[str], options: set[str], properties: list[str]) -> int:
    if command in PASSED_OVER:
        return 0
    if command in COMMANDS:
        if not names:
            raise UnitError("Too few arguments.")
        return COMMANDS[command]([full_name(name) for name in names], options)
    if command == "show":
        return _show([full_name(name) for name in names], properties, values_only="--value" in options)
    if command == "is-system-running":
        print("running")
        return 0
    if command in ("list-units", "list-unit-files"):
        return _list()
    if command in ("reboot", "poweroff", "halt"):
        from nestforge.rehearse.standins.programs import power

        return power.ask(command)
    if command in REFUSED:
        raise UnitError(f"the rehearsal's systemctl does not honour `systemctl {command}`")
    raise UnitError(f"Unknown command verb '{command}'.")


def _start(names: list[str], _: set[str]) -> int:
    for name in names:
        start(name)
    return 0


def start(name: str) -> None:
    """Start a unit and what it requires, unless it is active. Raises UnitError as systemctl says it."""
    try:
        unit = load(name)
    except UnitError as error:
        raise UnitError(f"Failed to start {name}: {error.message}", error.code) from None
    if supervisor.is_supervised(name):
        return
    for required in unit.words("Requires"):
        if required.endswith(".service"):
            start(required)
    for wanted in unit.words("Wants"):
        if wanted.endswith(".service") and find_path(wanted):
            start(wanted)
    told = supervisor.start(unit)
    if told.get("active") == "failed" or "error" in told:
        causes = {
            "exit-code": "the control process exited with error code", "timeout": "a timeout was exceeded",
            "protocol": "the service did not take the steps required by its unit configuration",
            "signal": "a fatal signal was delivered to the control process",
            "start-limit-hit": "start of the service was attempted too often",
        }  # fmt: skip
        raise JobFailed(name, causes.get(str(told.get("result")), str(told.get("error", "resources are unavailable"))))


def _stop(names: list[str], _: set[str]) -> int:
    for name in names:
        if find_path(name) is None and not supervisor.is_supervised(name):
            raise UnitError(f"Failed to stop {name}: Unit {name} not loaded.", 5)
        supervisor.stop(name)
    return 0


def _restart(names: list[str], _: set[str]) -> int:
    for name in names:
        if find_path(name) is None:
            raise UnitError(f"Failed to restart {name}: Unit {name} not found.", 5)
        supervisor.stop(name)
        start(name)
    return 0


def _try_restart(names: list[str], options: set[str]) -> int:
    return _restart([name for name in names if supervisor.is_supervised(name)], options)


def _reload(names: list[str], _: set[str]) -> int:
    for name in names:
        try:
            unit = load(name)
        except UnitError as error:
            raise UnitError(f"Failed to reload {name}: {error.message}", error.code) from None
        if not unit.values("ExecReload"):
            raise UnitError(f"Failed to reload {name}: Job type reload is not applicable for unit {name}.", 3)
        if supervisor.state_of(name)["active"] != "active":
            raise UnitError(f"{name} is not active, cannot reload.")
        _reload_one(unit)
    return 0


def _reload_one(unit: Unit) -> None:
    environment = {**environment_of(unit), "MAINPID": str(supervisor.state_of(unit.name)["main_pid"])}
    for line in unit.values("ExecReload"):
        words, counts = command_of(line, environment)
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        journal.add(
            unit.name, os.path.basename(words[0]), os.getpid(), done.stdout.decode(errors="replace").splitlines()
        )
        if done.returncode and counts:
            raise JobFailed(unit.name, "the control process exited with error code")


def _reload_or_restart(names: list[str], options: set[str]) -> int:
    for name in names:
        is_active = supervisor.state_of(name)["active"] == "active"
        again = is_active and find_path(name) is not None and load(name).values("ExecReload")
        (_reload if again else _restart)([name], options)
    return 0


def _enable(names: list[str], options: set[str]) -> int:
    for name in names:
        path = find_path(name)
        if path is None:
            raise UnitError(f"Failed to enable unit: Unit file {name} does not exist.")
        unit = load(name)
        if not unit.values("WantedBy"):
            print(
                "The unit files have no installation config (WantedBy=, RequiredBy=, Also=,\nAlias= settings in the "
                "[Install] section, and DefaultInstance= for template\nunits). This means they are not meant to be "
                "enabled using systemctl.",
                file=sys.stderr,
            )
            continue
        for target in unit.words("WantedBy"):
            link = f"/etc/systemd/system/{target}.wants/{name}"
            if not os.path.lexists(link):
                os.makedirs(os.path.dirname(link), exist_ok=True)
                os.symlink(path, link)
                if not options & {"--quiet", "-q"}:
                    print(f"Created symlink {link} → {path}.", file=sys.stderr)
        if also := [full_name(word) for word in unit.words("Also") if not is_enabled(full_name(word))]:
            _enable(also, options)
    return _start(names, options) if "--now" in options else 0


def _disable(names: list[str], options: set[str]) -> int:
    for name in names:
        if find_path(name) is None:
            raise UnitError(f"Failed to disable unit: Unit file {name} does not exist.")
        for link in _links(name):
            os.remove(link)
            if not options & {"--quiet", "-q"}:
                print(f'Removed "{link}".', file=sys.stderr)
    return _stop(names, options) if "--now" in options else 0


def is_enabled(name: str) -> bool:
    """Return whether a boot starts it."""
    return bool(_links(name))


def _links(name: str) -> list[str]:
    folder = "/etc/systemd/system"
    targets = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    paths = [f"{folder}/{target}/{name}" for target in targets if target.endswith(".wants")]
    return [path for path in paths if os.path.lexists(path)]


def enabled() -> list[str]:
    """Return the units that a boot starts."""
    return sorted(os.listdir(WANTS)) if os.path.isdir(WANTS) else []


def _is_enabled(names: list[str], options: set[str]) -> int:
    results = []
    for name in names:
        if find_path(name) is None:
            print(f"Failed to get unit file state for {name}: No such file or directory", file=sys.stderr)
            results.append(False)
            continue
        static = not load(name).values("WantedBy")
        results.append(static or is_enabled(name))
        if not options & {"--quiet", "-q"}:
            print("static" if static else "enabled" if results[-1] else "disabled")
    return 0 if all(results) else 1


def _is_active(names: list[str], options: set[str]) -> int:
    states = [str(supervisor.state_of(name)["active"]) for name in names]
    if not options & {"--quiet", "-q"}:
        print("\n".join(states))
    return 0 if "active" in states else 3


def _is_failed(names: list[str], options: set[str]) -> int:
    states = [str(supervisor.state_of(name)["active"]) for name in names]
    if not options & {"--quiet", "-q"}:
        print("\n".join(states))
    return 0 if "failed" in states else 1


def _status(names: list[str], _: set[str]) -> int:
    worst = 0
    for name in names:
        path = find_path(name)
        if path is None:
            print(f"Unit {name} could not be found.", file=sys.stderr)
            worst = 4
            continue
        state = supervisor.state_of(name)
        mark = {"active": "●", "failed": "×"}.get(state["active"], "○")
        since = time.strftime("%a %Y-%m-%d %H:%M:%S %Z", time.localtime(state["since"])) if state["since"] else ""
        result = f" (Result: {state['result']})" if state["active"] == "failed" else ""
        print(f"{mark} {name} - {load(name).value('Description', name)}")
        print(f"     Loaded: loaded ({path}; {'enabled' if is_enabled(name) else 'disabled'})")
        print(f"     Active: {state['active']} ({state['sub']}){result}" + (f" since {since}" if since else ""))
        if state["main_pid"]:
            print(f"   Main PID: {state['main_pid']} ({_command(state['main_pid'])})")
        if lines := journal.lines_of([name])[-10:]:
            print("\n" + "\n".join(lines))
        worst = max(worst, 0 if state["active"] in ("active", "activating") else 3)
    return worst


def _command(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return "ended"


def _cat(names: list[str], _: set[str]) -> int:
    for name in names:
        path = find_path(name)
        if path is None:
            raise UnitError(f"No files found for {name}.")
        with open(path, encoding="utf-8") as file:
            print(f"# {path}\n{file.read()}")
    return 0


def _show(names: list[str], properties: list[str], *, values_only: bool) -> int:
    for name in names:
        path = find_path(name)
        state = supervisor.state_of(name)
        facts = {
            "Id": name, "LoadState": "loaded" if path else "not-found", "ActiveState": state["active"],
            "SubState": state["sub"], "MainPID": state["main_pid"], "Result": state["result"],
            "NRestarts": state["restarts"], "ExecMainStatus": state["status"], "FragmentPath": path or "",
            "UnitFileState": ("enabled" if is_enabled(name) else "disabled") if path else "",
            "Description": load(name).value("Description", name) if path else name,
        }  # fmt: skip
        for wanted in properties or facts:
            if wanted not in facts:
                raise UnitError(f"the rehearsal's systemctl does not know the property {wanted}")
            print(facts[wanted] if values_only else f"{wanted}={facts[wanted]}")
    return 0


def _list() -> int:
    names = os.listdir(UNITS) if os.path.isdir(UNITS) else []
    for name in sorted(names):
        state = supervisor.state_of(name)
        print(f"{name} loaded {state['active']} {state['sub']}")
    return 0


COMMANDS: dict[str, Callable[[list[str], set[str]], int]] = {
    "cat": _cat, "condrestart": _try_restart, "disable": _disable, "enable": _enable, "is-active": _is_active,
    "is-enabled": _is_enabled, "is-failed": _is_failed, "reload": _reload, "reload-or-restart": _reload_or_restart,
    "restart": _restart, "start": _start, "status": _status, "stop": _stop, "try-restart": _try_restart,
}  # fmt: skip
