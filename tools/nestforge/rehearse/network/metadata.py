"""The metadata server of instances: http://100.100.100.200/latest/meta-data/ and what is beside it."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ADDRESS = "100.100.100.200"

_TOKEN, _SECONDS = "X-aliyun-ecs-metadata-token", "X-aliyun-ecs-metadata-token-ttl-seconds"
_LONGEST = 21600
"""Seconds that a token may live, says its documentation."""


class Metadata:
    """Answers the machines of one VPC. `facts_of` gives an instance's items by its address; None for a stranger.

    An item is a text, or a folder of items; `user-data` and `dynamic` are beside the folder `meta-data`.
    """

    def __init__(self, facts_of: Callable[[str], Mapping[str, object] | None]) -> None:
        self._facts_of = facts_of
        self._tokens: dict[str, tuple[str, float]] = {}

    def application(self) -> web.Application:
        """Return what answers."""
        app = web.Application()
        app.router.add_put("/latest/api/token", self._give_token)
        app.router.add_get("/{version:latest|2016-01-01}{path:/.*}", self._answer)
        return app

    async def _give_token(self, request: web.Request) -> web.Response:
        seconds = request.headers.get(_SECONDS, "")
        if not seconds.isdecimal() or not 1 <= int(seconds) <= _LONGEST:
            return web.Response(status=400, text=f"{_SECONDS} must be 1 to {_LONGEST}\n")
        token = secrets.token_urlsafe(32)
        self._tokens[token] = (request.remote or "", time.monotonic() + int(seconds))
        return web.Response(text=token)

    async def _answer(self, request: web.Request) -> web.Response:
        facts = self._facts_of(request.remote or "")
        if facts is None:
            return web.Response(status=404)
        if (token := request.headers.get(_TOKEN)) is not None:
            owner, until = self._tokens.get(token, ("", 0.0))
            if owner != request.remote or time.monotonic() > until:
                return web.Response(status=403, text="the token is not valid\n")
        found: object = facts
        for name in filter(None, request.match_info["path"].split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            return web.Response(status=404)
        if isinstance(found, dict):
            return web.Response(text="\n".join(f"{n}/" if isinstance(v, dict) else n for n, v in found.items()))
        return web.Response(text=str(found))


def identity_document(items: Mapping[str, str]) -> str:
    """Return the instance's identity as dynamic/instance-identity/document has it."""
    return json.dumps(dict(items))
