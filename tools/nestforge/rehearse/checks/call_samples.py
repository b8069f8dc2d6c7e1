"""The API call samples of the outputs, run as they were pasted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Deployment

LIMIT = 240.0
"""Seconds for all the commands of a sample: on a CPU, the first answers of an engine take long."""


async def call_samples(deployment: Deployment) -> list[Observation]:
    """API call samples, pasted into a shell."""
    found = []
    for sample in deployment.plan.samples:
        text = deployment.outputs.get(sample.output)
        if text is None:
            continue  # the output's condition is false; `outputs` looks at that
        done = await deployment.sides[sample.side].run(["bash"], input=str(text), timeout=LIMIT)
        what = f"{sample.output}, from {deployment.sides[sample.side].name}"
        problem = problem_of(str(text), done.returncode, done.stdout)
        if problem:
            said = deployment.masked(f"{problem}: {(done.stderr or done.stdout).strip()[-300:]}")
            found.append(Observation(what, "an answer of the model", said, holds=False))
        else:
            found.append(Observation(what, "an answer of the model", f"answered in {done.seconds:.1f} s", holds=True))
    return found


def problem_of(sample: str, returncode: int, printed: str) -> str:
    """Return what is wrong with what a sample printed; nothing where the model answered.

    A model of random weights may answer with tokens that have no text, so tokens are counted and not letters.
    Each command of a sample that calls curl must have its answer: one that is whole, or one that is streamed.
    """
    if returncode:
        return f"ended with {returncode}"
    calls = sample.count("curl ")
    if not calls:
        return "" if printed else "printed nothing"
    whole = [answer for answer in map(_json, _whole_answers(printed)) if isinstance(answer, dict)]
    answered = sum(_tokens(answer) > 0 for answer in whole)
    streams = printed.count("data: [DONE]")
    chunks = [_json(line.partition("data: ")[2]) for line in printed.splitlines() if "data: {" in line]
    if streams and not any(isinstance(chunk, dict) and chunk.get("choices") for chunk in chunks):
        return "a stream ended without a chunk"
    if answered + streams < calls:
        return f"{answered + streams} of {calls} calls were answered"
    return ""


def _whole_answers(printed: str) -> list[str]:
    """Return what may be a JSON answer: curl prints it without a new line, and the stream follows at once."""
    return [line.partition("data: ")[0] for line in printed.splitlines() if line.startswith("{")]


def _json(text: str) -> object:
    try:
        found: object = json.loads(text)
    except ValueError:
        return None
    return found


def _tokens(answer: dict[str, object]) -> int:
    usage = answer.get("usage")
    tokens = usage.get("completion_tokens") if isinstance(usage, dict) else None
    return tokens if isinstance(tokens, int) else 0
