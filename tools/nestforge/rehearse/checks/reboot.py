"""The hosts are restarted, and the API comes back by itself."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.call_samples import problem_of
from nestforge.rehearse.checks.check import Observation

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Deployment

LIMIT = 600.0
"""Seconds until the API must be back."""

PAUSE = 3.0


async def reboot(deployment: Deployment) -> list[Observation]:
    """After a restart of both hosts, the API comes back."""
    begun = time.monotonic()
    await asyncio.gather(*(host.reboot() for host in deployment.hosts))
    side, sample = next(
        (each.side, str(deployment.outputs[each.output]))
        for each in deployment.plan.samples
        if each.output in deployment.outputs
    )
    problem = "nothing was asked"
    while time.monotonic() - begun < LIMIT:
        done = await deployment.sides[side].run(["bash"], input=sample, timeout=LIMIT)
        problem = problem_of(sample, done.returncode, done.stdout)
        if not problem:
            seconds = time.monotonic() - begun
            return [
                Observation("the API after a restart of both hosts", "answers", f"after {seconds:.0f} s", holds=True)
            ]
        await asyncio.sleep(PAUSE)
    got = f"not within {LIMIT:.0f} s: {problem}"
    return [Observation("the API after a restart of both hosts", "answers", got, holds=False)]
