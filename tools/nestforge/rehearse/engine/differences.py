"""What a CPU forces to differ from the deployment on GPUs: every row is applied by the programs in the containers.

Nothing else differs: an argument that no row names reaches the engine as the scripts wrote it. This module is read in
the containers as well, with the standard library alone.
"""

from __future__ import annotations

from typing import NamedTuple

SET, ADD, REMOVE, PER_HOST, RELEASE, STAND_IN = "set", "add", "remove", "per host", "release", "stand-in"

GONE = "*"
"""Every flag that the pinned release knows and the rehearsed one does not."""


class Difference(NamedTuple):
    """A row: `what` is a flag, a variable (`$NAME`) or the program itself, `value` what it becomes, and why.

    `set` changes what was given, `add` gives what was not, `remove` takes it away, `per host` divides by the GPUs of a
    host; `release` and `stand-in` say what runs instead of what was pinned.
    """

    program: str
    what: str
    action: str
    value: str
    reason: str


DIFFERENCES = (
    Difference(
        "vllm",
        "vllm",
        RELEASE,
        "",
        "the pinned release has no build for CPU that can be installed; its flags are checked",
    ),
    Difference(
        "vllm",
        "--tensor-parallel-size",
        PER_HOST,
        "",
        "one process a host computes in place of its GPUs: eight would need eight times the memory and prove no more",
    ),
    Difference(
        "vllm", "--gpu-memory-utilization", SET, "0.3", "on a CPU it is a share of this machine, which both hosts share"
    ),
    Difference("vllm", "--enforce-eager", ADD, "", "compiling for the CPU takes minutes and proves nothing of the GPU"),
    Difference(
        "vllm", "$VLLM_CPU_KVCACHE_SPACE", ADD, "1", "GiB of cache in each process: the machine's memory is shared"
    ),
    Difference("vllm", "$OMP_NUM_THREADS", ADD, "1", "the processes of both hosts share the machine's cores"),
    Difference(
        "vllm", "$VLLM_CPU_OMP_THREADS_BIND", ADD, "nobind", "the processes of both hosts share the machine's cores"
    ),
    Difference("vllm", "$VLLM_NO_USAGE_STATS", ADD, "1", "nothing of a rehearsal calls home"),
    Difference("vllm", "$VLLM_USE_V1", REMOVE, "", "the rehearsed release has the V1 engine only"),
    Difference("vllm", GONE, REMOVE, "", "the rehearsed release has no such flag any more"),
    Difference(
        "ray", "ray", RELEASE, "", "the rehearsed vLLM needs a later Ray than the pinned one; its flags are checked"
    ),
    Difference("ray", "--num-cpus", ADD, "2", "the hosts share the machine's cores"),
    Difference("ray", "--object-store-memory", ADD, "200000000", "the hosts share the machine's memory"),
    Difference(
        "ray",
        "$RAY_memory_monitor_refresh_ms",
        ADD,
        "0",
        "Ray ends workers by the memory of the machine, which is shared",
    ),
    Difference("ray", "$OMP_NUM_THREADS", ADD, "1", "the processes of both hosts share the machine's cores"),
    Difference(
        "sglang",
        "sglang.launch_server",
        STAND_IN,
        "",
        "SGLang has no kernels for CPU that can be installed: its own parser's flags are checked, the ranks must meet, "
        "and the answers are made up",
    ),
)


def rows(program: str, *actions: str) -> list[Difference]:
    """Return the rows of a program, in order; of some actions only, where any are named."""
    return [row for row in DIFFERENCES if row.program == program and (not actions or row.action in actions)]
