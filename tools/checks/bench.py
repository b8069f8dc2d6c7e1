"""Time the commands against `python -c pass`, in interleaved pairs: design figures are ratios of medians.

What is counted is the time that the processors work, for other programs share them. The templates that are checked in
one process are those below the folder that is named: `make bench TEMPLATES=DIR`; without it, the fixtures of the rules.

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
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 15
TYPED_LINES = 25
ROOT = Path(__file__).parent.parent.parent
NESTFORGE = str(Path(sys.executable).parent / "nestforge")
TEMPLATE = ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml"
# Python keeps compiled modules, as it does for everybody who has not told it otherwise.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SOURCES = ("service", "ros_templates", "scripts", "i18n")
FIXTURES = ROOT / "tests/rules"
ROUNDS = 3
FEW, MANY = 10, 500
RESOURCE = """  Host{0}:
    Type: ALIYUN::ECS::Instance
    Properties:
      ImageId: centos_7
      InstanceType: ecs.g6.large
      ZoneId: {{Ref: Zone}}
      VpcId: {{"Fn::GetAtt": [Vpc, VpcId]}}
      VSwitchId: vsw-1
      InstanceName: {{"Fn::Sub": "host-${{ALIYUN::StackName}}-{0}"}}
"""
HEAD = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
"""
PEAK = """
import sys
from nestforge.cli import main
main(sys.argv[1:])
print([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1])
"""


def seconds(command: list[str], folder: Path) -> float:
    """Return how long the processors work for `command` as a whole process, and those it waits for; it must succeed."""
    before = worked(RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return worked(RUSAGE_CHILDREN) - before


def worked(who: int) -> float:
    """Return how long the processors have worked for this process, or for those it waited for."""
    spent = getrusage(who)
    return spent.ru_utime + spent.ru_stime


def least(work: Callable[[], object]) -> float:
    """Return how long the processors work, at the fastest of a few times."""
    taken = []
    for _ in range(ROUNDS):
        start = worked(RUSAGE_SELF) + worked(RUSAGE_CHILDREN)
        work()
        taken.append(worked(RUSAGE_SELF) + worked(RUSAGE_CHILDREN) - start)
    return min(taken)


def against_libyaml(folder: Path) -> str:
    """Return what a check of all templates in one process takes, against libyaml that only composes them."""
    import yaml

    from nestforge.lint.check import check_template

    every = [path for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".json")]
    read = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in every}
    texts = {name: text for name, text in read.items() if "ROSTemplateFormatVersion" in text}

    def compose() -> None:
        for text in texts.values():
            with suppress(yaml.YAMLError):
                yaml.compose(text, Loader=yaml.CSafeLoader)

    def check() -> None:
        gc.disable()  # as `nestforge lint` does
        for name, text in texts.items():
            check_template(text, name)
        gc.enable()

    ours, theirs = least(check), least(compose)
    return (
        f"{ours / theirs:5.1f}x  (bound 2.5x)  {ours:.2f} s against {theirs:.2f} s of libyaml: {len(texts)} of {folder}"
    )


def each_resource() -> float:
    """Return how many milliseconds a resource more takes, from few of them to many."""
    from nestforge.lint.check import check_template

    def check(count: int) -> float:
        text = HEAD + "".join(RESOURCE.format(number) for number in range(count))
        return least(lambda: check_template(text, "many.yaml"))

    check(FEW)
    return (check(MANY) - check(FEW)) / (MANY - FEW) * 1000


def peak(arguments: list[str]) -> str:
    """Return how much memory a command takes at most."""
    if not Path("/proc/self/status").exists():
        return "unknown outside of Linux"
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return f"{int(done.stdout.split()[-1]) / 1024:5.1f} MB  (bound 24 MB)"


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
    print(f"{'peak of lint, 1 template':<26} {peak(['lint', '--no-cache', str(TEMPLATE)])}")
    print(f"{'many templates':<26} {against_libyaml(Path(sys.argv[1]) if sys.argv[1:] else FIXTURES)}")
    print(f"{'each resource':<26} {each_resource():5.2f} ms  (bound 0.2 ms, from {FEW} to {MANY})")
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
            ("lint of one template", ["lint", "--no-cache", str(TEMPLATE)], 4.5, nothing),
            ("lint, nothing changed", ["lint", str(TEMPLATE)], 3.5, nothing),
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
