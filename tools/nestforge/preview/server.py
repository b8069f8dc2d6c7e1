"""Serve the page on this machine, and tell it when its files have changed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiohttp.typedefs import Handler

    from nestforge.preview.build_page import Preview

ADDRESS = "127.0.0.1"
_OWN_NAMES = ("127.0.0.1", "localhost", "::1")
_PAUSE = 0.3
_QUIET = 15
"""Seconds after which a line without meaning is sent: whether the page is still there shows only then."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True)
class Event:
    """What pages are told: that there is another page, or what keeps it from being made."""

    name: str
    data: str

    def __bytes__(self) -> bytes:
        """The event as it is sent; JSON without line breaks and versions are one line each."""
        return f"event: {self.name}\ndata: {self.data}\n\n".encode()


class PreviewServer:
    """Holds the last good page. `make` makes one, `look` returns something else after every change of a file."""

    def __init__(self, make: Callable[[str], Preview], look: Callable[[], object]) -> None:
        self._make = make
        self._look = look
        self._run = secrets.token_hex(4)
        self._count = 0
        self._shown: Preview | None = None
        self._event = Event("page", "")
        self._changed = asyncio.Condition()

    def application(self) -> web.Application:
        """Return the server's routes."""
        app = web.Application(middlewares=[_from_this_machine])
        app.router.add_get("/", self._page)
        app.router.add_get("/events", self._events)
        app.cleanup_ctx.append(self._watched)
        return app

    async def _watched(self, app: web.Application) -> AsyncIterator[None]:
        seen = await asyncio.to_thread(self._look)
        await self._remake()
        watching = asyncio.create_task(self._watch(seen))
        yield
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self, seen: object) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            now = await asyncio.to_thread(self._look)
            if now != seen:
                seen = now
                await self._remake()

    async def _remake(self) -> None:
        """Make the page anew; one that shows nothing does not take the place of one that does."""
        self._count += 1
        version = f"{self._run}-{self._count}"
        made = await asyncio.to_thread(self._make, version)
        async with self._changed:
            if made.editions or self._shown is None or not self._shown.editions:
                self._shown = made
                self._event = Event("page", version)
            else:
                self._event = Event("faulty", json.dumps(made.findings, ensure_ascii=True))
            self._changed.notify_all()

    async def _page(self, request: web.Request) -> web.Response:
        assert self._shown is not None, "the first page is made before the server answers"
        return web.Response(text=self._shown.html, content_type="text/html", headers=_HEADERS)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):  # the page is gone
            await self._tell(response)
        return response

    async def _tell(self, response: web.StreamResponse) -> None:
        told: Event | None = None

        def is_news() -> bool:
            return told is not self._event

        while True:
            if is_news():
                told = self._event
                await response.write(bytes(told))
            try:
                async with self._changed, asyncio.timeout(_QUIET):
                    await self._changed.wait_for(is_news)
            except TimeoutError:
                await response.write(b":\n\n")


@web.middleware
async def _from_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    if host not in _OWN_NAMES:
        return web.Response(status=421, text="the preview answers to loopback names only\n")
    return await handler(request)


async def serve(server: PreviewServer, port: int, ready: Callable[[int], None]) -> None:
    """Answer on the loopback address until the task is cancelled; `ready` is told the port. 0 takes a free one."""
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, ADDRESS, port)
        await site.start()
        ready(runner.addresses[0][1])
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
