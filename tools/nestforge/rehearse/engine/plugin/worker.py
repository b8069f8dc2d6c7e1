"""What one process of the engine does when it starts."""

from __future__ import annotations

from vllm.distributed.parallel_state import get_pp_group
from vllm.v1.worker.cpu_worker import CPUWorker


class RehearsalWorker(CPUWorker):
    """Makes room for what the stage before hands over: vLLM does so while it warms up, which a CPU skips when eager.

    Without this, the second stage ends with `assert self.intermediate_tensors is not None`.
    """

    def load_model(self, *arguments: object, **named: object) -> None:
        """Load the model, then make the room."""
        super().load_model(*arguments, **named)
        runner = self.model_runner
        if not get_pp_group().is_first_rank and runner.intermediate_tensors is None:
            runner.intermediate_tensors = runner.model.make_empty_intermediate_tensors(
                batch_size=runner.max_num_tokens, dtype=runner.model_config.dtype, device=runner.device
            )
