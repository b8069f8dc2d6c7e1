"""GetServiceEstimateCost: which resources of a service cost something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.instances import deployment, deployment_region, given_parameters, prepare_instance

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


_PRICED = ("ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup", "ALIYUN::VPC::EIP", "ALIYUN::VPC::NatGateway")
"""Types that the documentation of GetTemplateEstimateCost lists, among others, and the sandbox has."""


def get_service_estimate_cost(call: Call) -> dict[str, object]:
    """Answer an entry for each resource that has a price, without one: the sandbox sells nothing.

    The shape is that of ROS's GetTemplateEstimateCost, from which Compute Nest takes it [assumed].
    """
    call.parameters.one_of("TrialType", ("Trial", "NotTrial"))
    region = deployment_region(call)
    found = deployment(call, region)
    given = given_parameters(call, found.text)
    prepared = prepare_instance(call, found, given, region, "estimate")
    return {
        "Resources": {
            resource.name: {
                "Type": resource.type,
                "Success": False,
                "Result": {"Message": "The sandbox has no prices; Alibaba Cloud has."},
            }
            for resource in prepared.evaluation.resources.values()
            if resource.type in _PRICED
        }
    }
