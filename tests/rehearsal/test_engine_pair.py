"""The real engine between two network namespaces; only where `make rehearse-engine` has installed it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, own_build

from checks.engine_pair.pair import Pair
from nestforge.model.catalog import Argument
from nestforge.model.dataclass import replace
from nestforge.rehearse.engine.built_image import CONFIG
from nestforge.rehearse.engine.environment import EngineMissing, find_environment
from nestforge.rehearse.engine.load import measure_load
from nestforge.rehearse.engine.memory import memory_by_process
from nestforge.rehearse.engine.records import recorded
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from nestforge.rehearse.engine.load import Load


def pair_of(kind: str) -> Pair:
    try:
        environment = find_environment(ROOT)
    except EngineMissing as missing:
        pytest.skip(f"{missing.message}; {missing.help}")
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "nsenter", "ip", "curl"))):
        pytest.skip("needs root, util-linux, iproute2 and curl for two network namespaces")
    project = load_project(ROOT)
    offered = next(one for one in project.catalog.engines if one.engine.id == kind)
    return Pair(project, environment, offered, own_build().files[CONFIG])


async def chat(pair: Pair) -> int:
    """Return how many tokens the model answered with."""
    asked = {"model": pair.model.id, "max_tokens": 4, "messages": [{"role": "user", "content": "Say hello."}]}
    command = ["curl", "-fsS", "-m", "120", f"{pair.api}/v1/chat/completions", "-H", "Content-Type: application/json"]
    done = await pair.serving.run([*command, "-d", json.dumps(asked)], timeout=150)
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)["usage"]["completion_tokens"])


def test_vllm_answers_from_two_hosts() -> None:
    async def go() -> tuple[int, list[Load], dict[str, set[str]]]:
        async with pair_of("vllm") as pair:
            pair.start("master")
            await pair.until_head()
            pair.start("worker")
            await pair.until_healthy()
            tokens = await chat(pair)
            loads = await measure_load(pair.serving, pair.api, pair.model.id, "none", clients=(2,), seconds=2)
            running = {name: {one.name for one in await memory_by_process(host)} for name, host in pair.hosts.items()}
            uses = {one.use.what for one in recorded(pair.serving.root)}
            assert {"--tensor-parallel-size", "$VLLM_USE_V1", "--enforce-eager"} <= uses
            return tokens, loads, running

    tokens, (load,), running = asyncio.run(go())
    assert tokens == 4
    assert load.requests > 0
    assert not load.failures
    assert all("ray::RayWorkerProc.run" in names for names in running.values()), "one process computes on each host"


def test_a_flag_that_the_pinned_ray_does_not_have_ends_the_container() -> None:
    async def go() -> str:
        async with pair_of("vllm") as pair:
            wrong = Argument("--no-such-flag")
            pair.engine = replace(pair.engine, engine=replace(pair.engine.engine, head_arguments=(wrong,)))
            pair.start("master")
            with pytest.raises(TimeoutError) as caught:
                await pair.until_head()
            return str(caught.value)

    assert "ray 2.43.0 has no flag '--no-such-flag'" in asyncio.run(go())


def test_sglang_meets_and_answers() -> None:
    async def go() -> int:
        async with pair_of("sglang") as pair:
            pair.start("master")
            await pair.until_head()
            pair.start("worker")
            await pair.until_healthy()
            return await chat(pair)

    assert asyncio.run(go()) == 4
