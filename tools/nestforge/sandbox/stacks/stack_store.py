"""Keep stacks, their resources, events and logs, and service instances, in the sandbox's state."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nestforge.sandbox.stacks.records import LogLine, ServiceInstance, Stack, StackEvent, StackOutput, StackResource

if TYPE_CHECKING:
    from nestforge.sandbox.store import Store


class StackStore:
    """Reads and writes through the connection of the sandbox's state; transactions are the caller's."""

    def __init__(self, store: Store) -> None:
        self._db = store.db

    # Stacks, oldest first

    def save(self, stack: Stack) -> None:
        """Write a stack."""
        self._db.execute(
            "INSERT INTO stack VALUES (?, ?) ON CONFLICT (stack_id) DO UPDATE SET body = excluded.body",
            (stack.stack_id, json.dumps(asdict(stack))),
        )

    def stack(self, stack_id: str) -> Stack | None:
        """Return a stack."""
        row = self._db.execute("SELECT body FROM stack WHERE stack_id = ?", (stack_id,)).fetchone()
        return _stack(row) if row else None

    def stacks(self) -> list[Stack]:
        """Return all stacks, deleted ones too."""
        return [_stack(row) for row in self._db.execute("SELECT body FROM stack ORDER BY rowid")]

    # Resources, in the order in which they were begun

    def save_resource(self, resource: StackResource) -> None:
        """Write a resource."""
        self._db.execute(
            "INSERT INTO stack_resource VALUES (?, ?, ?) "
            "ON CONFLICT (stack_id, name) DO UPDATE SET body = excluded.body",
            (resource.stack_id, resource.name, json.dumps(asdict(resource))),
        )

    def resources(self, stack_id: str) -> list[StackResource]:
        """Return a stack's resources; one that was deleted is not among them."""
        rows = self._db.execute("SELECT body FROM stack_resource WHERE stack_id = ? ORDER BY rowid", (stack_id,))
        return [_resource(row) for row in rows]

    def remove_resource(self, resource: StackResource) -> None:
        """Forget a resource."""
        self._db.execute(
            "DELETE FROM stack_resource WHERE stack_id = ? AND name = ?", (resource.stack_id, resource.name)
        )

    # Events and logs, oldest first

    def add_event(self, event: StackEvent) -> None:
        """Note an event."""
        body = json.dumps(asdict(event))
        self._db.execute("INSERT INTO stack_event (stack_id, body) VALUES (?, ?)", (event.stack_id, body))

    def events(self, stack_id: str) -> list[StackEvent]:
        """Return a stack's events."""
        rows = self._db.execute("SELECT body FROM stack_event WHERE stack_id = ? ORDER BY number", (stack_id,))
        return [StackEvent(**json.loads(row[0])) for row in rows]

    def add_log(self, line: LogLine) -> None:
        """Note a line."""
        body = json.dumps(asdict(line))
        self._db.execute("INSERT INTO stack_log (stack_id, body) VALUES (?, ?)", (line.stack_id, body))

    def log(self, stack_id: str) -> list[LogLine]:
        """Return what a stack's resources said."""
        rows = self._db.execute("SELECT body FROM stack_log WHERE stack_id = ? ORDER BY number", (stack_id,))
        return [LogLine(**json.loads(row[0])) for row in rows]

    # Service instances, oldest first

    def save_instance(self, instance: ServiceInstance) -> None:
        """Write a service instance."""
        self._db.execute(
            "INSERT INTO service_instance VALUES (?, ?) ON CONFLICT (instance_id) DO UPDATE SET body = excluded.body",
            (instance.instance_id, json.dumps(asdict(instance))),
        )

    def instances(self) -> list[ServiceInstance]:
        """Return all service instances, deleted ones too."""
        rows = self._db.execute("SELECT body FROM service_instance ORDER BY rowid")
        return [ServiceInstance(**json.loads(row[0])) for row in rows]


def _stack(row: tuple[str]) -> Stack:
    body: dict[str, Any] = json.loads(row[0])
    outputs = tuple(StackOutput(**output) for output in body["outputs"])
    return Stack(**{**body, "secrets": tuple(body["secrets"]), "outputs": outputs})


def _resource(row: tuple[str]) -> StackResource:
    body: dict[str, Any] = json.loads(row[0])
    return StackResource(**{**body, "needs": tuple(body["needs"])})
