"""What a page computes the fit of the GPU memory from, while somebody fills in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.coefficients import coefficients
from nestforge.capacity.engine_limits import most_requests
from nestforge.capacity.fit import memory_of
from nestforge.capacity.layout import layout_on

if TYPE_CHECKING:
    from nestforge.model.project import Project

PARAMETERS = {"context": "MaxModelLen", "share": "GpuMemoryUtilization"}
"""The parameters of our templates that the fit depends on besides model, engine and instance type."""


def capacity_data(project: Project) -> dict[str, object]:
    """Return the coefficients of every choice that the service offers; models without an architecture have none."""
    catalog, nodes = project.catalog, project.service.cluster.nodes
    cases: list[dict[str, object]] = []
    for model in catalog.models:
        if model.architecture is None:
            continue
        for engine in catalog.engines:
            for instance in catalog.instances:
                layout = layout_on(engine.engine, nodes * instance.gpus)
                memory = memory_of(model.architecture, engine.engine, catalog.machine, layout)
                cases.append(
                    {
                        "model": model.id,
                        "engine": engine.id,
                        "instance": instance.id,
                        "tensor": layout.tensor,
                        "pipeline": layout.pipeline,
                        "requests": most_requests(engine.engine),
                        "limit": model.context.limit,
                        **coefficients(memory),
                    }
                )
    return {"parameters": PARAMETERS, "cases": cases}
