"""Service instances: what of a service they deploy, and how they are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from nestforge.evaluate.data import SecretText
from nestforge.sandbox.errors import invalid, missing, not_found, wrong_status
from nestforge.sandbox.ros_template import parse, section
from nestforge.sandbox.service_fields import deploy_metadata, supplier_metadata, template_configs
from nestforge.sandbox.stacks.artifacts import resolve_artifacts
from nestforge.sandbox.stacks.prepare import prepare
from nestforge.sandbox.stacks.records import MASK

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion
    from nestforge.sandbox.stacks.prepare import Prepared
    from nestforge.sandbox.stacks.records import ServiceInstance, Stack

DEPLOY_TIMEOUT = 3600.0
"""Seconds for a deployment whose service says nothing: ROS's own default; that Compute Nest has it is [assumed]."""

DISABLE_ROLLBACK = False
"""Whether the stack of a failed deployment is kept as it is: Compute Nest's documentation does not say [assumed]."""

TAGS = "serviceinstance"
"""The kind of resource that a service instance is to the tag operations."""

DEPLOYABLE = ("Online", "Beta")
_STATUS = {
    "CREATE_IN_PROGRESS": "Deploying",
    "CREATE_ROLLBACK_IN_PROGRESS": "Deploying",
    "CREATE_COMPLETE": "Deployed",
    "CREATE_FAILED": "DeployedFailed",
    "CREATE_ROLLBACK_COMPLETE": "DeployedFailed",
    "CREATE_ROLLBACK_FAILED": "DeployedFailed",
    "DELETE_IN_PROGRESS": "Deleting",
    "DELETE_COMPLETE": "Deleted",
    "DELETE_FAILED": "DeletedFailed",
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """A version of a service, and the one of its templates that is to be deployed, tokens replaced."""

    service: ServiceVersion
    template_name: str
    text: str
    timeout: float


def deployment(call: Call, region: str) -> Deployment:
    """Return what the call's ServiceId, ServiceVersion and TemplateName mean. Raises ApiError."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion"))
    if (status := call.status(service)) not in DEPLOYABLE:
        raise wrong_status("Service", f"{service.service_id} {service.version}", status, " or ".join(DEPLOYABLE))
    metadata = deploy_metadata(service)
    configs = template_configs(metadata)
    wanted = p.text("TemplateName")
    if wanted is None and len(configs) > 1:
        raise missing("TemplateName")
    chosen = [config for config in configs if wanted in (None, config["Name"])]
    if not chosen:
        known = ", ".join(str(config["Name"]) for config in configs)
        raise invalid("TemplateName", f"'{wanted}' is not one of {known}.")
    allowed = chosen[0].get("AllowedRegions")
    if isinstance(allowed, list) and allowed and region not in allowed:
        raise invalid("RegionId", f"'{region}' is not one of {', '.join(map(str, allowed))}.")
    stored = call.object_at(str(chosen[0]["Url"]))
    if stored is None:
        raise not_found("File", str(chosen[0]["Url"]))
    text = resolve_artifacts(call, metadata, stored.content.decode(), region)
    seconds = supplier_metadata(metadata).get("DeployTimeout")
    timeout = float(seconds) if isinstance(seconds, (int, float)) and seconds > 0 else DEPLOY_TIMEOUT
    return Deployment(service, str(chosen[0]["Name"]), text, timeout)


def deployment_region(call: Call) -> str:
    """Return where a service is deployed: its parameters may say so, else it is where the call went."""
    given = call.parameters.json_object("Parameters") or {}
    return str(given.get("RegionId") or call.parameters.required("RegionId"))


def given_parameters(call: Call, text: str) -> dict[str, object]:
    """Return the parameters for a template; a region that it does not ask for is where it is deployed."""
    given = call.parameters.json_object("Parameters") or {}
    if "RegionId" not in section(parse(text), "Parameters"):
        given.pop("RegionId", None)
    return given


def prepare_instance(call: Call, found: Deployment, given: dict[str, object], region: str, name: str) -> Prepared:
    """Return the stack of a service instance as it is before its creation."""
    return prepare(
        call,
        found.text,
        given,
        name=name,
        region=region,
        timeout=found.timeout,
        disable_rollback=DISABLE_ROLLBACK,
    )


def status_of(stack: Stack) -> str:
    """Return the service instance's state."""
    return _STATUS[stack.status]


def progress_of(call: Call, stack: Stack) -> int:
    """Return how much of it is done, in percent."""
    done = sum(r.status == "CREATE_COMPLETE" for r in call.engine.stacks.resources(stack.stack_id))
    return 100 if stack.status == "CREATE_COMPLETE" else 100 * done // max(stack.size, 1)


def show_instance(call: Call, instance: ServiceInstance) -> dict[str, object]:
    """Return the fields that GetServiceInstance and ListServiceInstances have in common.

    That Resources names the stack by StackId is [assumed]: the documentation calls it the list of resources.
    """
    stack = call.stack(instance.stack_id)
    outputs = {output.name: output.value for output in stack.outputs}
    shown = {output.name: output.shown for output in stack.outputs}
    parameters = {name: MASK if name in stack.secrets else value for name, value in stack.given.items()}
    tags = call.store.tags(TAGS, instance.instance_id)
    return {
        "ServiceInstanceId": instance.instance_id,
        "Name": instance.name,
        "Status": status_of(stack),
        "StatusDetail": stack.reason + (f" ({stack.note})" if stack.note else ""),
        "Progress": progress_of(call, stack),
        "BizStatus": "Normal",
        "Parameters": json.dumps({"RegionId": stack.region, **parameters}, ensure_ascii=False),
        "Outputs": SecretText(json.dumps(outputs, ensure_ascii=False), json.dumps(shown, ensure_ascii=False)),
        "Resources": json.dumps([{"StackId": stack.stack_id}]),
        "ServiceType": instance.service.get("ServiceType"),
        "Source": "User",
        "TemplateName": instance.template_name,
        "CreateTime": instance.created,
        "UpdateTime": f"{stack.updated}Z",
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "Service": instance.service,
    }


def show_service(service: ServiceVersion, status: str) -> dict[str, object]:
    """Return what an instance says of its service."""
    infos = cast("list[dict[str, object]]", service.fields["ServiceInfos"])
    kept = ("Image", "Locale", "Name", "ShortDescription")
    shown = {
        "ServiceId": service.service_id,
        "Version": service.version,
        "VersionName": service.fields.get("VersionName"),
        "Status": status,
        "DeployType": service.fields.get("DeployType"),
        "ServiceType": service.fields.get("ServiceType"),
        "PublishTime": service.published or None,
        "SupplierName": "sandbox",
        "ServiceInfos": [{name: info[name] for name in kept if name in info} for info in infos],
    }
    return {name: value for name, value in shown.items() if value is not None}
