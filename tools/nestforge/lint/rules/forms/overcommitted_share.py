"""R4044."""

from __future__ import annotations

from nestforge.capacity.overcommitted_share import overcommitted
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_GIB = 2**30


@rule("R4044", severity="warning")
def overcommitted_share(build: Build) -> Iterator[Finding]:
    """The form offers a share of GPU memory beside which an engine has no room for what else it needs.

    SGLang's share is for weights and cache; its activations, CUDA graphs and buffers stand beside it. Where they do
    not fit, the engine runs out of memory while it starts, or under load. `nestforge capacity` shows the arithmetic;
    part of the reserve in it is assumed.

    Bad:  maximum_share: 0.95
    Good: maximum_share: 0.89
    """
    project = build.project
    for found in overcommitted(project.service, project.catalog):
        message = (
            f"GpuMemoryUtilization goes up to {found.share:g} with {found.engine.label}: beside that are "
            f"{found.beside / _GIB:.1f} GiB of a GPU, and it may need {found.reserve / _GIB:.1f}"
        )
        span = project.span("engine", found.engine.id, "memory", "maximum_share")
        yield Finding(span, message, f"write `maximum_share: {found.safe_share:g}`")
