"""What the console shows of the calls that were answered; secrets were masked before they were kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import LoggedCall

MOST = 200
LONGEST = 4_000
"""Characters of one value; a template has hundreds of thousands."""


def call_list(call: Call) -> list[dict[str, object]]:
    """Return the newest calls, the newest first."""
    return [_shown(one) for one in reversed(call.store.calls(MOST))]


def _shown(one: LoggedCall) -> dict[str, object]:
    return {
        "time": one.time,
        "action": one.action,
        "status": one.status,
        "refusal": one.refusal,
        "id": one.reply.get("RequestId", ""),
        "request": {name: _short(value) for name, value in one.request.items()},
        "reply": {name: _short(value) for name, value in one.reply.items()},
    }


def _short(value: object) -> object:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= LONGEST:
        return value
    return f"{text[:LONGEST]}… ({len(text) - LONGEST} more characters)"
