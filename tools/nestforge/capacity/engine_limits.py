"""What an engine's arguments bound: the tokens of one step, and the requests at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.model.catalog import Engine

DEFAULT_BATCHED_TOKENS = 8192
"""Of `--chunked-prefill-size` in SGLang's server arguments, on GPUs of 80 GB and more."""

_BATCHED_TOKENS = ("--max-num-batched-tokens", "--chunked-prefill-size")
_REQUESTS = ("--max-num-seqs", "--max-running-requests")


def batched_tokens(engine: Engine) -> int:
    """Return the tokens that one step of prefill has at most."""
    return _number(engine, _BATCHED_TOKENS) or DEFAULT_BATCHED_TOKENS


def most_requests(engine: Engine) -> int | None:
    """Return how many requests the engine is told to run at once at most; None: as many as fit."""
    return _number(engine, _REQUESTS)


def _number(engine: Engine, flags: tuple[str, ...]) -> int | None:
    values = [one.value for one in engine.serve_arguments if one.flag in flags and one.value and one.value.isdigit()]
    return int(values[-1]) if values else None
