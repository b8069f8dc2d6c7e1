"""R3113."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.public_address import INSTANCES
from nestforge.model.near_miss import slip_of
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import entries, function_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_VSWITCH = "VSwitchId"
_FROM_ELSEWHERE = frozenset(("<<", "LaunchTemplateId", "LaunchTemplateName", "EniMappings"))
"""What can name the vSwitch in its place."""


@rule("R3113", severity="warning")
def group_without_vswitch(template: Template) -> Iterator[Finding]:
    """An instance or a group of instances names no vSwitch.

    Instances are in a VPC, and it is the vSwitch that puts them there: the classic network is gone. A launch
    template or a network interface of the group can name the vSwitch as well. A warning: Alibaba Cloud's own
    validator refuses such a group, the resource's schema does not, and four published templates have one.

    Bad:  {Type: ALIYUN::ECS::InstanceGroup, Properties: {InstanceType: ecs.g7.large, MaxAmount: 1}}
    Good: {Type: ALIYUN::ECS::InstanceGroup, Properties: {InstanceType: ecs.g7.large, MaxAmount: 1, VSwitchId: vsw-1}}
    """
    for name, resource in template.resources.items():
        type_ = template.type_of(name)
        properties = entries(resource).get("Properties")
        if type_ not in INSTANCES or not isinstance(properties, MappingNode) or function_of(properties):
            continue
        given = entries(properties).keys()
        if _VSWITCH in given or given & _FROM_ELSEWHERE or any(slip_of(key, (_VSWITCH,)) for key in given):
            continue
        message = f"{type_} '{name}' names no vSwitch"
        yield Finding(template.span_of_key("Resources", name), message, f"add {_VSWITCH}, beside ZoneId and VpcId")
