"""R7005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7005")
def missing_script(package: Package) -> Iterator[Finding]:
    """An engine is offered, and the script that starts it on a node is not there.

    Bad:  offer.engines: [vllm-0.8.2], and no scripts/vllm/worker.sh
    Good: offer.engines: [vllm-0.8.2], scripts/vllm/master.sh and scripts/vllm/worker.sh
    """
    project = package.build.project
    for engine in dict.fromkeys(offered.engine.id for offered in project.catalog.engines):
        for role in ("master", "worker"):
            path = f"scripts/{engine}/{role}.sh"
            if path not in project.files:
                help = did_you_mean(path, project.files) or f"write it, or take '{engine}' out of the offer"
                yield Finding(Span("service/service.yaml", 1), f"there is no file '{path}'", help, engine)
