"""ListServiceInstances: the service instances of this account, by tags and filters, a page at a time."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, cast

from nestforge.sandbox.paging import page
from nestforge.sandbox.stacks.instances import TAGS, show_instance, status_of

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.stacks.records import ServiceInstance


_FILTERS = (
    "Name",
    "ServiceInstanceName",
    "ServiceInstanceId",
    "ServiceId",
    "Version",
    "Status",
    "DeployType",
    "ServiceType",
)


def list_service_instances(call: Call) -> dict[str, object]:
    """Answer the newest first. One that was deleted is listed where a filter asks for the status Deleted [assumed]."""
    p = call.parameters
    wanted, filters = p.tags(), p.filters("Filter", "Value", _FILTERS)
    rows = [
        instance
        for instance in reversed(call.engine.stacks.instances())
        if wanted.items() <= call.store.tags(TAGS, instance.instance_id).items()
        and all(_fits(call, instance, name, values) for name, values in filters.items())
        and ("Status" in filters or status_of(call.stack(instance.stack_id)) != "Deleted")
    ]
    shown, more = page(rows, p)
    return {"ServiceInstances": [show_instance(call, instance) for instance in shown], **more}


def _fits(call: Call, instance: ServiceInstance, name: str, values: list[str]) -> bool:
    """Return whether a filter lets an instance through; `*My*` is a part of a service's name."""
    match name:
        case "Name":
            infos = cast("list[dict[str, object]]", instance.service["ServiceInfos"])
            names = [str(info["Name"]) for info in infos]
            return any(fnmatchcase(own, value) for own in names for value in values)
        case "ServiceInstanceName":
            return instance.name in values or (len(values) == 1 and values[0] in instance.name)
        case "ServiceInstanceId":
            return instance.instance_id in values
        case "Status":
            return status_of(call.stack(instance.stack_id)) in values
        case _:
            return str(instance.service.get(name)) in values
