"""Ask bash whether it can read scripts, without running any."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each text begins with `set -n`: from there on bash reads and does not run. One process reads them all.
_READ_ALL = 'for text; do ( . "./$text" ); done'
_MESSAGE = re.compile(r"^\./(\d+): (?:eval: )?line (\d+): (.*)$")
_QUOTED_LINE = re.compile(r"^`.*'$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What bash says about one of the texts, and the line it names."""

    text: int
    line: int
    message: str


def has_bash() -> bool:
    """Return whether there is a bash to ask."""
    return shutil.which("bash") is not None


def syntax_faults(texts: Sequence[str]) -> list[Fault]:
    """Return what keeps bash from reading each of `texts`; nothing where there is no bash."""
    bash = shutil.which("bash")
    if bash is None or not texts:
        return []
    with TemporaryDirectory(prefix="nestforge-") as folder:
        names = [str(number) for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            Path(folder, name).write_text("set -n\n" + text, encoding="utf-8")
        command = [bash, "--noprofile", "--norc", "-c", _READ_ALL, "bash", *names]
        done = subprocess.run(command, cwd=folder, env={"LC_ALL": "C"}, capture_output=True, check=False)
    return list(dict.fromkeys(_faults(done.stderr.decode(errors="replace"), texts)))


def _faults(output: str, texts: Sequence[str]) -> list[Fault]:
    result = []
    for line in output.splitlines():
        found = _MESSAGE.match(line)
        if not found or _QUOTED_LINE.match(found[3]):
            continue
        text = int(found[1])
        last = len(texts[text].splitlines())
        result.append(Fault(text, max(1, min(int(found[2]) - 1, last)), found[3].removeprefix("warning: ")))
    return result
