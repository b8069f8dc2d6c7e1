"""How the processes of a group speak to each other."""

from __future__ import annotations

from vllm.distributed.device_communicators.cpu_communicator import CpuCommunicator


class BetweenHosts(CpuCommunicator):
    """Gloo over TCP. vLLM takes shared memory when the names agree, and hosts do not share it.

    Without this: `open shm in SHMManager failed. errno: 2`.
    """

    def _all_group_ranks_share_shm_group_name(self) -> bool:
        return False
