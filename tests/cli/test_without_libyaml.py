"""Where PyYAML was built without libyaml, everything is found all the same, and it is said once that it takes long."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.cli.process import run
from tests.own_project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HIDE = """
import sys

class Hide:
    def find_spec(self, name, path=None, target=None):
        if name == "yaml._yaml":
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Hide())
"""
EMPTY_VALUES = ("unexpected-condition/bad_operand.yaml",)
"""Where nothing is written for a value in brackets, PyYAML's place for it is one column before libyaml's."""

WARNING = "warning: PyYAML has no libyaml here: YAML is read some ten times slower"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a template for each rule, and a start of Python that does not find libyaml."""
    (tmp_path / "hide").mkdir()
    (tmp_path / "hide" / "sitecustomize.py").write_text(HIDE)
    for rule in (ROOT / "tests" / "rules").iterdir():
        for template in rule.glob("*.yaml"):
            (tmp_path / "templates" / rule.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(template, tmp_path / "templates" / rule.name)
    return tmp_path


def findings_of(output: str) -> list[dict[str, object]]:
    """Return the findings of a run, with the columns of empty values left out."""
    findings: list[dict[str, object]] = json.loads(output)["findings"]
    for finding in findings:
        if str(finding["path"]).endswith(EMPTY_VALUES):
            del finding["column"], finding["end_column"]
    return findings


def test_the_same_is_found_at_the_same_places(folder: Path) -> None:
    fast = run(folder, "lint", "--format", "json", "templates")
    slow = run(folder, "lint", "--format", "json", "--no-cache", "templates", PYTHONPATH=str(folder / "hide"))
    assert fast.stderr == ""
    assert len(findings_of(fast.stdout)) > 100
    assert findings_of(slow.stdout) == findings_of(fast.stdout)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_said_once_that_it_is_slow(folder: Path, jobs: str) -> None:
    some = [str(path.relative_to(folder)) for path in sorted(folder.glob("templates/*/good*.yaml"))[:6]]
    slow = {"PYTHONPATH": str(folder / "hide")}
    done = run(folder, "lint", "--jobs", jobs, "--no-cache", *some, **slow)
    assert done.stderr.splitlines()[0] == WARNING
    assert done.stderr.count("warning:") == 1
    assert run(folder, "lint", "--quiet", "--jobs", jobs, "--no-cache", *some, **slow).stderr == ""
