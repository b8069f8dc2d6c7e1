"""R4043."""

from __future__ import annotations

from math import ceil

from nestforge.capacity.longest_context import too_long
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.capacity.longest_context import TooLong
    from nestforge.model.build import Build


@rule("R4043", severity="warning")
def context_that_does_not_fit(build: Build) -> Iterator[Finding]:
    """The form lets a buyer ask for a longer context than the GPUs have memory for.

    The engine loads its weights for half an hour and then refuses to start. The longest context that the form offers
    must fit at the least share of GPU memory that it offers, for each model, engine and instance type: a buyer may
    combine them. `nestforge capacity` shows the arithmetic; part of the reserve in it is assumed.

    Bad:  limit: 1048576, with a least share of 0.65
    Good: limit: 163840, with a least share of 0.65
    """
    project = build.project
    found = too_long(project.service, project.catalog)
    if found is None:
        return
    lowest = min(project.catalog.models, key=lambda model: model.context.limit)
    message = (
        f"MaxModelLen goes up to {found.offered}, but at GpuMemoryUtilization {found.share:g} the GPUs of "
        f"{found.instance.id} hold {found.held} tokens with {found.engine.label} and {found.model.name}"
    )
    yield Finding(project.span("model", lowest.id, "context", "limit"), message, _help(found))


def _help(found: TooLong) -> str:
    lower = f"lower the limit to {found.held}" if found.held else "offer another instance type"
    if found.share_needed is None:
        return lower
    return f"{lower}, or raise cluster.gpu_memory_utilization.minimum to {ceil(found.share_needed * 100) / 100:g}"
