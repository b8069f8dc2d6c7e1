"""The platform that vLLM finds instead of its own for CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vllm.platforms.cpu import CpuPlatform

if TYPE_CHECKING:
    from vllm.config import VllmConfig

_HERE = __name__.rpartition(".")[0]


class RehearsalPlatform(CpuPlatform):
    """A CPU that claims GPUs of Ray: vLLM's own has no key there ("current platform cpu does not support ray")."""

    ray_device_key = "GPU"

    @classmethod
    def get_device_communicator_cls(cls) -> str:
        """Return the class that speaks between the processes."""
        return f"{_HERE}.communicator.BetweenHosts"

    @classmethod
    def check_and_update_config(cls, vllm_config: VllmConfig) -> None:
        """Name the worker, unless one is named already."""
        if vllm_config.parallel_config.worker_cls == "auto":
            vllm_config.parallel_config.worker_cls = f"{_HERE}.worker.RehearsalWorker"
        super().check_and_update_config(vllm_config)
