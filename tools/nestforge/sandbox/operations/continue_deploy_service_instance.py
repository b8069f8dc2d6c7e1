"""ContinueDeployServiceInstance: try again what could not be deployed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import not_emulated, wrong_status
from nestforge.sandbox.ros_template import parse, section
from nestforge.sandbox.stacks.instances import status_of
from nestforge.sandbox.stacks.prepare import prepare

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def continue_deploy_service_instance(call: Call) -> dict[str, object]:
    """Create what is missing, with the parameters as they were or as they are given anew.

    Resources that are there stay as they are, so that a parameter may be changed only where nothing is: that
    is the sandbox's way [assumed].
    """
    p = call.parameters
    if p.texts("Option"):
        raise not_emulated("the options of ContinueDeployServiceInstance")
    instance = call.service_instance(p.required("ServiceInstanceId"))
    stack = call.stack(instance.stack_id)
    if status_of(stack) != "DeployedFailed":
        raise wrong_status("ServiceInstance", instance.instance_id, status_of(stack), "DeployedFailed")
    given = {**stack.given, **(p.json_object("Parameters") or {})}
    names = section(parse(stack.template), "Parameters")
    if "RegionId" not in names:
        given.pop("RegionId", None)
    there = call.engine.stacks.resources(stack.stack_id)
    if p.flag("DryRun"):
        allowed = [] if there else list(names)
        refused = list(names) if there else []
        result = {"ParametersAllowedToBeModified": allowed, "ParametersNotAllowedToBeModified": refused}
        return {"ServiceInstanceId": instance.instance_id, "DryRunResult": result}
    if there and given != stack.given:
        raise wrong_status("ServiceInstance", instance.instance_id, "created in part", "the parameters as they were")
    prepare(call, stack.template, given, name=stack.name, region=stack.region, timeout=stack.timeout)
    stack = call.engine.set_status(replace(stack, given=given), "CREATE_IN_PROGRESS", "Stack CREATE started")
    call.engine.create(stack.stack_id)
    return {"ServiceInstanceId": instance.instance_id}
