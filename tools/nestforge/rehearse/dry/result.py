"""What a dry rehearsal showed, and what it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_PROVEN = (
    "the engine: a stand-in answers in its place, which reads few of its flags, so a wrong one is found by lint alone",
    "memory, GPUs, NCCL and eRDMA: none is used",
    "security groups, EIP and the internet: the nodes see one another without any filter",
    "users and limits: all that runs on a node is one user of this machine",
    "a reboot of a host, and the deletion of the stack",
    "the form, prices and stock of the cloud: resources but for commands are on paper",
)
"""What no dry rehearsal shows."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command of the template that ran on a node; `output` is what it said, both streams."""

    resource: str
    node: str
    returncode: int
    seconds: float
    output: str


@dataclass(frozen=True, slots=True)
class DryResult:
    """What came of it.

    `created` are the resources in their order, `ran` the commands among them, `signals` what the scripts told the
    stack, as JSON. `problem` says why it did not come to a good end. `not_proven` is what this does not show.
    """

    created: tuple[str, ...]
    ran: tuple[Ran, ...]
    signals: tuple[str, ...]
    outputs: Mapping[str, object]
    problem: str
    not_proven: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all resources came into being, every command succeeded, and the stack was told so."""
        return not self.problem and bool(self.ran)
