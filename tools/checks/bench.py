"""Time the commands against `python -c pass`, in interleaved pairs: design figures are ratios of medians.

Run by `make bench`. Never part of the tests: a timing is no check.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAIRS = 15
ROOT = Path(__file__).parent.parent.parent
NESTFORGE = str(Path(sys.executable).parent / "nestforge")
TEMPLATE = ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml"
# Python keeps compiled modules, as it does for everybody who has not told it otherwise.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SOURCES = ("service", "ros_templates", "scripts", "i18n")


def seconds(command: list[str], folder: Path) -> float:
    """Return how long `command` takes as a whole process; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return time.perf_counter() - start


def main() -> None:
    """Print one line per command: its ratio, the bound that the design sets, and both medians."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for folder in SOURCES:
            shutil.copytree(ROOT / folder, project / folder)
        strings = project / "i18n" / "en-US" / "strings.yaml"
        original = strings.read_text(encoding="utf-8")

        def touch(run: int) -> None:
            strings.write_text(f"{original}# {run}\n", encoding="utf-8")

        def nothing(run: int) -> None:
            """Change nothing."""

        rows = [
            ("--version", ["--version"], 1.4, nothing),
            ("--help", ["--help"], 2.3, nothing),
            ("lint of one template", ["lint", str(TEMPLATE)], 4.5, nothing),
            ("build, nothing changed", ["build", "--quiet"], 2.5, nothing),
            ("build, one value changed", ["build", "--quiet"], 7.5, touch),
            ("publish, nothing changed", ["publish", "--quiet"], None, nothing),
        ]
        empty = [sys.executable, "-c", "pass"]
        try:
            for label, arguments, bound, prepare in rows:
                command = [NESTFORGE, *arguments]
                seconds(command, project)  # warm: the package is built, the sandbox runs
                ours, theirs = [], []
                for run in range(PAIRS):
                    prepare(run)
                    theirs.append(seconds(empty, project))
                    ours.append(seconds(command, project))
                a, b = statistics.median(ours), statistics.median(theirs)
                wanted = f"bound {bound}x" if bound else "no bound set"
                print(f"{label:<26} {a / b:5.1f}x  ({wanted})  {a * 1000:6.0f} ms against {b * 1000:.0f} ms")
        finally:
            subprocess.run([NESTFORGE, "sandbox", "stop", "--quiet"], cwd=project, env=ENVIRONMENT, check=False)


if __name__ == "__main__":
    main()
