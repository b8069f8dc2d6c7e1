"""The HTTP side: one loopback port for the RPC APIs, OSS, and a page to look at."""

from __future__ import annotations

import asyncio
import re
import secrets
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from aiohttp import web

from nestforge.sandbox import gateway, object_storage
from nestforge.sandbox.console.routes import Console
from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.faults import refusal_of, take_fault
from nestforge.sandbox.gateway import RpcRequest
from nestforge.sandbox.oss_signature import OssRequest
from nestforge.sandbox.paper.table import ON_PAPER
from nestforge.sandbox.stacks.engine import StackEngine
from nestforge.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from aiohttp.typedefs import Handler

    from nestforge.sandbox.faults import Fault
    from nestforge.sandbox.stacks.provider import Providers

LARGEST_BODY = 1024 * 1024 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_BUCKET_HOST = re.compile(r"(?P<bucket>[a-z0-9-]+)\.(?:oss-[a-z0-9-]+\.aliyuncs\.com|127\.0\.0\.1|localhost)")


class Sandbox:
    """The emulator over one state folder. `application` can be served by anything that runs aiohttp."""

    def __init__(
        self,
        state_dir: Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        providers: Providers = ON_PAPER,
        timer: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.store = Store(state_dir)
        self.clock = clock
        self.engine = StackEngine(self.store, providers, clock, timer)
        self.console = Console(self.store, self.engine, clock)

    def application(self) -> web.Application:
        """Return the server's routes."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._by_host])
        app.cleanup_ctx.append(self._working)
        app.router.add_get("/health", _health)
        app.router.add_get("/", self._page)
        app.router.add_post("/", self._rpc)
        app.router.add_get("/service/instance/create/{region}", self.console.order)
        self.console.add_to(app)
        app.router.add_route("*", "/{bucket}/{key:.+}", self._object_by_path)
        return app

    def internal_storage(self) -> web.Application:
        """Return what a deployment's hosts reach of the sandbox: objects, by their addresses within the cloud."""
        app = web.Application()
        app.router.add_get("/{key:.+}", self._delivered)
        return app

    async def _working(self, _: web.Application) -> AsyncIterator[None]:
        """Work on stacks for as long as the server answers."""
        self.engine.resume()
        yield
        await self.engine.close()

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if "x-acs-action" in request.headers:  # the SDK sends a few operations with GET, ListServiceUsages for one
            return await self._rpc(request)
        return await self.console.page(request)

    @web.middleware
    async def _by_host(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Send `<bucket>.<host>` to the bucket; refuse names that a page elsewhere could point at the sandbox."""
        host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
        if host in _LOOPBACK:
            return await handler(request)
        if found := _BUCKET_HOST.fullmatch(host):
            return await self._object(request, found["bucket"], unquote(_target(request)[0]).lstrip("/"))
        return web.Response(status=421, text="the sandbox answers to loopback names only\n")

    async def _delivered(self, request: web.Request) -> web.StreamResponse:
        host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
        found = _BUCKET_HOST.fullmatch(host)
        return await self._object(request, found["bucket"] if found else host, unquote(_target(request)[0]).lstrip("/"))

    async def _rpc(self, request: web.Request) -> web.StreamResponse:
        path, query = _target(request)
        asked = RpcRequest(request.method, path, query, _headers(request), await request.read())
        fault = await self._meet_fault(asked.action)
        if fault is not None and fault.kind == "drop":
            return _cut(request)
        refusal = refusal_of(fault)
        status, reply = gateway.answer(self.store, self.engine, asked, self.clock(), refusal)
        if fault is not None and fault.kind == "lose-reply":
            return _cut(request)
        # The header by which the SDK knows that it is being throttled, and for how many milliseconds.
        throttled = {"x-acs-retry-after": "1000"} if fault is not None and fault.kind == "throttle" else {}
        return web.json_response(reply, status=status, headers=throttled)

    async def _object_by_path(self, request: web.Request) -> web.StreamResponse:
        bucket, _, key = unquote(_target(request)[0]).lstrip("/").partition("/")
        return await self._object(request, bucket, key)

    async def _object(self, request: web.Request, bucket: str, key: str) -> web.StreamResponse:
        asked = OssRequest(request.method, bucket, key, _target(request)[1], _headers(request))
        body = await request.read()
        fault = await self._meet_fault(object_storage.ACTIONS.get(request.method, ""))
        if fault is not None and fault.kind == "drop":
            return _cut(request)
        result = object_storage.answer(self.store, asked, body, self.clock(), refusal_of(fault))
        if fault is not None and fault.kind == "lose-reply":
            return _cut(request)
        request_id = secrets.token_hex(12).upper()
        answered = {"x-oss-request-id": request_id, **_INERT}
        if isinstance(result, ApiError):
            text = object_storage.error_document(result, request_id)
            return web.Response(status=result.status, text=text, content_type="application/xml", headers=answered)
        answered["ETag"] = object_storage.entity_tag(result)
        if request.method == "PUT":
            return web.Response(headers=answered)
        return web.Response(body=result.content, headers={**answered, "Content-Type": result.content_type})

    async def _meet_fault(self, action: str) -> Fault | None:
        try:
            with self.store.transaction():
                fault = take_fault(self.store, action)
        except sqlite3.Error:  # what comes after this meets the same error, and says so in its own form
            return None
        if fault is not None and fault.seconds:
            await asyncio.sleep(fault.seconds)
        return fault


# An object is at the console's own address: whatever it is, it must not run as if it were the console.
_INERT = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


async def _health(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


def _headers(request: web.Request) -> dict[str, str]:
    return {name.lower(): _readable(value) for name, value in request.headers.items()}


def _target(request: web.Request) -> tuple[str, str]:
    """Return path and query as they stand in the request line: signatures are about these very characters."""
    parts = urlsplit(_readable(request.raw_path))
    return parts.path, parts.query


def _readable(text: str) -> str:
    """Replace bytes that are not UTF-8; the signature does not fit what comes of it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _cut(request: web.Request) -> web.Response:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
