"""Signals that hosts send to wait conditions, at the address that the cloud's internal network has for it."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import web

ADDRESS = "100.100.100.110"
"""ROS's within the cloud, as the commands of its handles have it."""

_LARGEST = 64 * 1024
SUCCESS, FAILURE = "SUCCESS", "FAILURE"


@dataclass(frozen=True, slots=True)
class Signal:
    """What a host said. `status` is SUCCESS or FAILURE."""

    status: str
    reason: str
    data: str


@dataclass(slots=True)
class Mailbox:
    """The signals of one handle, by their ids: a second one of the same id takes the first one's place."""

    signals: dict[str, Signal] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Signals:
    """All mailboxes, by the ids of their handles."""

    def __init__(self) -> None:
        self.mailboxes: dict[str, Mailbox] = {}
        self._by_signature: dict[str, Mailbox] = {}

    def open(self, handle_id: str) -> str:
        """Make a mailbox; return the signature that its senders show."""
        signature = secrets.token_hex(20)
        self.mailboxes[handle_id] = self._by_signature[signature] = Mailbox()
        return signature

    def close(self, handle_id: str) -> None:
        """Take no more signals for a handle."""
        closed = self.mailboxes.pop(handle_id, None)
        self._by_signature = {key: box for key, box in self._by_signature.items() if box is not closed}

    def application(self) -> web.Application:
        """Return what answers the hosts."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_post("/waitcondition", self._take)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        """Take a signal. The answers' texts are [assumed]: ROS's documentation shows none."""
        mailbox = self._by_signature.get(request.query.get("signature", ""))
        if mailbox is None:
            return web.json_response({"message": "The signature does not belong to a wait condition."}, status=403)
        try:
            said = json.loads(await request.text() or "{}")
        except ValueError:
            return web.json_response({"message": "The body is not JSON."}, status=400)
        # Surrounding blanks are ROS's own: its documentation's examples have them.
        status = str(said.get("status", SUCCESS)).strip().upper() if isinstance(said, dict) else ""
        if status not in (SUCCESS, FAILURE):
            return web.json_response({"message": "The status is neither SUCCESS nor FAILURE."}, status=400)
        signal_id = str(said.get("id") or len(mailbox.signals) + 1)
        mailbox.signals[signal_id] = Signal(status, str(said.get("reason", "")), _text(said.get("data", "")))
        mailbox.changed.set()
        return web.json_response({})


def _text(data: object) -> str:
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
