"""The page and the chart of `nestforge capacity`, as the catalogs say now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.estimate import Question, estimate
from nestforge.cli.show_capacity import capacity_chart, capacity_text
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

REQUEST_TOKENS = 10_000

PAGE = """\
# What fits, and how fast it can be

Made by `make generate` from the catalogs; `nestforge capacity` prints it for other values. How each figure is computed,
and where the formula is from, stands in the docstrings of `tools/nestforge/capacity`.

![Requests at once by context length](capacity.svg)

```
{text}
```
"""


def capacity_page(root: Path) -> dict[Path, str]:
    """Return the two files of `docs/` by their paths."""
    project = load_project(root)
    cluster, catalog = project.service.cluster, project.catalog
    context = min(model.context.default for model in catalog.models)
    question = Question(cluster.nodes, cluster.gpu_memory_utilization.default, context, REQUEST_TOKENS)
    estimates = [
        answer
        for instance in catalog.instances
        for engine in catalog.engines
        for model in catalog.models
        if (answer := estimate(model, engine, catalog.machine, instance, question)) is not None
    ]
    return {
        root / "docs" / "capacity.md": PAGE.format(text=capacity_text(estimates, catalog, question)),
        root / "docs" / "capacity.svg": capacity_chart(estimates, catalog, question),
    }
