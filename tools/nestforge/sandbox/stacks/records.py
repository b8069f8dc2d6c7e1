"""What is kept of stacks and of the service instances that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

MASK = "******"
"""What ROS answers in place of a value with `NoEcho`."""


@dataclass(frozen=True, slots=True)
class StackOutput:
    """An output as it was evaluated when all was created; `shown` is what a log may have of its value."""

    name: str
    value: object
    shown: object
    description: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack. `given` are the parameters as they were sent, `secrets` the names of those never shown.

    `status` is ROS's: CREATE_IN_PROGRESS and so on. `timeout` is in seconds, `size` the number of resources.
    `note` says what is true of everything in it, such as that nothing was really run.
    """

    stack_id: str
    name: str
    region: str
    template: str
    given: dict[str, object]
    secrets: tuple[str, ...]
    status: str
    reason: str
    note: str
    created: str
    updated: str
    timeout: float
    size: int
    disable_rollback: bool = False
    outputs: tuple[StackOutput, ...] = ()


@dataclass(frozen=True, slots=True)
class StackResource:
    """One resource that was begun; `properties` are as a log may show them, secrets masked."""

    stack_id: str
    name: str
    type: str
    needs: tuple[str, ...]
    retained: bool
    status: str
    reason: str
    created: str
    updated: str
    properties: dict[str, object]
    physical_id: str = ""
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StackEvent:
    """One change of state, of a resource or of the stack itself."""

    event_id: str
    stack_id: str
    name: str
    type: str
    physical_id: str
    status: str
    reason: str
    time: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that a resource said while it was created."""

    stack_id: str
    name: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class ServiceInstance:
    """A service that somebody deployed; how far it is, its stack says.

    `service` is what GetServiceInstance answers of the service as it was then.
    """

    instance_id: str
    name: str
    template_name: str
    stack_id: str
    created: str
    service: dict[str, object]
