"""Which types a rehearsal makes for real, which it records, and that there are no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.providers.existing_vpc import ExistingVpcProvider
from nestforge.rehearse.providers.instance import InstanceProvider
from nestforge.rehearse.providers.instance_group import InstanceGroupProvider
from nestforge.rehearse.providers.key_pair import KeyPairProvider
from nestforge.rehearse.providers.on_paper import OnPaper
from nestforge.rehearse.providers.public_address import EipProvider
from nestforge.rehearse.providers.public_address_association import EipAssociationProvider
from nestforge.rehearse.providers.rules import RuleProvider
from nestforge.rehearse.providers.run_command import RunCommandProvider
from nestforge.rehearse.providers.security_group import SecurityGroupProvider
from nestforge.rehearse.providers.vpc import VpcProvider
from nestforge.rehearse.providers.vswitch import VSwitchProvider
from nestforge.rehearse.providers.wait_condition import WaitConditionProvider
from nestforge.rehearse.providers.wait_condition_handle import HandleProvider
from nestforge.sandbox.paper.table import PAPER
from nestforge.sandbox.stacks.provider import Providers

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Provider

WHOLE_ON_PAPER = ("ALIYUN::RandomString",)
"""What paper makes as the cloud does: there is nothing to say of it."""


def local_providers(world: LocalWorld) -> Providers:
    """Return the providers that make resources in a world. Its own types come before those on paper."""
    made: dict[str, Provider] = {
        "ALIYUN::ECS::Instance": InstanceProvider(world),
        "ALIYUN::ECS::InstanceGroup": InstanceGroupProvider(world),
        "ALIYUN::ECS::RunCommand": RunCommandProvider(world),
        "ALIYUN::ECS::SSHKeyPair": KeyPairProvider(world),
        "ALIYUN::ECS::SecurityGroup": SecurityGroupProvider(world),
        "ALIYUN::ECS::SecurityGroupEgress": RuleProvider(world, "Dest"),
        "ALIYUN::ECS::SecurityGroupIngress": RuleProvider(world, "Source"),
        "ALIYUN::ECS::VPC": VpcProvider(world),
        "ALIYUN::ECS::VSwitch": VSwitchProvider(world),
        "ALIYUN::ROS::WaitCondition": WaitConditionProvider(world),
        "ALIYUN::ROS::WaitConditionHandle": HandleProvider(world),
        "ALIYUN::VPC::EIP": EipProvider(world),
        "ALIYUN::VPC::EIPAssociation": EipAssociationProvider(world),
        "DATASOURCE::VPC::Vpc": ExistingVpcProvider(world),
    }
    recorded = {name: paper if name in WHOLE_ON_PAPER else OnPaper(paper) for name, paper in PAPER.items()}
    return Providers({**recorded, **made})
