"""The load probe and the look at the memory, from a place that is this process's own host."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from tests.unit.rehearse.local import Here

from nestforge.rehearse.engine.load import NoMeasurement, measure_load, read_load
from nestforge.rehearse.engine.memory import memory_by_process
from nestforge.rehearse.engine.memory_program import name_of
from nestforge.rehearse.host import Finished

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def chunk(**more: object) -> bytes:
    return f"data: {json.dumps({'choices': [], **more})}\n\n".encode()


def served(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]], measure: Callable[[str], Awaitable[object]]
) -> object:
    """Return what is measured of an API at its address."""

    async def serve() -> object:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        try:
            return await measure(f"http://127.0.0.1:{port}")
        finally:
            await runner.cleanup()

    return asyncio.run(serve())


def test_each_number_of_clients_is_measured_for_itself() -> None:
    keys, most, now = set(), 0, 0

    async def chat(request: web.Request) -> web.StreamResponse:
        nonlocal most, now
        keys.add(request.headers["Authorization"])
        asked = await request.json()
        assert asked["model"] == "a/b"
        now += 1
        most = max(most, now)
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(chunk(choices=[{"delta": {"content": "x"}}]))
        await asyncio.sleep(0.02)  # so that requests of several clients are there at once
        await response.write(chunk(usage={"completion_tokens": 3}) + b"data: [DONE]\n\n")
        now -= 1
        return response

    found = served(chat, lambda url: measure_load(Here(), url, "a/b", "the key", clients=(1, 3), seconds=0.5))
    assert isinstance(found, list)
    one, three = found
    assert keys == {"Bearer the key"}
    assert most == 3
    assert (one.clients, three.clients) == (1, 3)
    assert one.requests >= 1
    assert one.output_tokens == 3 * one.requests
    assert 0 < one.first_token_median < one.whole_median
    assert one.requests_per_second == one.requests / one.seconds
    assert not one.failures


def test_a_refusal_is_a_failure_and_no_request() -> None:
    async def chat(_: web.Request) -> web.StreamResponse:
        return web.Response(status=401)

    found = served(chat, lambda url: measure_load(Here(), url, "a/b", "wrong", clients=(2,), seconds=5))
    assert isinstance(found, list)
    (load,) = found
    assert load.requests == 0
    assert load.failures == ("ValueError: HTTP/1.1 401 Unauthorized",) * 2


def test_a_stream_without_tokens_is_a_failure() -> None:
    async def chat(request: web.Request) -> web.StreamResponse:
        return web.Response(text="data: [DONE]\n\n")

    found = served(chat, lambda url: measure_load(Here(), url, "a/b", "k", clients=(1,), seconds=5))
    assert isinstance(found, list)
    assert found[0].failures == ("ValueError: a stream without tokens",)


def test_a_place_without_the_program_is_told() -> None:
    class Nowhere(Here):
        async def run(self, command: list[str], **_: object) -> Finished:
            return Finished(127, "", "python3: not found", 0.0)

    with pytest.raises(NoMeasurement, match="python3: not found"):
        asyncio.run(measure_load(Nowhere(), "http://127.0.0.1:1", "a/b", "k"))


def test_the_percentiles_are_of_all_requests() -> None:
    printed = json.dumps(
        {"seconds": 2.0, "first": [0.1, 0.3, 0.2], "whole": [1.0, 3.0, 2.0], "tokens": 8, "failures": []}
    )
    load = read_load(4, printed)
    assert (load.first_token_median, load.whole_median) == (0.2, 2.0)
    assert load.first_token_p95 == pytest.approx(0.29)
    assert (load.requests_per_second, load.tokens_per_second) == (1.5, 4.0)


def test_the_memory_of_every_process_is_told() -> None:
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        found = asyncio.run(memory_by_process(Here()))
        sleeper.kill()
    mine = next(one for one in found if one.pid == sleeper.pid)
    assert mine.name == "sleep"
    assert 0 < mine.share <= mine.resident
    assert 0 <= mine.worked < 60
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["/usr/sbin/nginx", "-g", "daemon off;"], "nginx"),
        (["nginx: worker process"], "nginx"),
        (["/opt/bin/python3.11", "-m", "vllm.cli", "serve"], "vllm.cli"),
        (["python3", "-u", "/a/log_monitor.py", "--x"], "log_monitor.py"),
        (["python", "-c", "import secrets"], "python -c"),
        (["ray::RayWorkerProc.run"], "ray::RayWorkerProc.run"),
        (["python3"], "python3"),
    ],
)
def test_a_process_is_called_after_what_it_runs(words: list[str], name: str) -> None:
    assert name_of(words) == name
