"""What the engine asks of Ray for each of its processes."""

from __future__ import annotations

import functools

import ray.util
from vllm import envs


@functools.cache  # vLLM may load a plug-in more than once
def claim_like_gpus() -> None:
    """Make each process ask for the GPUs that it stands for, so that Ray fills the hosts as it would.

    vLLM asks for one GPU a process and packs them: both processes would land on one host of eight.
    """
    create = ray.util.placement_group

    @functools.wraps(create)
    def placement_group(bundles: list[dict[str, float]], *arguments: object, **named: object) -> object:
        each = envs.VLLM_RAY_PER_WORKER_GPUS
        claimed = [{**bundle, "GPU": each} if "GPU" in bundle else bundle for bundle in bundles]
        return create(claimed, *arguments, **named)

    ray.util.placement_group = placement_group
