"""The types of attributes, where they are known."""

from __future__ import annotations

from nestforge.evaluate.data import ANY, LIST, STRING

_LISTS = {"ALIYUN::ECS::InstanceGroup"}  # one entry an instance, whatever the attribute; only OrderId is one text
_TEXTS = {
    "ALIYUN::ECS::VPC",
    "ALIYUN::ECS::VSwitch",
    "ALIYUN::VPC::EIP",
    "ALIYUN::VPC::EIPAssociation",
    "ALIYUN::ROS::WaitConditionHandle",
}


def attribute_type(resource_type: str | None, attribute: str) -> str:
    """Return the type of what `Fn::GetAtt` gets; ANY where no one says."""
    if resource_type in _LISTS:
        return STRING if attribute == "OrderId" else LIST
    return STRING if resource_type in _TEXTS and attribute != "Headers" else ANY
