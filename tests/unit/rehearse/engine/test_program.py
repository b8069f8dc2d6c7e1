"""What `ray` and `vllm` are in a container."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from nestforge.rehearse.engine import inside, program
from nestforge.rehearse.engine.records import recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FACTS = inside.ImageFacts(
    "vllm",
    {"vllm": "0.8.5.post1", "ray": "2.43.0"},
    {"vllm": "0.32.0+cpu", "ray": "2.60.0"},
    ("--tensor-parallel-size", "--pipeline-parallel-size", "--port"),
)


class Became(Exception):
    """The process has turned into another program."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[list[str], dict[str, str]]]:
    """Return what runs a program in a container of eight GPUs, and returns what it turns into."""
    (tmp_path / "image.json").write_text(FACTS.text(), encoding="utf-8")
    (tmp_path / "bin").mkdir()
    smi = tmp_path / "bin" / "nvidia-smi"
    smi.write_text("#!/bin/sh\nfor gpu in 0 1 2 3 4 5 6 7; do echo $gpu; done\n", encoding="utf-8")
    smi.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setenv(inside.FACTS_VARIABLE, str(tmp_path / "image.json"))
    monkeypatch.setenv(inside.RECORDS_VARIABLE, str(tmp_path / inside.RECORDS.lstrip("/")))
    became: list[tuple[list[str], dict[str, str]]] = []

    def execve(path: str, arguments: list[str], environment: dict[str, str]) -> None:
        assert path == arguments[0] == "/opt/nestforge/engine/bin/python"
        became.append((arguments[2:], dict(environment)))
        raise Became

    monkeypatch.setattr(os, "execve", execve)

    def start(*words: str) -> tuple[list[str], dict[str, str]]:
        with pytest.raises(Became):
            program.main(words)
        return became[-1]

    return start


def test_vllm_serves_with_one_process_a_host_that_claims_eight_gpus(
    run: Callable[..., tuple[list[str], dict[str, str]]], tmp_path: Path
) -> None:
    command, environment = run("vllm", "serve", "/m", "--tensor-parallel-size", "8", "--pipeline-parallel-size", "2")
    assert command[:3] == ["vllm.entrypoints.cli.main", "serve", "/m"]
    assert command[3:7] == ["--tensor-parallel-size", "1", "--pipeline-parallel-size", "2"]
    assert environment["VLLM_RAY_PER_WORKER_GPUS"] == "8"
    assert environment["PYTHONPATH"] == "/opt/nestforge/plugin:/opt/nestforge/packages"
    uses = {one.use.what: one.use.after for one in recorded(tmp_path)}
    assert uses["vllm"] == "0.32.0+cpu"
    assert uses["--tensor-parallel-size"] == "--tensor-parallel-size 1"


def test_ray_starts_with_what_the_host_promises(run: Callable[..., tuple[list[str], dict[str, str]]]) -> None:
    command, environment = run("ray", "start", "--head", "--num-gpus", "8", "--block")
    assert command[:6] == ["ray.scripts.scripts", "start", "--head", "--num-gpus", "8", "--block"]
    assert environment["RAY_memory_monitor_refresh_ms"] == "0"


def test_other_commands_run_as_they_are(run: Callable[..., tuple[list[str], dict[str, str]]], tmp_path: Path) -> None:
    assert run("ray", "status", "--address", "10.0.0.1:6379")[0] == [
        "ray.scripts.scripts", "status", "--address", "10.0.0.1:6379",
    ]  # fmt: skip
    assert recorded(tmp_path) == []


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(("name", "said"), [("vllm", "0.8.5.post1"), ("ray", "ray, version 2.43.0")])
def test_the_version_is_the_pinned_one(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main([name, "--version"]) == 0
    assert capsys.readouterr().out == said + "\n"


@pytest.mark.usefixtures("run")
def test_what_the_pinned_parser_refuses_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert program.main(["vllm", "serve", "/m", "--tensor-parallel-sise", "8"]) == 2
    assert "vllm 0.8.5.post1 has no flag '--tensor-parallel-sise'" in capsys.readouterr().err
    assert recorded(tmp_path) == []


@pytest.mark.usefixtures("run")
def test_without_gpus_vllm_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit, match="sees no GPU"):
        program.main(["vllm", "serve", "/m"])


def test_outside_of_a_container_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(inside.FACTS_VARIABLE, str(tmp_path / "none.json"))
    with pytest.raises(SystemExit, match="no container of a rehearsal"):
        program.main(["vllm", "--version"])


def test_what_is_taken_away_is_not_written_down(
    run: Callable[..., tuple[list[str], dict[str, str]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("vllm", "serve", "/m", "--port", "1", "--api-key", "s3cret", "--tensor-parallel-size", "8")
    written = (tmp_path / inside.RECORDS.lstrip("/")).read_text(encoding="utf-8")
    assert [json.loads(line)["program"] for line in written.splitlines()].count("vllm") > 3
    assert "s3cret" not in written + capsys.readouterr().err
