"""Unit files of services: which directives count, and what they say of one unit."""

from __future__ import annotations

import glob
import os
import re
import shlex

FOLDERS = ("/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
           "/lib/systemd/system")  # fmt: skip
WANTS = "/etc/systemd/system/multi-user.target.wants"

HONOURED = {
    "Unit": (
        "After", "Before", "ConditionPathExists", "Description", "Documentation", "Requires", "StartLimitBurst",
        "StartLimitIntervalSec", "Wants",
    ),
    "Service": (
        "Environment", "EnvironmentFile", "ExecReload", "ExecStart", "ExecStartPost", "ExecStartPre", "ExecStop",
        "ExecStopPost", "Group", "KillMode", "KillSignal", "LimitCORE", "LimitMEMLOCK", "LimitNOFILE", "LimitNPROC",
        "LimitSTACK", "PIDFile", "RemainAfterExit", "Restart", "RestartSec", "RuntimeDirectory", "StandardError",
        "StandardOutput", "StateDirectory", "SuccessExitStatus", "TimeoutSec", "TimeoutStartSec", "TimeoutStopSec",
        "Type", "UMask", "User", "WorkingDirectory",
    ),
    "Install": ("Alias", "Also", "WantedBy"),
}  # fmt: skip
PASSED_OVER = {
    "CPUSchedulingPolicy": "a host has no processors of its own", "Delegate": "cgroups are the rehearsal's",
    "IOSchedulingClass": "a host has no disks of its own", "MemoryAccounting": "cgroups are the rehearsal's",
    "Nice": "a share counts only where others want the processor",
    "OOMScoreAdjust": "decides only whom the kernel ends first", "PrivateTmp": "a host has one /tmp",
    "SyslogIdentifier": "lines are kept by unit", "TasksAccounting": "cgroups are the rehearsal's",
    "TasksMax": "the number of processes is the machine's", "NotifyAccess": "every process of the unit may notify",
}  # fmt: skip
TYPES = ("simple", "exec", "forking", "oneshot", "notify")
RESTARTS = ("no", "always", "on-success", "on-failure", "on-abnormal", "on-abort")
KILL_MODES = ("control-group", "mixed", "process", "none")
_UNITS = {"": 1, "s": 1, "sec": 1, "ms": 0.001, "us": 1e-6, "m": 60, "min": 60, "h": 3600, "hr": 3600, "d": 86400}


class UnitError(Exception):
    """Why a unit cannot be used, and the exit code of systemctl."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.message, self.code = message, code


class Unit:
    """One service: its full name, the file that it is from, and its directives."""

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.directives: dict[str, list[str]] = {}
        places = [path, *(file for folder in FOLDERS for file in sorted(glob.glob(f"{folder}/{name}.d/*.conf")))]
        for place in places:
            self._read(place)
        self._check()

    def values(self, directive: str) -> list[str]:
        """Return every value, in order."""
        return self.directives.get(directive, [])

    def value(self, directive: str, default: str = "") -> str:
        """Return the last value."""
        return (self.values(directive) or [default])[-1]

    def words(self, directive: str) -> list[str]:
        """Return the words of all values."""
        return [word for value in self.values(directive) for word in value.split()]

    def is_on(self, directive: str) -> bool:
        """Return whether a switch is on."""
        return self.value(directive).lower() in ("yes", "true", "on", "1")

    def seconds(self, directive: str, default: float) -> float:
        """Return a length of time: `1min 30s`, or a number of seconds."""
        text = self.value(directive)
        if not text:
            return default
        if text == "infinity":
            return float("inf")
        parts = re.findall(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text)
        return sum(float(number) * _UNITS[unit] for number, unit in parts)

    def _read(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"\\\n", " ", file.read())
        section = ""
        for line in text.splitlines():
            line = line.strip()
            if not line or line[0] in "#;":
                continue
            if line.startswith("["):
                section = line[1:-1]
                continue
            name, _, value = (part.strip() for part in line.partition("="))
            if section.startswith("X-") or name in PASSED_OVER:
                continue
            if name not in HONOURED.get(section, ()):
                raise UnitError(f"{self.name}: the rehearsal's systemd does not honour {name}= of [{section}]")
            if value == "":
                self.directives[name] = []
            else:
                self.directives.setdefault(name, []).append(self._specified(value))

    def _specified(self, value: str) -> str:
        stem = self.name.rpartition(".")[0]
        known = {"n": self.name, "N": stem, "p": stem.partition("@")[0], "i": stem.partition("@")[2], "t": "/run",
                 "h": "/root", "H": os.uname().nodename, "%": "%"}  # fmt: skip

        def replaced(found: re.Match[str]) -> str:
            if found[1] not in known:
                raise UnitError(f"{self.name}: the rehearsal's systemd does not know %{found[1]}")
            return known[found[1]]

        return re.sub(r"%(.)", replaced, value)

    def _check(self) -> None:
        for directive, known in (("Type", TYPES), ("Restart", RESTARTS), ("KillMode", KILL_MODES)):
            value = self.value(directive, known[0])
            if value not in known:
                raise UnitError(f"{self.name}: the rehearsal's systemd does not honour {directive}={value}")
        starts = self.values("ExecStart")
        if not starts or (len(starts) > 1 and self.value("Type") != "oneshot"):
            raise UnitError(f"{self.name} has a bad unit file setting: it needs one ExecStart=")


def full_name(word: str) -> str:
    """Return the name with its ending. Raises UnitError for what is no service."""
    if "." not in word:
        return f"{word}.service"
    if not word.endswith(".service"):
        raise UnitError(f"the rehearsal's systemd has services only, not {word}")
    return word


def find_path(name: str) -> str | None:
    """Return the unit's file."""
    stem, ending = name.rsplit(".", 1)
    template = f"{stem.partition('@')[0]}@.{ending}" if "@" in stem else None
    for candidate in filter(None, (name, template)):
        for folder in FOLDERS:
            path = f"{folder}/{candidate}"
            if os.path.isfile(path):
                return path
    return None


def load(name: str) -> Unit:
    """Return the unit. Raises UnitError."""
    path = find_path(name)
    if path is None:
        raise UnitError(f"Unit {name} not found.", code=5)
    return Unit(name, path)


def command_of(line: str, environment: dict[str, str]) -> tuple[list[str], bool]:
    """Return the words of an Exec line, variables filled in, and whether its failure counts."""
    counts = True
    while line[:1] in ("-", "+", "!", ":", "@"):
        if line[0] == "@":
            raise UnitError("the rehearsal's systemd does not honour @ before a command")
        counts = counts and line[0] != "-"
        line = line[1:]
    words: list[str] = []
    for word in shlex.split(line):
        if word == ";":
            raise UnitError("the rehearsal's systemd does not honour several commands in a line: write a line each")
        if re.fullmatch(r"\$\w+", word):
            words += environment.get(word[1:], "").split()
        else:
            words.append(
                re.sub(
                    r"\$\{(\w+)\}|\$\$", lambda found: environment.get(found[1] or "", "") if found[1] else "$", word
                )
            )
    return words, counts


def environment_of(unit: Unit) -> dict[str, str]:
    """Return what Environment= and EnvironmentFile= say. Raises UnitError for a file that must be there."""
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8"}
    for value in unit.values("Environment"):
        environment |= dict(word.partition("=")[::2] for word in shlex.split(value))
    for path in unit.values("EnvironmentFile"):
        try:
            with open(path.removeprefix("-"), encoding="utf-8") as file:
                lines = [line.strip() for line in file]
        except OSError as error:
            if path.startswith("-"):
                continue
            raise UnitError(f"{unit.name}: {path}: {error.strerror}") from None
        pairs = (line.partition("=") for line in lines if line and line[0] not in "#;")
        environment |= {name.strip(): "".join(shlex.split(value)) if value else "" for name, _, value in pairs}
    return environment
