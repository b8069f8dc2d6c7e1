"""Somebody at a keyboard: types commands in a project, beside a sandbox."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from nestforge.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SandboxUnderTest


class Terminal(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


class Typist:
    """Types commands; what the last one printed is in `said` and `told`."""

    def __init__(self, project: Path, sandbox: SandboxUnderTest, output: pytest.CaptureFixture[str]) -> None:
        self.project = project
        self.sandbox = sandbox
        self.said = ""
        self.told = ""
        self._output = output
        self._typed = pytest.MonkeyPatch()

    def types(self, command: str, *options: str, stdin: io.StringIO | None = None) -> int:
        """Return the exit code."""
        with self._typed.context() as patch:
            patch.setattr("sys.stdin", stdin or io.StringIO())
            code = main([command, "--project", str(self.project), *options])
        self.said, self.told = self._output.readouterr()
        return code
