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


def test_the_same_is_found_at_the_same_places(folder: Path) -> None:
    with_libyaml = run(folder, "lint", "--format", "json", "templates")
    without = run(folder, "lint", "--format", "json", "--no-cache", "templates", PYTHONPATH=str(folder / "hide"))
    assert len(json.loads(with_libyaml.stdout)["findings"]) > 100
    assert json.loads(without.stdout) == json.loads(with_libyaml.stdout)
    assert with_libyaml.stderr == ""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_said_once_that_it_is_slow(folder: Path, jobs: str) -> None:
    some = [str(path.relative_to(folder)) for path in sorted(folder.glob("templates/*/good*.yaml"))[:6]]
    slow = {"PYTHONPATH": str(folder / "hide")}
    done = run(folder, "lint", "--jobs", jobs, "--no-cache", *some, **slow)
    assert done.stderr.splitlines()[0] == WARNING
    assert done.stderr.count("warning:") == 1
    assert run(folder, "lint", "--quiet", "--jobs", jobs, "--no-cache", *some, **slow).stderr == ""
