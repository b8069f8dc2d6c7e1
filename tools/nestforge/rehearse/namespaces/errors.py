"""What stops a rehearsal before or while its machines are made."""

from __future__ import annotations

from nestforge.model.errors import NestforgeError


class CannotRehearse(NestforgeError):
    """This machine lacks something that machines of namespaces need."""

    exit_code = 4

    def __init__(self, lacking: str, remedy: str) -> None:
        super().__init__(f"no hosts can be made on this machine: {lacking}", help=remedy)


class MachineFailed(Exception):
    """A machine, or a part of its network, could not be made; the text says why."""
