"""R7040."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_nodes import disagreements
from nestforge.lint.engine_starts import place_of, starts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7040", severity="warning")
def engine_flag_on_one_node(template: Template) -> Iterator[Finding]:
    """SGLang or Ray is started on several nodes, and one lacks what each needs, or has another value.

    The ranks of SGLang must agree about the model, the address of the first, the number of nodes and how the model
    is cut, and each has a rank of its own; else they wait for each other until a timeout. Each node of Ray says its
    own address and how many GPUs it has, or one of them is guessed.

    Bad:  --nnodes 2 --node-rank 0 --dist-init-addr $HEAD:20000 on one node, --nnodes 2 --node-rank 1 on the other
    Good: --nnodes 2 --dist-init-addr $HEAD:20000 on both, --node-rank 0 on one and 1 on the other
    """
    yield from disagreements((start, place_of(start, template)) for start in starts_of(template))
