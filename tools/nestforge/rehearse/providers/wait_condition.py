"""ALIYUN::ROS::WaitCondition: waits for signals of hosts."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.network.signals import FAILURE, SUCCESS
from nestforge.rehearse.providers.properties import required, whole
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.rehearse.network.signals import Mailbox, Signal
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_LONGEST = 43200
"""Seconds, by the documentation."""

_MOST = 1000


@dataclass(frozen=True, slots=True)
class WaitConditionProvider:
    """Waits until `Count` successes are there, a failure is, or the time is over."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Wait. Raises ResourceFailed."""
        handle_id = required(wanted.properties, "Handle")
        mailbox = self.world.services.signals.mailboxes.get(handle_id)
        if mailbox is None:
            raise ResourceFailed(f"its Handle '{handle_id}' is no wait condition handle")
        required(wanted.properties, "Timeout")
        timeout = whole(wanted.properties, "Timeout", 0, 1, _LONGEST)
        count = whole(wanted.properties, "Count", 1, 0, _MOST)
        try:
            async with asyncio.timeout(timeout):
                await _enough(mailbox, count, wanted.tell)
        except TimeoutError:
            there = len(_of(mailbox, SUCCESS))
            raise ResourceFailed(f"{there} of {count} signals came within its Timeout of {timeout} s") from None
        return Made(f"wait-{secrets.token_hex(10)}", _attributes(mailbox))

    async def delete(self, resource: StackResource) -> None:
        """Do nothing: its handle has the signals."""


async def _enough(mailbox: Mailbox, count: int, tell: Callable[[str], None]) -> None:
    told: dict[str, Signal] = {}
    while True:
        mailbox.changed.clear()
        for signal_id, signal in mailbox.signals.items():
            if told.get(signal_id) is not signal:
                told[signal_id] = signal
                tell(f"signal {signal_id}: {signal.status} {signal.reason}".rstrip())
        failed = _of(mailbox, FAILURE)
        if failed:
            reasons = "; ".join(f"{signal.reason or signal.data or 'no reason given'}" for signal in failed.values())
            raise ResourceFailed(f"a host signals failure: {reasons}")
        if len(_of(mailbox, SUCCESS)) >= count:
            return
        await mailbox.changed.wait()


def _of(mailbox: Mailbox, status: str) -> dict[str, Signal]:
    return {signal_id: signal for signal_id, signal in mailbox.signals.items() if signal.status == status}


def _attributes(mailbox: Mailbox) -> dict[str, str]:
    """Return what came. The shapes are the documentation's: objects as JSON, by the ids of the signals."""
    data = {signal_id: signal.data for signal_id, signal in mailbox.signals.items()}
    last = list(data.values())[-1:]
    return {
        "Data": json.dumps(data, ensure_ascii=False),
        "LastData": last[0] if last else "",
        "ErrorData": "{}",
        "JoinedErrorData": "",
        "LastErrorData": "",
        "JoinedLastErrorData": "",
    }
