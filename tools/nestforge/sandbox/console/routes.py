"""The console's addresses: a page, what it shows as JSON, a stream that says when that changes, and two acts.

A page elsewhere can neither read from here (there are no CORS headers, and the server answers to loopback names
only) nor act: that takes a token which only the console's own page holds, in a header that no form can send.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from nestforge.sandbox.call import Call
from nestforge.sandbox.console.call_facts import call_list
from nestforge.sandbox.console.instance_facts import instance_list, instance_page
from nestforge.sandbox.console.order_page import order_page
from nestforge.sandbox.console.service_facts import service_list, service_page
from nestforge.sandbox.console.shell import shell
from nestforge.sandbox.console.stack_facts import stack_list, stack_page
from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.gateway import answer_console
from nestforge.sandbox.operations.table import ROS, USER
from nestforge.sandbox.parameters import Parameters
from nestforge.sandbox.sts import TIME

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nestforge.sandbox.stacks.engine import StackEngine
    from nestforge.sandbox.store import Store

TOKEN_HEADER = "X-Console-Token"
LARGEST_ORDER = 1024 * 1024
_LOOKS = 0.3
"""Seconds between looks at whether the state has changed, while somebody watches."""

_QUIET = 15.0
"""Seconds after which a line without meaning is sent: whether the page is still there shows only then."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ACTS = {
    "deploy": (USER, "CreateServiceInstance"),
    "estimate": (USER, "GetServiceEstimateCost"),
    "delete": (USER, "DeleteServiceInstances"),
    "delete-stack": (ROS, "DeleteStack"),
}


class Console:
    """The routes over one state. The token is this server's, until it ends."""

    def __init__(self, store: Store, engine: StackEngine, clock: Callable[[], datetime]) -> None:
        self.token = secrets.token_urlsafe(32)
        self._store = store
        self._engine = engine
        self._clock = clock
        self._ended = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get("/console/data/{what}", self._data)
        app.router.add_get("/console/changes", self._changes)
        app.router.add_post("/console/{act}", self._act)
        app.on_shutdown.append(self._end)

    async def page(self, _: web.Request) -> web.Response:
        """Answer the console's page."""
        html, policy = shell(self.token)
        headers = {**_HEADERS, "Content-Security-Policy": policy, "X-Frame-Options": "DENY"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def order(self, request: web.Request) -> web.Response:
        """Answer the page at the deployment link of a service."""
        asked = request.query
        try:
            html = order_page(self._call(), asked.get("ServiceId", ""), asked.get("ServiceVersion"), self.token)
        except ApiError as error:
            return web.Response(text=f"{error.message}\n", status=error.status, headers=_HEADERS)
        headers = {**_HEADERS, "Content-Security-Policy": "frame-ancestors 'none'", "X-Frame-Options": "DENY"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    def _call(self) -> Call:
        return Call(Parameters({}), self._store, self._clock().strftime(TIME), self._engine)

    async def _data(self, request: web.Request) -> web.Response:
        if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin", "none"):
            return _json({"Code": "Forbidden", "Message": "this is for the console's own page"}, 403)
        call = self._call()
        asked = request.query
        try:
            match request.match_info["what"]:
                case "services":
                    return _json(service_list(call))
                case "service":
                    return _json(service_page(call, asked.get("id", ""), asked.get("version")))
                case "instances":
                    return _json(instance_list(call))
                case "instance":
                    return _json(instance_page(call, asked.get("id", "")))
                case "stacks":
                    return _json(stack_list(call))
                case "stack":
                    return _json(stack_page(call, asked.get("id", "")))
                case "calls":
                    return _json(call_list(call))
                case _:
                    raise web.HTTPNotFound(text="there is no such page\n")
        except ApiError as error:
            return _json({"Code": error.code, "Message": error.message}, error.status)

    async def _act(self, request: web.Request) -> web.Response:
        operation = _ACTS.get(request.match_info["act"])
        if operation is None:
            raise web.HTTPNotFound(text="there is no such act\n")
        if why := self._forbidden(request):
            return _json({"Code": "Forbidden", "Message": why}, 403)
        try:
            order = json.loads(await request.content.read(LARGEST_ORDER))
        except (ValueError, RecursionError):
            order = None
        if not isinstance(order, dict) or not all(isinstance(value, str) for value in order.values()):
            return _json({"Code": "InvalidParameter", "Message": "expected a JSON object of texts"}, 400)
        status, reply = answer_console(self._store, self._engine, operation, order, self._clock())
        return _json(reply, status)

    def _forbidden(self, request: web.Request) -> str:
        """Return why a request may not change anything; empty where it may."""
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.headers['Host']}":
            return "the request comes from another page"
        if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin"):
            return "the request comes from another site"
        if request.content_type != "application/json":
            return "the request is not the console's"
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self.token.encode()):
            return "the request does not carry the console's token: load the page again"
        return ""

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Say whenever the state has changed, until the page is left."""
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        seen, quiet = None, 0.0
        while not self._ended.is_set():
            if (now := self._store.revision()) != seen:
                seen, quiet = now, 0.0
                await response.write(f"data: {now}\n\n".encode())
            elif quiet >= _QUIET:
                quiet = 0.0
                await response.write(b":\n\n")
            try:
                async with asyncio.timeout(_LOOKS):
                    await self._ended.wait()
            except TimeoutError:
                quiet += _LOOKS
        return response

    async def _end(self, _: web.Application) -> None:
        self._ended.set()


def _json(data: object, status: int = 200) -> web.Response:
    return web.json_response(data, status=status, headers=_HEADERS)
