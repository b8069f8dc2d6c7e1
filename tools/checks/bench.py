"""Time the commands against `python -c pass`, in interleaved pairs: design figures are ratios of medians.

Run by `make bench`. Never part of the tests: a timing is no check.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAIRS = 15
TYPED_LINES = 25
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


def keystrokes() -> list[float]:
    """Return how many milliseconds the language server works at each keystroke, as lines of the template are typed."""
    from nestforge.lsp.document import Document
    from nestforge.lsp.server import MOST_NEW_OBJECTS

    gc.set_threshold(MOST_NEW_OBJECTS)
    chosen, text = random.Random(1), TEMPLATE.read_text(encoding="utf-8")
    document, lines, taken = Document(TEMPLATE.name, text), text.split("\n"), list[float]()
    document.check()
    for _ in range(TYPED_LINES):
        row = chosen.randrange(len(lines))
        for length in range(1, len(lines[row]) + 1):
            typed = "\n".join([*lines[: row + 1], lines[row][:length], *lines[row + 1 :]])
            start = time.process_time()
            document.change(typed)
            taken.append((time.process_time() - start) * 1000)
    return taken


def main() -> None:
    """Print what a keystroke takes, and one line per command: its ratio, the design's bound, and both medians."""
    taken = keystrokes()
    p95, median = statistics.quantiles(taken, n=20)[-1], statistics.median(taken)
    print(f"{'keystroke in an editor':<26} {p95:5.1f} ms at the 95th percentile  (bound 10 ms)  median {median:.1f} ms")
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
