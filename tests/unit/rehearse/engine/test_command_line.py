"""What the pinned version's parser takes and refuses, and how its arguments are taken apart."""

from __future__ import annotations

import pytest

from nestforge.rehearse.engine.command_line import Given, NoTable, parsed, refusal, table_of

VLLM = table_of("vllm", "0.8.5.post1")
RAY = table_of("ray", "2.43.0")
SGLANG = table_of("sglang", "0.4.3")


def test_arguments_are_taken_apart_under_their_first_names() -> None:
    arguments = ["/model", "--port=1", "-tp", "8", "--enable-chunked-prefill", "--served-model-name", "a", "b"]
    assert parsed(arguments, VLLM) == [
        Given("", ("/model",)),
        Given("--port", ("--port=1",)),
        Given("--tensor-parallel-size", ("-tp", "8")),
        Given("--enable-chunked-prefill", ("--enable-chunked-prefill",)),
        Given("--served-model-name", ("--served-model-name", "a", "b")),
    ]


@pytest.mark.parametrize(
    ("words", "value"), [(["--port=1"], "1"), (["--port", "1"], "1"), (["--enforce-eager"], ""), (["--po", "1"], "1")]
)
def test_a_value_is_found_wherever_it_stands(words: list[str], value: str) -> None:
    assert [one.value for one in parsed(words, VLLM)] == [value]


def test_vllm_reads_an_underscore_as_a_dash() -> None:
    assert parsed(["--max_model_len", "9"], VLLM)[0].name == "--max-model-len"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/m", "--tensor-paralel-size", "8"], "no flag '--tensor-paralel-size'"),
        (["/m", "--port"], "needs a value"),
        (["/m", "--port", "eight"], "expected a whole number"),
        (["/m", "--device", "abacus"], "expected one of"),
        (["/m", "--enforce-eager", "yes"], "'yes' is left over"),
    ],
)
def test_vllm_refuses(arguments: list[str], said: str) -> None:
    assert said in (refusal(arguments, 1, VLLM) or "")


def test_what_argparse_takes_for_a_longer_flag_is_taken() -> None:
    assert refusal(["--model-path", "/m", "--tp", "16"], 0, SGLANG) is None


def test_ray_wants_every_flag_in_full() -> None:
    assert refusal(["--head", "--num-gpus", "8"], 0, RAY) is None
    assert "no flag '--num-gpu'" in (refusal(["--num-gpu", "8"], 0, RAY) or "")


def test_a_version_without_a_table_is_told() -> None:
    with pytest.raises(NoTable, match=r"vllm 9\.9\.9 has no table"):
        table_of("vllm", "9.9.9")
