"""What a project says about the rules: in `.nestforge.toml`, or under `[tool.nestforge.lint]` of `pyproject.toml`."""

from __future__ import annotations

import os

from nestforge.model.diagnostic import SEVERITIES, Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from nestforge.lint.registry import Row

FILES = (".nestforge.toml", "pyproject.toml")
_KEYS = ("allow", "only", "exclude", "severity")


class Settings(NamedTuple):
    """Which rules count, and how much. Rules are named, or meant by the beginning of their codes: `R8`.

    `folder` is where the settings were found, and what the patterns in `exclude` are relative to.
    """

    folder: str = ""
    allow: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}

    @property
    def words(self) -> str:
        """The settings that findings depend on, as text."""
        return repr((self.allow, self.only, sorted(self.severity.items())))

    def wants(self, row: Row) -> bool:
        """Return whether a rule is to be run."""
        chosen = not self.only or any(_means(word, row) for word in self.only)
        return chosen and not any(_means(word, row) for word in self.allow)

    def severity_of(self, code: str, name: str, own: str) -> str:
        """Return how much a finding counts; `own` is what its rule says."""
        return self.severity.get(name) or self.severity.get(code) or own

    def excludes(self, path: str) -> bool:
        """Return whether a file found by searching is to be left out."""
        if not self.exclude:
            return False
        from fnmatch import fnmatchcase

        inside = os.path.relpath(path, self.folder).replace(os.sep, "/")
        parts = inside.split("/")
        above = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
        return any(fnmatchcase(part, pattern.rstrip("/")) for pattern in self.exclude for part in above)


def settings_for(folder: str, report: list[Diagnostic]) -> Settings:
    """Return the settings of the nearest folder that has some, from `folder` up; what is wrong with them is reported.

    The search ends at the root of a git repository.
    """
    folder = os.path.abspath(folder)
    while True:
        for name in FILES:
            text = _text(os.path.join(folder, name))
            if text is not None and (found := _read(text, name, folder, report)):
                return found
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return Settings()
        folder = above


def _text(path: str) -> str | None:
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        content = file.read()
    return content.decode("utf-8", "replace") if path.endswith(FILES[0]) or b"[tool.nestforge" in content else None


def _read(text: str, name: str, folder: str, report: list[Diagnostic]) -> Settings | None:
    import tomllib

    path = os.path.relpath(os.path.join(folder, name))
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        report.append(Diagnostic(Span(path, 1), "R1401", "invalid-setting", f"this is no TOML: {error}", "mend it"))
        return Settings(folder)
    if name != FILES[0]:
        data = data.get("tool", {}).get("nestforge")
    if not isinstance(data, dict):
        return None
    reader = _Reader(text, path, report, "lint" if name == FILES[0] else "tool.nestforge.lint")
    reader.look_beside(data)
    return reader.settings(data.get("lint", {}), folder)


class _Reader:
    """Reads the table `table`, and tells `report` what is wrong with it."""

    def __init__(self, text: str, path: str, report: list[Diagnostic], table: str) -> None:
        self.lines = text.splitlines()
        self.path = path
        self.report = report
        self.table = table

    def look_beside(self, data: Mapping[str, object]) -> None:
        """Report what stands beside the table of the settings, where nothing is read."""
        for key in data.keys() - {"lint"}:
            from nestforge.model.near_miss import did_you_mean

            if key in _KEYS:
                self.fault(key, f"'{key}' does nothing outside of [{self.table}]", f"put it under [{self.table}]")
            else:
                hint = did_you_mean(key, ["lint"]) or f"settings stand under [{self.table}]"
                self.fault(key, f"'{key}' is not read", hint)

    def settings(self, table: Any, folder: str) -> Settings:
        if not isinstance(table, dict):
            self.fault("lint", "'lint' must be a table")
            return Settings(folder)
        for key in table.keys() - set(_KEYS):
            from nestforge.model.near_miss import did_you_mean

            hint = did_you_mean(key, _KEYS) or f"the settings are {', '.join(_KEYS)}"
            self.fault(key, f"there is no setting '{key}'", hint)
        severity = table.get("severity", {})
        if not isinstance(severity, dict) or not all(value in SEVERITIES for value in severity.values()):
            self.fault("severity", f"'severity' must give each rule one of {', '.join(SEVERITIES)}")
            severity = {}
        allow, only = self.rules(table, "allow"), self.rules(table, "only")
        exact = {name for name in severity if self.is_rule(name, lambda word, row: word in (row.code, row.name))}
        chosen = {name: level for name, level in severity.items() if name in exact}
        return Settings(folder, allow, only, self.words(table, "exclude"), chosen)

    def words(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self.fault(key, f"'{key}' must be a list of strings")
            return ()
        return tuple(words)

    def rules(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        return tuple(word for word in self.words(table, key) if self.is_rule(word, _means))

    def is_rule(self, word: str, means: Callable[[str, Row], bool]) -> bool:
        from nestforge.lint.registry import rows

        if any(means(word, row) for _, row in rows()):
            return True
        from nestforge.model.near_miss import did_you_mean

        names = [row.name for _, row in rows()]
        hint = did_you_mean(word, names) or "`nestforge explain` lists the rules"
        self.fault(word, f"there is no rule '{word}'", hint, code="R1402", name="unknown-rule")
        return False

    def fault(
        self, word: str, message: str, hint: str | None = None, code: str = "R1401", name: str = "invalid-setting"
    ) -> None:
        self.report.append(Diagnostic(self.place(word), code, name, message, hint))

    def place(self, word: str) -> Span:
        own = False  # a pyproject.toml has other tables before
        for number, line in enumerate(self.lines, 1):
            own = own or self.table == "lint" or line.lstrip().startswith("[tool.nestforge")
            column = line.find(word) if own else -1
            if column >= 0:
                return Span(self.path, number, column + 1, number, column + 1 + len(word))
        return Span(self.path, 1)


def _means(word: str, row: Row) -> bool:
    return word == row.name or (word.startswith("R") and row.code.startswith(word))
