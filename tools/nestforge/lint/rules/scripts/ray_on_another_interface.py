"""R7042."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_starts import flag_values, place_of, starts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7042", severity="info")
def ray_on_another_interface(template: Template) -> Iterator[Finding]:
    """vLLM runs on Ray over several nodes, and the two may know a node by different addresses.

    On a machine with several interfaces each chooses one by itself; where they differ, vLLM waits for a placement
    group without end (vllm#7815, vllm#13388).

    Bad:  ray start --head
    Good: export VLLM_HOST_IP=$IP; ray start --head --node-ip-address=$IP
    """
    starts = [start for start in starts_of(template) if start.engine == "ray"]
    if len({start.resource for start in starts}) < 2 or "vllm" not in template.text:
        return
    texts = {script.resource: script.texts[0].text for script in shell_scripts_of(template)}
    for start in starts:
        values = flag_values(start, {})
        missing = [] if values is None or "--node-ip-address" in values else ["--node-ip-address"]
        missing += [] if "VLLM_HOST_IP" in texts[start.resource] else ["VLLM_HOST_IP"]
        if missing and values is not None:
            message = f"Ray and vLLM choose the address of this node each for itself, without {' and '.join(missing)}"
            help = "set VLLM_HOST_IP and --node-ip-address to the private address of the node"
            yield Finding(place_of(start, template), message, help)
