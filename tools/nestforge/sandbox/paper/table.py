"""Which types the sandbox knows on paper: those that public Compute Nest templates use most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.paper.instances import group_attributes, instance_attributes
from nestforge.sandbox.paper.others import (
    address_attributes,
    association_attributes,
    command_attributes,
    condition_attributes,
    handle_attributes,
    random_text,
)
from nestforge.sandbox.paper.paper import NOTE, Paper
from nestforge.sandbox.stacks.provider import Provider, Providers

if TYPE_CHECKING:
    from collections.abc import Mapping

PAPER: Mapping[str, Provider] = {
    "ALIYUN::ECS::DeploymentSet": Paper("ds", "DeploymentSetId"),
    "ALIYUN::ECS::Disk": Paper("d", "DiskId"),
    "ALIYUN::ECS::DiskAttachment": Paper("attachment", "DiskId"),
    "ALIYUN::ECS::Instance": Paper("i", "InstanceId", instance_attributes),
    "ALIYUN::ECS::InstanceGroup": Paper("group", "", group_attributes),
    "ALIYUN::ECS::Invocation": Paper("t", "InvokeId", command_attributes),
    "ALIYUN::ECS::NetworkInterface": Paper("eni", "NetworkInterfaceId"),
    "ALIYUN::ECS::Route": Paper("route"),
    "ALIYUN::ECS::RunCommand": Paper("t", "InvokeId", command_attributes),
    "ALIYUN::ECS::SNatEntry": Paper("snat", "SNatEntryId"),
    "ALIYUN::ECS::SSHKeyPair": Paper("skp"),
    "ALIYUN::ECS::SecurityGroup": Paper("sg", "SecurityGroupId"),
    "ALIYUN::ECS::SecurityGroupEgress": Paper("sgr"),
    "ALIYUN::ECS::SecurityGroupIngress": Paper("sgr"),
    "ALIYUN::ECS::VPC": Paper("vpc", "VpcId"),
    "ALIYUN::ECS::VSwitch": Paper("vsw", "VSwitchId"),
    "ALIYUN::NAS::FileSystem": Paper("nas", "FileSystemId"),
    "ALIYUN::NAS::MountTarget": Paper("mount"),
    "ALIYUN::OSS::Bucket": Paper("bucket"),
    "ALIYUN::RAM::AttachPolicyToRole": Paper("attachment"),
    "ALIYUN::RAM::ManagedPolicy": Paper("policy"),
    "ALIYUN::RAM::Role": Paper("role", "RoleId"),
    "ALIYUN::RDS::Account": Paper("account"),
    "ALIYUN::RDS::AccountPrivilege": Paper("privilege"),
    "ALIYUN::RDS::DBInstance": Paper("rm", "DBInstanceId"),
    "ALIYUN::RDS::Database": Paper("database"),
    "ALIYUN::ROS::Sleep": Paper("sleep"),
    "ALIYUN::ROS::WaitCondition": Paper("wait", "", condition_attributes),
    "ALIYUN::ROS::WaitConditionHandle": Paper("handle", "", handle_attributes),
    "ALIYUN::RandomString": Paper("random", "", random_text),
    "ALIYUN::SLB::BackendServerAttachment": Paper("attachment"),
    "ALIYUN::SLB::Listener": Paper("listener"),
    "ALIYUN::SLB::LoadBalancer": Paper("lb", "LoadBalancerId"),
    "ALIYUN::VPC::EIP": Paper("eip", "AllocationId", address_attributes),
    "ALIYUN::VPC::EIPAssociation": Paper("eipassociation", "", association_attributes),
    "ALIYUN::VPC::NatGateway": Paper("ngw", "NatGatewayId"),
    "ALIYUN::VPC::SnatEntry": Paper("snat"),
}

ON_PAPER = Providers(PAPER, NOTE)
