"""The table of differences, applied to commands."""

from __future__ import annotations

import pytest

from nestforge.rehearse.engine.command_line import parsed, table_of
from nestforge.rehearse.engine.mapping import mapped, per_host
from nestforge.rehearse.engine.records import told

VLLM = table_of("vllm", "0.8.5.post1")
KNOWN = [name for flag in VLLM.flags for name in flag.names if name != "--disable-log-requests"]


def serve(*arguments: str, **environment: str) -> tuple[list[str], dict[str, str], list[str]]:
    command = mapped("vllm", parsed(arguments, VLLM), environment, 8, KNOWN)
    return list(command.arguments), command.environment, [told(use) for use in command.uses]


def test_what_no_row_names_stays_as_it_was_written() -> None:
    arguments, _, _ = serve("/m", "--port=8001", "--max-model-len", "65536", "--trust-remote-code")
    assert arguments[:5] == ["/m", "--port=8001", "--max-model-len", "65536", "--trust-remote-code"]


@pytest.mark.parametrize(("size", "processes"), [("8", "1"), ("16", "2"), ("4", "1"), ("1", "1")])
def test_the_gpus_of_a_host_become_one_process(size: str, processes: str) -> None:
    arguments, _, told_uses = serve("/m", "--tensor-parallel-size", size)
    assert arguments[1:3] == ["--tensor-parallel-size", processes]
    changed = f"--tensor-parallel-size {size} becomes --tensor-parallel-size {processes}"
    assert (changed in told_uses) is (size != processes)


def test_a_flag_that_the_rehearsed_release_has_lost_is_taken_away() -> None:
    arguments, _, told_uses = serve("/m", "--disable-log-requests", "--port", "1")
    assert "--disable-log-requests" not in arguments
    assert arguments[1:3] == ["--port", "1"]
    assert "--disable-log-requests is taken away" in told_uses


def test_what_is_added_is_not_added_twice() -> None:
    arguments, environment, told_uses = serve("/m", "--enforce-eager", OMP_NUM_THREADS="3")
    assert arguments.count("--enforce-eager") == 1
    assert environment["OMP_NUM_THREADS"] == "3"
    assert not [line for line in told_uses if "--enforce-eager" in line or "OMP_NUM_THREADS" in line]


def test_variables_are_added_and_taken_away() -> None:
    _, environment, told_uses = serve("/m", VLLM_USE_V1="0", HF_HUB_OFFLINE="1")
    assert "VLLM_USE_V1" not in environment
    assert environment["HF_HUB_OFFLINE"] == "1"
    assert environment["VLLM_CPU_OMP_THREADS_BIND"] == "nobind"
    assert "$VLLM_USE_V1 (0) is taken away" in told_uses


def test_ray_keeps_its_arguments_and_gets_limits() -> None:
    given = parsed(["--head", "--num-gpus", "8"], table_of("ray", "2.43.0"))
    command = mapped("ray", given, {}, 0, None)
    assert command.arguments[:3] == ("--head", "--num-gpus", "8")
    assert command.arguments[3:] == ("--num-cpus", "2", "--object-store-memory", "200000000")


def test_at_least_one_process_computes() -> None:
    assert per_host(2, 8) == 1
