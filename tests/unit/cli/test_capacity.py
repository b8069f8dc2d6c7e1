"""`nestforge capacity` as it is typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.own_project import ROOT, copy_project

from nestforge.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TYPE = "ecs.ebmgn8v.48xlarge"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, project: Path = ROOT) -> tuple[int, str, str]:
    code = main(["capacity", "--project", str(project), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def facts(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    _, out, _ = run(capsys, "--json", *arguments)
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_table_has_every_section(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    lines = out.split("\n")
    assert lines[0] == "2 nodes, 0.88 of 95.6 GiB per GPU, requests of 65,536 tokens, usual ones of 10,000"
    assert any("8x2" in line and "38.4/40.9" in line for line in lines)
    assert any("1033-1158" in line and "163,840" in line for line in lines)
    assert "75 = 19.5 x" in out
    assert sum("not compared:" in line for line in lines) == 9
    assert "NOT Alibaba Cloud's price" in out
    assert max(map(len, lines)) <= 100


def test_a_row_is_of_whole_combinations(capsys: pytest.CaptureFixture[str]) -> None:
    """Of four GPUs a node vLLM's layout does not fit and SGLang's does: no row says either of both."""
    _, out, _ = run(capsys, "--gpu-memory-utilization", "0.9")
    lines = out.split("\n")
    start = next(number for number, line in enumerate(lines) if "does not fit" in line and "vLLM" in line)
    stacked = [line.split() for line in lines[start : start + 6]]
    assert [own[0] for own in stacked] == [
        *("gn8v-4x.24xlarge", "gn8v-4x.8xlarge", "gn8v-2x.12xlarge", "gn8v-2x.8xlarge", "gn8v.6xlarge", "gn8v.4xlarge"),
    ]
    assert not any("SGLang" in line for line in lines[start : start + 6])
    assert any("gn8v-4x.24xlarge" in line and "SGLang" in line and "97-103" in line for line in lines)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        ("0.85", "14.3 GiB are beside it."),
        ("0.9", "9.6 GiB are beside it, and the reserve may need 9.9: with a share above 0.89 it can"),
        ("0.95", "4.8 GiB are beside it, and the reserve needs at least 5.9: with a share above 0.89 it can"),
    ],
)
def test_a_share_that_leaves_the_reserve_too_little_is_told(
    share: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "--gpu-memory-utilization", share, "--instance", TYPE)
    assert told in " ".join(out.split())


def test_a_figure_by_an_unofficial_price_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--instance", "ecs.gn8v-8x.48xlarge")
    assert "28-34 USD *\n" in out
    assert "\n* ecs.gn8v-8x.48xlarge: 55 USD an hour, NOT Alibaba Cloud's price" in out


def test_json_has_every_combination(capsys: pytest.CaptureFixture[str]) -> None:
    found = facts(capsys)
    assert found["schema"] == 1
    assert len(found["estimates"]) == 2 * 3 * 9
    one = found["estimates"][0]
    assert (one["model"], one["engine"], one["instance_type"]) == ("deepseek-ai/DeepSeek-R1", "vllm-0.8.5.post1", TYPE)
    assert one["layout"] == {"tensor": 8, "pipeline": 2}
    assert (one["fits"], one["why_not"], one["price"], one["requests"]) == (True, None, None, 15)
    assert [stage["cache_per_token"] for stage in one["coefficients"]["stages"]] == [35712, 34560]
    throughput = one["throughput"]
    assert throughput["alone"]["batch"] == 1
    assert throughput["full"]["expected"]["most"] < throughput["full"]["tokens_per_second"]
    assert throughput["full"]["cost_per_million"] is None
    assert [rate["stated"] for rate in throughput["requests_per_second"]] == [75, 75, 75]
    assert all(measured["reached"] < 1 for measured in found["measurements"])
    assert {other["reason"] for other in found["other_measurements"]} >= {"another accelerator"}


def test_one_combination_of_other_values(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ("--model", "deepseek-ai/DeepSeek-V3", "--engine", "sglang-0.4.3", "--instance", TYPE)
    found = facts(capsys, *chosen, "--max-model-len", "100000", "--gpu-memory-utilization", "0.7")
    (one,) = found["estimates"]
    assert (found["max_model_len"], found["gpu_memory_utilization"]) == (100_000, 0.7)
    assert one["requests"] == one["cache_tokens"]["least"] // 100_000


def test_what_fits_nowhere_is_an_error_that_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--instance", "ecs.gn8v.4xlarge", "-q")
    assert (code, out) == (1, "")
    assert "error: no request of 65,536 tokens fits" in err
    assert "that takes more than the GPU has" in err
    code, _, err = run(capsys, "--gpu-memory-utilization", "0.4", "--engine", "vllm-0.8.2", "-q")
    assert code == 1
    assert "that takes a gpu-memory-utilization of 0.56" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--model", "deepseek-ai/DeepSeek-R2"), "there is no model 'deepseek-ai/DeepSeek-R2'"),
        (("--engine", "vllm"), "there is no engine 'vllm'"),
        (("--instance", "ecs.g7.large"), "there is no instance type 'ecs.g7.large'"),
        (("--max-model-len", "0"), "--max-model-len is 0, expected 1 to 163840"),
        (("--max-model-len", "163841"), "--max-model-len is 163841, expected"),
        (("--gpu-memory-utilization", "0"), "--gpu-memory-utilization is 0.0, expected more than 0 and at most 1"),
        (("--gpu-memory-utilization", "nan"), "--gpu-memory-utilization is nan, expected"),
        (("--gpu-memory-utilization", "90"), "--gpu-memory-utilization is 90.0, expected"),
        (("--request-tokens", "-1"), "--request-tokens is -1, expected"),
        (("--chart", ""), "cannot write '': Is a directory"),
        (("--chart", "/no/such/folder/x.svg"), "cannot write '/no/such/folder/x.svg': No such file or directory"),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert f"error: {message}" in err
    assert "  help: " in err


def test_chart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.svg"
    code, out, _ = run(capsys, "-q", "--chart", str(path), "--instance", TYPE)
    assert (code, out) == (0, "")
    text = path.read_text(encoding="utf-8")
    assert "DeepSeek-R1, DeepSeek-V3; vLLM 0.8.5.post1, vLLM 0.8.2; 8 GPUs a node: 128 at 2,048 tokens" in text


def test_models_without_figures_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copy_project(tmp_path)
    for path in (project / "service" / "catalog" / "models").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        start, end = text.index("architecture:"), text.index("image:\n")
        path.write_text(text[:start] + text[end:], encoding="utf-8")
    code, _, err = run(capsys, project=project)
    assert code == 1
    assert "the catalog has no architecture of deepseek-ai/DeepSeek-R1, deepseek-ai/DeepSeek-V3" in err
