"""CreateServiceInstance: deploy a version of a service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import invalid, not_emulated
from nestforge.sandbox.stacks.instances import (
    TAGS,
    deployment,
    deployment_region,
    given_parameters,
    prepare_instance,
    show_service,
)
from nestforge.sandbox.stacks.prepare import begin
from nestforge.sandbox.stacks.records import ServiceInstance

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def create_service_instance(call: Call) -> dict[str, object]:
    """Begin the stack of a new service instance, which is `Created` at first.

    Monitoring, billing and managed operation are not emulated: what asks for none of them is taken.
    """
    p = call.parameters
    for flag in ("EnableInstanceOps", "EnableUserPrometheus"):
        if p.flag(flag):
            raise not_emulated(f"{flag} of CreateServiceInstance")
    if p.one_of("TrialType", ("Trial", "NotTrial")) == "Trial":
        raise not_emulated("trials of services")
    p.flag("ResourceAutoPay")
    instance_id = call.new_id("si")
    name = p.text("Name") or instance_id
    if not _NAME.fullmatch(name):
        raise invalid("Name", "expected at most 64 letters, digits, hyphens and underscores, a letter or digit first.")
    tags, dry_run = p.tags(), p.flag("DryRun")
    region = deployment_region(call)
    found = deployment(call, region)
    given = given_parameters(call, found.text)
    prepared = prepare_instance(call, found, given, region, f"stack_{instance_id}".replace("-", "_"))
    if dry_run:
        return {}
    stack = begin(call, prepared)
    service = show_service(found.service, call.status(found.service))
    instance = ServiceInstance(instance_id, name, found.template_name, stack.stack_id, call.now, service)
    call.engine.stacks.save_instance(instance)
    call.store.set_tags(TAGS, instance_id, tags)
    return {"ServiceInstanceId": instance_id, "Status": "Created"}
