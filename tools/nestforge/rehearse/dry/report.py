"""A dry rehearsal of each chosen deployment, reported like one on hosts."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.dry.dry_run import dry_run
from nestforge.rehearse.one import Job, fresh_password
from nestforge.rehearse.report.report import DRY, Report
from nestforge.rehearse.result import DEPLOYED, FAILED, Checked, Rehearsed, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.model.catalog import Catalog
    from nestforge.rehearse.combinations import Combination
    from nestforge.rehearse.dry.result import DryResult
    from nestforge.rehearse.run import Rehearsal

_NOBODY = "198.51.100.10/32"
"""An address of documents (RFC 5737) for the internet's side: no packet is filtered here."""


def rehearse_dry(rehearsal: Rehearsal, package: Path, catalog: Catalog, tell: Callable[[str], None]) -> Report:
    """Return the report; `tell` hears the name of each deployment and of each resource as it begins."""
    began, start = datetime.now(UTC), time.monotonic()
    done = []
    not_proven: dict[str, None] = {}
    for number, (combination, _) in enumerate(rehearsal.deployments):
        tell(combination.name)
        known = {"$password": fresh_password(), "$internet": _NOBODY}
        folder = rehearsal.new_folder(number)
        given = Job(rehearsal.package, rehearsal.region, rehearsal.plan, combination, folder).values(known)
        begun = time.monotonic()
        result = dry_run(
            package, rehearsal.package, catalog, given, rehearsal.region, folder, lambda name: tell(f"  {name}")
        )
        done.append(_rehearsed(combination, result, time.monotonic() - begun))
        not_proven |= dict.fromkeys(result.not_proven)
    return Report(
        package=rehearsal.package_hash,
        service=rehearsal.package.identity,
        version=rehearsal.version,
        tier=DRY,
        selection=rehearsal.selection,
        began=began.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=time.monotonic() - start,
        rehearsed=tuple(done),
        differences=(),
        not_confined=(),
        not_proven=tuple(not_proven),
        estimates={},
    )


def _rehearsed(combination: Combination, result: DryResult, seconds: float) -> Rehearsed:
    steps, begun = [], 0.0
    for ran in result.ran:
        status = "CREATE_FAILED" if ran.returncode else "CREATE_COMPLETE"
        reason = f"exit {ran.returncode}: {ran.output.strip()[-600:]}" if ran.returncode else ""
        steps.append(Step(ran.resource, "ALIYUN::ECS::RunCommand", begun, ran.seconds, status, reason))
        begun += ran.seconds
    seen = [
        Observation(f"{ran.resource} on {ran.node}", "exit 0", f"exit {ran.returncode}", ran.returncode == 0)
        for ran in result.ran
    ]
    scripts = Checked("scripts", "The template's commands run against stand-ins.", begun, tuple(seen), result.problem)
    status = DEPLOYED if result.passed else FAILED
    return Rehearsed(
        combination.name, combination.choices, status, result.problem, seconds, tuple(steps), (scripts,), ()
    )
