"""Rehearse several deployments one after another, and report them."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nestforge.rehearse.engine import differences
from nestforge.rehearse.namespaces.confinement import NOT_CONFINED
from nestforge.rehearse.one import Job, rehearse_one
from nestforge.rehearse.report.estimate import estimate
from nestforge.rehearse.report.report import HOSTS, Report
from nestforge.rehearse.result import DEPLOYED
from nestforge.sandbox.account import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.model.rehearsal import PlannedFault, RehearsalPlan
    from nestforge.publish.deploy import Event
    from nestforge.publish.desired import Desired
    from nestforge.rehearse.combinations import Combination
    from nestforge.rehearse.result import Rehearsed
    from nestforge.rehearse.stage import LocalStage

NOT_PROVEN = (*differences.NOT_PROVEN, "how long ECS takes to create hosts, and whether it has any in stock")
"""What no rehearsal of this kind shows."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is to be rehearsed.

    `package_hash` is the sha256 of the package's manifest; `selection` says in words which combinations were taken.
    `deployments` are rehearsed one after the other, some with a fault.
    `loading` gives the seconds that a deployment's model is read from the real disk, by the combination.
    """

    package: Desired
    package_hash: str
    version: str
    region: str
    plan: RehearsalPlan
    selection: str
    deployments: tuple[tuple[Combination, PlannedFault | None], ...]
    folder: Path
    loading: Callable[[Combination], float]

    def new_folder(self, number: int) -> Path:
        """Make the folder of a deployment; a world goes by its name, and is found by it when nobody removed it."""
        folder = self.folder.with_name(f"{self.folder.name}-{number}")
        folder.mkdir(parents=True)
        return folder


@dataclass(frozen=True, slots=True)
class Telling:
    """Who hears of it: of the console's address and each deployment that begins, of its events, of how it ended."""

    begins: Callable[[str, Combination, PlannedFault | None], None]
    event: Callable[[Event], None]
    ended: Callable[[Rehearsed], None]


async def rehearse(rehearsal: Rehearsal, stage: LocalStage, telling: Telling) -> Report:
    """Rehearse one combination after the other, and return the report."""
    began, start = datetime.now(UTC), time.monotonic()
    done, estimates, port = [], {}, 0
    for number, (combination, fault) in enumerate(rehearsal.deployments):
        with socket.create_server((ADDRESS, port)) as listener:
            port = listener.getsockname()[1]  # the console keeps its address from one deployment to the next
            telling.begins(f"http://{ADDRESS}:{port}/", combination, fault)
            folder = rehearsal.new_folder(number)
            job = Job(rehearsal.package, rehearsal.region, rehearsal.plan, combination, folder, fault)
            rehearsed = await rehearse_one(job, stage, listener, telling.event)
        done.append(rehearsed)
        if rehearsed.status == DEPLOYED:
            promised = rehearsal.plan.promised_minutes * 60
            estimates[rehearsed.name] = estimate(rehearsed, rehearsal.loading(combination), promised)
        telling.ended(rehearsed)
    return Report(
        package=rehearsal.package_hash,
        service=rehearsal.package.identity,
        version=rehearsal.version,
        tier=HOSTS,
        selection=rehearsal.selection,
        began=began.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=time.monotonic() - start,
        rehearsed=tuple(done),
        differences=tuple(stage.differences),
        not_confined=NOT_CONFINED,
        not_proven=NOT_PROVEN,
        estimates=estimates,
    )
