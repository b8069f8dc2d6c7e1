"""The user API as deploying needs it: service instances."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.cloud.json_value import Json


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be deployed; parameters may be secret. Without `template` the service has only one."""

    service_id: str
    version: str
    template: str | None
    name: str | None
    parameters: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServiceInstance:
    """A service instance; `status` is Created, Deploying, Deployed, DeployedFailed, Deleting, Deleted and so on."""

    instance_id: str
    status: str
    detail: str
    progress: int
    stack_id: str
    outputs: Mapping[str, Json] = field(repr=False)


class Deployments(Protocol):
    """The operations. Each raises CloudRefused or CloudUnreachable; `token` is a ClientToken."""

    def estimate(self, order: Order) -> Mapping[str, Json]:
        """Return what is known of the price of each resource that has one."""

    def create_instance(self, order: Order, token: str) -> str:
        """Begin to deploy; return the id of the service instance."""

    def get_instance(self, instance_id: str) -> ServiceInstance:
        """Return a service instance."""

    def delete_instance(self, instance_id: str, token: str) -> None:
        """Begin to delete a service instance with all that it has."""
