"""A sandbox that answers at a socket, for as long as somebody has it open."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator

    from nestforge.sandbox.server import Sandbox

LONGEST_REQUEST_LINE = 8 * 1024 * 1024
"""Bytes. A request's parameters stand in its first line, DeployMetadata among them."""


@asynccontextmanager
async def serving(sandbox: Sandbox, listener: socket.socket, *, patience: float = 1.0) -> AsyncIterator[web.AppRunner]:
    """Answer at the listener; at the end, requests that are under way have `patience` seconds to finish."""
    runner = web.AppRunner(
        sandbox.application(),
        access_log=None,
        max_line_size=LONGEST_REQUEST_LINE,
        max_field_size=LONGEST_REQUEST_LINE,
        shutdown_timeout=patience,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield runner
    finally:
        await runner.cleanup()
        await asyncio.sleep(0)  # what was closed is given back in the loop's next turn
        sandbox.store.close()
