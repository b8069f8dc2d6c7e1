"""The plug-in of vLLM: a CPU that Ray counts as GPUs, between hosts that share no memory. Runs with the engine only."""

from __future__ import annotations


def platform() -> str:
    """Return the class of the platform: entry point of the group `vllm.platform_plugins`."""
    return f"{__name__}.platform.RehearsalPlatform"


def claim_like_gpus() -> None:
    """Let one process claim of Ray what its share of the GPUs would: entry point of `vllm.general_plugins`."""
    from nestforge.rehearse.engine.plugin.claims import claim_like_gpus

    claim_like_gpus()
