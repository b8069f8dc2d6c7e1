"""Measure the engine between two namespaces: time to ready, chats, load, processes, and the differences used."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checks.engine_pair.pair import ADDRESSES, Pair
from nestforge.assemble.inputs import inputs_hash
from nestforge.assemble.pipeline import assemble
from nestforge.rehearse.engine.built_image import CONFIG
from nestforge.rehearse.engine.environment import find_environment
from nestforge.rehearse.engine.load import measure_load
from nestforge.rehearse.engine.memory import memory_by_process
from nestforge.rehearse.engine.records import recorded, told
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
MIB = 1 << 20
_SMALL = 20 * MIB


def main(arguments: Sequence[str]) -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m checks.engine_pair", description=__doc__)
    parser.add_argument("--engine", help="as in service.yaml; the first is taken otherwise")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each load")
    given = parser.parse_args(arguments)
    asyncio.run(measure(given.engine, given.seconds))
    return 0


async def measure(engine: str | None, seconds: float) -> None:
    """Start the pair, measure, and remove it."""
    project = load_project(ROOT)
    offered = next(one for one in project.catalog.engines if engine in (None, one.id))
    config = assemble(project, inputs_hash(str(ROOT))).files[CONFIG]
    async with Pair(project, find_environment(ROOT), offered, config) as pair:
        pair.start("master")
        print(f"{offered.label}: the head can be joined after {await pair.until_head():.1f} s", flush=True)
        pair.start("worker")
        print(f"the API answers {await pair.until_healthy():.1f} s after the start of the worker", flush=True)
        for host in pair.hosts.values():
            worked = sum(one.worked for one in await memory_by_process(host))
            print(f"{host.name}: {worked:.0f} seconds of a processor until then", flush=True)
        await _chats(pair)
        for load in await measure_load(pair.serving, pair.api, pair.model.id, "none", seconds=seconds):
            print(
                f"{load.clients:2} clients: {load.requests_per_second:5.1f} requests/s, {load.tokens_per_second:6.1f} "
                f"tokens/s, first token after {load.first_token_median:.3f} s (median), {load.first_token_p95:.3f} s "
                f"(p95), {len(load.failures)} failures",
                flush=True,
            )
        for host in pair.hosts.values():
            processes = await memory_by_process(host)
            total = sum(one.share for one in processes) / MIB
            print(f"{host.name}: {total:,.0f} MiB in {len(processes)} processes, of them above {_SMALL // MIB}:")
            for one in processes:
                if one.share > _SMALL:
                    sizes = f"{one.share / MIB:6,.0f} MiB, {one.resident / MIB:5,.0f} resident"
                    print(f"  {sizes}, {one.worked:4.0f} s of a processor: {one.name}")
        for role in ADDRESSES:
            for use in dict.fromkeys(one.use for one in recorded(pair.hosts[role].root)):
                print(f"{role}: {use.program}: {told(use)}: {use.reason}")


async def _chats(pair: Pair) -> None:
    for tokens in (8, 8):
        asked = {
            "model": pair.model.id,
            "max_tokens": tokens,
            "messages": [{"role": "user", "content": "Say hello."}],
        }
        command = ["curl", "-fsS", "-m", "120", f"{pair.api}/v1/chat/completions"]
        command += ["-H", "Content-Type: application/json", "-d", json.dumps(asked)]
        done = await pair.serving.run(command, timeout=150)
        if done.returncode:
            raise SystemExit(f"the chat failed: {done.stderr}")
        answered = json.loads(done.stdout)["usage"]["completion_tokens"]
        print(f"a chat of {answered} tokens: {done.seconds:.2f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
