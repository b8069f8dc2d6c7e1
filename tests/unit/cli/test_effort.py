"""How much a lint of a template loads, starts and reads: counted, for what takes long is noticed in no other test."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.own_project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

OWN = ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml"
LITTLE = """ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties: {CidrBlock: 10.0.0.0/8}
"""
COMMAND = """  Command{0}:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      InstanceIds: [i-1]
      CommandContent: |
        #!/bin/bash
        echo {0}
"""
MOST_FOR_LITTLE, MOST_FOR_OWN = 130, 270
"""Modules. Each takes some fifth of a millisecond; a rule is one, and is loaded where it has something to look at."""

PROBE = """
import json, sys
events, before = [], set(sys.modules)
STARTS = ("os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "os.spawn", "os.system", "subprocess.Popen")
sys.addaudithook(lambda event, given: events.append((event, str(given[0]))) if event in (*STARTS, "open") else None)
from nestforge.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print()
print(json.dumps([
    sorted(set(sys.modules) - before),
    [path for event, path in events if event in STARTS],
    [path for event, path in events if event == "open" and not path.endswith((".py", ".pyc"))],
]))
"""


class Effort(NamedTuple):
    """The modules that were loaded, the programs that were started, and the files that were opened."""

    modules: list[str]
    started: list[str]
    opened: list[str]

    def opened_of(self, name: str) -> int:
        """Return how often a file was opened."""
        return sum(path.endswith(name) for path in self.opened)


def lint(path: Path, *options: str) -> Effort:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "lint", *options, str(path)], capture_output=True, text=True, check=True
    )
    return Effort(*json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def little(tmp_path: Path) -> Path:
    path = tmp_path / "little.yaml"
    path.write_text(LITTLE, encoding="utf-8")
    return path


def test_a_little_template_loads_few_modules_starts_nothing_and_reads_one_type(little: Path) -> None:
    effort = lint(little, "--no-cache")
    assert len(effort.modules) <= MOST_FOR_LITTLE
    assert effort.started == []
    assert effort.opened_of("little.yaml") == 1
    assert effort.opened_of("resource_types.blob") == 2  # the index, and the VPC


def test_a_large_template_reads_each_type_once_and_loads_the_rules_that_it_has_something_for() -> None:
    effort = lint(OWN, "--no-cache")
    types = set(re.findall(r"Type: '?((?:ALIYUN|DATASOURCE)::\w+::\w+|ALIYUN::RandomString)", OWN.read_text("utf-8")))
    assert len(types) > 10
    assert effort.opened_of("resource_types.blob") == 1 + len(types)
    assert MOST_FOR_LITTLE < len(effort.modules) <= MOST_FOR_OWN


def test_all_scripts_of_a_template_are_read_by_one_shell(little: Path) -> None:
    little.write_text(LITTLE + "".join(map(COMMAND.format, range(5))), encoding="utf-8")
    started = lint(little, "--no-cache").started
    assert [path.rpartition("/")[2] for path in started] == ["bash"]


def test_what_has_not_changed_is_checked_by_reading_it_alone(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    little.write_text(LITTLE + COMMAND.format(1), encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(little.parent / "cache"))
    assert lint(little).started
    again = lint(little)
    assert again.started == []
    assert again.opened_of("resource_types.blob") == 0
    assert "nestforge.lint.check" not in again.modules
