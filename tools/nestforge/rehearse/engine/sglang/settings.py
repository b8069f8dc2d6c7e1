"""The arguments of `sglang.launch_server` that the stand-in acts on; the table of its version checks them all."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.rehearse.engine.command_line import parsed, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.lint.engine_flags import Table


class Refused(SystemExit):
    """What SGLang's own parser or check says; it ends the process as argparse does."""

    def __init__(self, message: str) -> None:
        print(f"launch_server.py: error: {message}", file=sys.stderr)
        super().__init__(2)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this rank takes part. `watchdog` is in seconds."""

    model_path: str
    model: str
    host: str
    port: int
    tensor_parallel: int
    nodes: int
    rank: int
    meeting_point: str
    context_length: int | None
    api_key: str | None
    watchdog: float

    @property
    def gpus_of_node(self) -> int:
        """How many GPUs this node must have."""
        return self.tensor_parallel // self.nodes


def read_settings(arguments: Sequence[str], table: Table) -> Settings:
    """Return the settings. Raises Refused."""
    refused = refusal(arguments, 0, table)
    if refused is not None:
        raise Refused(refused)
    given = {one.name: one.value for one in parsed(arguments, table)}
    if "--model-path" not in given:
        raise Refused("the following arguments are required: --model-path")
    tensor, nodes = int(_first(given, "1", "--tensor-parallel-size", "--tp-size")), int(given.get("--nnodes", "1"))
    if tensor % nodes:
        raise Refused("tp_size must be divisible by number of nodes")
    if nodes > 1 and "--dist-init-addr" not in given:
        raise Refused("--dist-init-addr is needed when there is more than one node")
    length = given.get("--context-length")
    return Settings(
        model_path=given["--model-path"],
        model=given.get("--served-model-name", given["--model-path"]),
        host=given.get("--host", "127.0.0.1"),
        port=int(given.get("--port", "30000")),
        tensor_parallel=tensor,
        nodes=nodes,
        rank=int(given.get("--node-rank", "0")),
        meeting_point=given.get("--dist-init-addr", ""),
        context_length=int(length) if length else None,
        api_key=given.get("--api-key"),
        watchdog=float(given.get("--watchdog-timeout", "300")),
    )


def _first(given: dict[str, str], default: str, *names: str) -> str:
    return next((given[name] for name in names if name in given), default)
