"""What both linters say about a template."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from nestforge.lint.check import check_template

if TYPE_CHECKING:
    from types import TracebackType


class Said(NamedTuple):
    """One finding: its code, whether it is an error, its line (0: none) and the sentence."""

    code: str
    is_error: bool
    line: int
    sentence: str


class SecondOpinion:
    """iac-code's validator, in a process and an environment of its own. What it said once is kept in `folder`."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._command = [str(python), str(Path(__file__).parent / "theirs.py")]
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> SecondOpinion:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            self._process.communicate()

    def about(self, text: str) -> list[Said]:
        """Return its errors and warnings."""
        kept = self._folder / f"{sha256(text.encode()).hexdigest()}.json"
        if not kept.exists():
            kept.write_text(self._ask(text), encoding="utf-8")
        found = json.loads(kept.read_text(encoding="utf-8"))
        return [Said(code, severity == "ERROR", line, sentence) for code, severity, line, sentence in found]

    def _ask(self, text: str) -> str:
        if self._process is None:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        question, answer = _pipes(self._process)
        question.write(json.dumps(text) + "\n")
        question.flush()
        line = answer.readline()
        if not line:
            raise SystemExit("the validator of iac-code ended without an answer; its error is above")
        return line


def ours(text: str) -> list[Said]:
    """Return our errors and warnings."""
    found = check_template(text, "template.yaml")
    return [
        Said(d.code, d.severity == "error", d.span.line, f"{d.code} {d.message}") for d in found if d.severity != "info"
    ]


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
