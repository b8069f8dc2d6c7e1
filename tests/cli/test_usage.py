"""What the command says of itself, and of a command line that it does not understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.process import run
from tests.own_project import ROOT

from nestforge.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_an_example(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"usage: nestforge {name}" in done.stdout
    _, _, example = done.stdout.partition("\nexample:\n")
    assert example.startswith(f"  nestforge {name}")


def test_the_overview_lists_every_command_and_the_exit_codes(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    for name, about in COMMANDS.items():
        assert f"  {name}" in done.stdout
        assert about in done.stdout
    assert "130 interrupted" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publsh"], "did you mean 'publish'?"),
        (["publish", "--tarjet", "sandbox"], "--tarjet"),
        (["publish", "--target", "sandbax", "--project", str(ROOT)], "there is no target 'sandbax'"),
        (["status", "--target", "elsewhere", "--project", str(ROOT)], "the targets are sandbox, aliyun-cn"),
        (["publish"], "there is no service/service.yaml"),
        ([], ""),
    ],
    ids=["command", "option", "target", "status-target", "no-project", "nothing"],
)
def test_a_wrong_command_line_ends_with_2_and_a_hint(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_publishing_to_the_cloud_without_credentials_says_how_to_give_them(untouched: Path) -> None:
    nobody = "http://127.0.0.1:9/"  # a source that does not answer: the official package logs its own traceback
    waived = ("--without-rehearsal", "--reason", "a test")
    done = run(
        untouched, "publish", "--target", "aliyun-cn", "--yes", "--json", *waived, ALIBABA_CLOUD_CREDENTIALS_URI=nobody
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("error: no credentials for Alibaba Cloud were found\n  help: ")
    assert "ALIBABA_CLOUD_ACCESS_KEY_ID" in done.stderr
    assert "Traceback" not in done.stderr
