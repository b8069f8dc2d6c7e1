"""What `python3 -m sglang.launch_server` is in a container: one rank of the stand-in."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from aiohttp import web

from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.command_line import table_of
from nestforge.rehearse.engine.differences import STAND_IN, rows
from nestforge.rehearse.engine.gpus import gpus
from nestforge.rehearse.engine.mapping import Use
from nestforge.rehearse.engine.records import record
from nestforge.rehearse.engine.sglang.answers import Answers
from nestforge.rehearse.engine.sglang.api import application, health_only
from nestforge.rehearse.engine.sglang.settings import Refused, Settings, read_settings
from nestforge.rehearse.engine.sglang.world import Head, WorldBroken, join, take_part

if TYPE_CHECKING:
    from collections.abc import Sequence

KILLED = 137
"""As when SGLang kills its own processes because one of them failed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one rank until the world breaks."""
    pinned = inside.read_facts().pinned["sglang"]
    settings = read_settings(sys.argv[1:] if arguments is None else arguments, table_of("sglang", pinned))
    record([Use("sglang", row.what, pinned, STAND_IN, row.reason) for row in rows("sglang", STAND_IN)])
    found = gpus()
    if found < settings.gpus_of_node:
        raise Refused(f"CUDA error: invalid device ordinal: {found} GPUs, {settings.gpus_of_node} are needed")
    try:
        asyncio.run(_head(settings) if settings.rank == 0 else _other(settings))
    except WorldBroken as broken:
        print(f"[rehearsal] Received sigquit from a child process: {broken}", file=sys.stderr, flush=True)
    return KILLED


async def _head(settings: Settings) -> None:
    answers = Answers(settings.model_path)
    world = Head(settings)
    await world.meet()
    await _listen(application(settings, answers, world.step), settings)
    print("The server is fired up and ready to roll!", flush=True)
    await world.broken


async def _other(settings: Settings) -> None:
    head = await join(settings)
    await _listen(health_only(), settings)
    await take_part(head)


async def _listen(app: web.Application, settings: Settings) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()


if __name__ == "__main__":
    raise SystemExit(main())
