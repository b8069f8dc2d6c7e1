"""How a model is cut over the GPUs of the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.model.catalog import Parallelism

if TYPE_CHECKING:
    from nestforge.model.catalog import Engine


def layout_on(engine: Engine, gpus: int) -> Parallelism:
    """Return the engine's layout on so many GPUs in all: as many stages as its catalog says, or one a GPU."""
    pipeline = min(engine.parallelism.pipeline, gpus)
    return Parallelism(gpus // pipeline, pipeline)


def stages(layers: int, pipeline: int) -> list[range]:
    """Return the layers of each stage.

    Source: vLLM, `get_pp_indices` in vllm/distributed/utils.py: layers that are left over go to the last stages but
    one, one each, because the last stage has the output head as well.
    """
    sizes = [layers // pipeline] * pipeline
    for place in range(layers % pipeline):
        sizes[-2 - place] += 1
    ends = [sum(sizes[: index + 1]) for index in range(pipeline)]
    return [range(end - size, end) for size, end in zip(sizes, ends, strict=True)]
