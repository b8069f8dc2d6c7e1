"""What is said of a place, and where what it names is declared."""

from __future__ import annotations

import pytest
from tests.unit.lsp.marked import HEAD, inner_form, opened, parameter, properties, resource

VSWITCH = "ALIYUN::ECS::VSwitch"
GROUP = "ALIYUN::ECS::InstanceGroup"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (properties(GROUP, "Max|>Amount: 1"), ["**MaxAmount**: number, required", "0 to 1000"]),
        (properties(GROUP, "SpotStrategy: No|>Spot"), ["**SpotStrategy**: string, optional", "`SpotAsPriceGo`"]),
        (properties(GROUP, "DiskMappings:", "- Si|>ze: 40"), ["**Size**:", "required"]),
        (properties(GROUP, "DiskMa|>ppings: []"), ["list of structure", "at most 16 entries"]),
        (properties(GROUP, "InstanceName:", "  Fn::If: [Big, a|>, b]"), ["**InstanceName**: string"]),
        (resource("ALIYUN::ECS::VSw|>itch"), [f"**{VSWITCH}**", "required: `CidrBlock`", "attributes: `CidrBlock`"]),
        (
            properties(VSWITCH, "ZoneId: !Ref Zo|>ne"),
            ["parameter **Zone**: String", "Zone of the hosts", "`cn-a`", "line 3"],
        ),
        (properties(VSWITCH, "VpcId: {Ref: Vp|>c}"), ["resource **Vpc**, `ALIYUN::ECS::VPC`", "line 13"]),
        (properties(VSWITCH, "VpcId: !GetAtt Vpc.Vp|>cId"), ["attribute **VpcId** of **Vpc**"]),
        (properties(VSWITCH, "VpcId: !Sub 'x${ALIYUN::Reg|>ion}'"), ["pseudo parameter **ALIYUN::Region**"]),
        (properties(VSWITCH, "VpcId: !S|>ub 'x${Zone}'"), ["**Fn::Sub**: text, or"]),
        (properties(VSWITCH, "VpcId: {Fn::Sel|>ect: [0, []]}"), ["**Fn::Select**: [index"]),
        (properties(GROUP, "HostName: !Sub ['${O|>wn}', {Own: 1}]"), ["variable **Own**"]),
        (resource(VSWITCH, "Condition: B|>ig"), ["condition **Big**"]),
        (
            properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Sizes, sm|>all, Disk]"),
            ["mapping **Sizes**, key **small**"],
        ),
        (
            parameter("AssociationProperty: AutoComplete|>Input"),
            ["AssociationProperty **AutoCompleteInput**", "`Suffix`", "no other metadata"],
        ),
        (
            parameter("AssociationProperty: ALIYUN::ECS::Inst|>ance::InstanceType"),
            ["metadata: `AllowedValues`", "`ZoneId`", "`ValueLabelMapping`"],
        ),
        (parameter("AssociationProperty: ALIYUN::CAS::Certi|>ficate"), ["deprecated"]),
        (parameter("AssociationPropertyMetadata: {Vis|>ible: {}}"), ["metadata **Visible**", "with `Condition`"]),
        (inner_form("AssociationPropertyMetadata: {ValueLabel|>Mapping: {}}"), ["metadata **ValueLabelMapping**"]),
        (properties(GROUP, "Half", "Max|>Amount: 1"), ["**MaxAmount**"]),
    ],
)
def test_hover_says_what_a_place_is(text: str, said: list[str]) -> None:
    document, position = opened(text)
    found = document.hover(position)
    assert found is not None
    for part in said:
        assert part in found.text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "  It: {Type: No|>thing}\n",
        properties(VSWITCH, "Nonsense: a|>b"),
        properties(VSWITCH, "VpcId: x  # a rem|>ark"),
        "services:\n  web: {image: ng|>inx}\n",
        "|>",
    ],
)
def test_hover_is_silent_where_there_is_nothing_to_say(text: str) -> None:
    document, position = opened(text)
    assert document.hover(position) is None


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        (properties(VSWITCH, "ZoneId: !Ref Zo|>ne"), 3, "Zone"),
        (properties(VSWITCH, "VpcId: {Ref: Vp|>c}"), 13, "Vpc"),
        (properties(VSWITCH, "VpcId: !GetAtt V|>pc.VpcId"), 13, "Vpc"),
        (properties(VSWITCH, "VpcId:", "  Fn::GetAtt: [Vp|>c, VpcId]"), 13, "Vpc"),
        (properties(VSWITCH, "VpcId:", "  Fn::GetAtt: [Vpc, Vp|>cId]"), 13, "Vpc"),
        (properties(VSWITCH, "VpcId: !Sub '说${Vp|>c.VpcId}'"), 13, "Vpc"),
        (properties(GROUP, "UserData:", "  Fn::Sub: |", "    a ${Zo|>ne}", "    b"), 3, "Zone"),
        (properties(GROUP, "HostName: !Sub ['${O|>wn}', {Own: 1}]"), 18, "Own"),
        (properties(GROUP, "HostName: !If [B|>ig, a, b]"), 11, "Big"),
        (properties(GROUP, "HostName: {Fn::If: [{Condition: B|>ig}, a, b]}"), 11, "Big"),
        (resource(VSWITCH, "Condition: B|>ig"), 11, "Big"),
        (resource(VSWITCH, "DependsOn: V|>pc"), 13, "Vpc"),
        (resource(VSWITCH, "DependsOn: [V|>pc]"), 13, "Vpc"),
        (properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Si|>zes, small, Disk]"), 9, "Sizes"),
        (properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Sizes, small, Di|>sk]"), 9, "Disk"),
        (HEAD + "Outputs:\n  Id:\n    Value: !Ref V|>pc\n    Condition: Big\n", 13, "Vpc"),
        (HEAD.replace("MinLength: 2", "AssociationPropertyMetadata: {ZoneId: '${Zo|>ne}'}"), 3, "Zone"),
        (HEAD + "Metadata:\n  ALIYUN::ROS::Interface:\n    Hidden: [Zo|>ne]\n", 3, "Zone"),
    ],
)
def test_definition_leads_to_the_name_where_it_is_declared(text: str, line: int, name: str) -> None:
    document, position = opened(text)
    found = document.definition(position)
    assert found is not None
    declared = document.template.lines[found.line - 1][found.column - 1 : found.end_column - 1]
    assert (found.line, declared) == (line, name)


@pytest.mark.parametrize(
    "text",
    [
        properties(VSWITCH, "VpcId: !Ref ALIYUN::Reg|>ion"),
        properties(VSWITCH, "VpcId: !Ref Nob|>ody"),
        properties(VSWITCH, "VpcId: 'x ${Zo|>ne}'"),
        properties(VSWITCH, "VpcId: !Sub 'x ${!Zo|>ne}'"),
        properties(VSWITCH, "VpcId: V|>pc"),
    ],
)
def test_what_names_nothing_leads_nowhere(text: str) -> None:
    document, position = opened(text)
    assert document.definition(position) is None
