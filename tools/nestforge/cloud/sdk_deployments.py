"""The user API through its official SDK."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nestforge.cloud.deployments import Order, ServiceInstance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.cloud.json_value import Json
    from nestforge.cloud.sdk_wire import Wire


class SdkDeployments:
    """Deployments over the SDK, which is imported with the first call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._endpoint = wire.access.user_endpoint
        self._region = wire.access.region

    @cached_property
    def _client(self) -> Any:
        from alibabacloud_computenest20210601.client import Client

        return Client(self._wire.config(self._endpoint))

    def estimate(self, order: Order) -> Mapping[str, Json]:
        """Return what is known of the price of each resource that has one."""
        from alibabacloud_computenest20210601.models import GetServiceEstimateCostRequest

        request = GetServiceEstimateCostRequest(**self._order(order))
        body = self._wire.call(
            "GetServiceEstimateCost", self._endpoint, lambda: self._client.get_service_estimate_cost(request)
        )
        resources: dict[str, Json] = body.get("Resources") or {}
        return resources

    def create_instance(self, order: Order, token: str) -> str:
        """Begin to deploy; return the id of the service instance."""
        from alibabacloud_computenest20210601.models import CreateServiceInstanceRequest

        request = CreateServiceInstanceRequest(**self._order(order), name=order.name, client_token=token)
        body = self._wire.call(
            "CreateServiceInstance", self._endpoint, lambda: self._client.create_service_instance(request)
        )
        return str(body["ServiceInstanceId"])

    def get_instance(self, instance_id: str) -> ServiceInstance:
        """Return a service instance."""
        from alibabacloud_computenest20210601.models import GetServiceInstanceRequest

        request = GetServiceInstanceRequest(region_id=self._region, service_instance_id=instance_id)
        body = self._wire.call("GetServiceInstance", self._endpoint, lambda: self._client.get_service_instance(request))
        return ServiceInstance(
            instance_id=instance_id,
            status=str(body["Status"]),
            detail=str(body.get("StatusDetail") or ""),
            progress=int(body.get("Progress") or 0),
            stack_id=_stack_id(body.get("Resources")),
            outputs=_parsed(body.get("Outputs"), {}),
        )

    def delete_instance(self, instance_id: str, token: str) -> None:
        """Begin to delete a service instance with all that it has."""
        from alibabacloud_computenest20210601.models import DeleteServiceInstancesRequest

        request = DeleteServiceInstancesRequest(
            region_id=self._region, service_instance_id=[instance_id], client_token=token
        )
        self._wire.call(
            "DeleteServiceInstances", self._endpoint, lambda: self._client.delete_service_instances(request)
        )

    def _order(self, order: Order) -> dict[str, object]:
        return {
            "region_id": self._region,
            "service_id": order.service_id,
            "service_version": order.version,
            "template_name": order.template,
            "parameters": {"RegionId": self._region, **order.parameters},
        }


def _stack_id(text: str | None) -> str:
    """Return the stack of an instance; that Resources names it like this is [assumed]."""
    resources = _parsed(text, [])
    named = [entry.get("StackId") for entry in resources if isinstance(entry, dict)]
    return str(next((stack_id for stack_id in named if stack_id), ""))


def _parsed(text: str | None, otherwise: Any) -> Any:
    """Return what a JSON text holds, which must be of the kind of `otherwise`."""
    try:
        value = json.loads(text or "null")
    except ValueError:
        return otherwise
    return value if isinstance(value, type(otherwise)) else otherwise
