"""What is suggested, in text that is no YAML yet more often than not."""

from __future__ import annotations

import pytest
from tests.unit.lsp.marked import HEAD, inner_form, opened, parameter, properties, resource

from nestforge.lsp.completion import MOST, Suggestion

VSWITCH = "ALIYUN::ECS::VSwitch"
GROUP = "ALIYUN::ECS::InstanceGroup"
COMPLETE_INPUT = ("AssociationProperty: AutoCompleteInput", "AssociationPropertyMetadata:", "  Length: 8")


def suggested(text: str) -> list[Suggestion]:
    document, position = opened(text)
    return document.complete(position)


def labels(text: str) -> list[str]:
    return [suggestion.label for suggestion in suggested(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (HEAD + "Out|>\n", ["Outputs"]),
        ("|>", ["Conditions", "Description", "Locals"]),
        ("|>\n" + HEAD, ["Description", "Locals", "Metadata"]),
        (HEAD + "  It:\n    |>\n", ["Type", "Condition", "Count"]),
        (resource("ALIYUN::ECS::VS|>"), ["ALIYUN::ECS::VSwitch"]),
        (parameter("AssociationProperty: ALIYUN::ECS::Instance::InstanceT|>"), ["ALIYUN::ECS::Instance::InstanceType"]),
        (parameter("AssociationProperty: AutoComp|>"), ["AutoCompleteInput"]),
        (parameter(*COMPLETE_INPUT, "  Suf|>"), ["Suffix"]),
        (parameter(*COMPLETE_INPUT, "  Vis|>"), ["Visible"]),
        (parameter(*COMPLETE_INPUT, "  CharacterClasses:", "  - {Class: a, M|>}"), ["Min"]),
        (parameter(*COMPLETE_INPUT, "  Visible: {C|>}"), ["Condition"]),
        (parameter("AssociationPropertyMetadata:", "  ValueLab|>"), ["ValueLabelMapping"]),
        (parameter("AssociationPropertyMetadata: {DefaultValueStrategy: ra|>}"), ["random"]),
        (inner_form("AssociationProperty: AutoComp|>"), ["AutoCompleteInput"]),
        (inner_form("AssociationProperty: AutoCompleteInput", "AssociationPropertyMetadata: {Suf|>}"), ["Suffix"]),
        (resource(VSWITCH, "Con|>"), ["Condition"]),
        (resource(VSWITCH, "Condition: |>"), ["Big"]),
        (resource(VSWITCH, "DependsOn: |>"), ["Vpc"]),
        (resource(VSWITCH, "DependsOn: [|>", "Properties: {}"), ["Vpc"]),
        (resource(VSWITCH, "DependsOn:", "- |>"), ["Vpc"]),
        (resource(VSWITCH, "DeletionPolicy: |>"), ["Delete", "Retain"]),
        (properties(VSWITCH, "|>"), ["CidrBlock", "VpcId", "ZoneId", "Description"]),
        (properties(VSWITCH, "Zo|>", "VpcId: x"), ["ZoneId", "ZoneType"]),
        (properties(VSWITCH, "VpcId: !Re|>", "ZoneId: x"), ["!Ref", "!Replace", "!ResourceFacade"]),
        (properties(VSWITCH, "VpcId: !Ref |>", "ZoneId: x"), ["It", "Vpc", "Zone", "ALIYUN::AccountId"]),
        (properties(VSWITCH, "VpcId: {Ref: V|>", "ZoneId: x"), ["Vpc"]),
        (properties(VSWITCH, "VpcId:", "  Ref: |>"), ["It", "Vpc", "Zone", "ALIYUN::AccountId"]),
        (properties(VSWITCH, "VpcId: !GetAtt Vpc.|>"), ["RouteTableId", "VRouterId", "VpcId"]),
        (properties(VSWITCH, "VpcId: !GetAtt V|>"), ["Vpc"]),
        (properties(VSWITCH, "VpcId:", "  Fn::GetAtt: [Vpc, Vpc|>", "ZoneId: x"), ["VpcId", "VpcName"]),
        (properties(VSWITCH, "VpcId:", "  Fn::GetAtt:", "    - Vpc", "    - |>"), ["RouteTableId", "VRouterId"]),
        (properties(VSWITCH, "VpcId:", "  Fn::Get|>", "ZoneId: x"), ["Fn::GetAZs", "Fn::GetAtt", "Fn::GetJsonValue"]),
        (properties(GROUP, "SpotStrategy: |>", "ZoneId: x"), ["NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"]),
        (properties(GROUP, "SpotStrategy:", "  |>"), ["NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit", "Fn::Add"]),
        (properties(GROUP, "AllocatePublicIP: |>"), ["false", "true"]),
        (properties(GROUP, "AllocatePublicIP:", "  Fn::If: [|>"), ["Big"]),
        (properties(GROUP, "AllocatePublicIP:", "  Fn::If: [Big, |>]"), ["false", "true"]),
        (properties(GROUP, "AllocatePublicIP: !If [Big, tr|>"), ["true"]),
        (properties(GROUP, "DiskMappings:", "- |>"), ["Size", "AutoSnapshotPolicyId"]),
        (properties(GROUP, "DiskMappings:", "- Size: 40", "  Enc|>"), ["Encrypted"]),
        (properties(GROUP, "NetworkOptions: {|>"), ["EnableJumboFrame"]),
        (properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [S|>]"), ["Sizes"]),
        (properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Sizes, |>]"), ["large", "small"]),
        (properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Sizes, small, |>]"), ["Disk"]),
        (properties(GROUP, 'HostName: !Sub "a-${|>'), ["It", "Vpc", "Zone"]),
        (properties(GROUP, "HostName: !Sub ['${|>}', {Own: 1}]"), ["Own", "It", "Vpc"]),
        (
            properties(GROUP, "UserData:", "  Fn::Sub: |", "    echo ${Vpc.|>}", "    exit"),
            ["RouteTableId", "VRouterId"],
        ),
        (HEAD + "Outputs:\n  Id:\n    |>\n", ["Value", "Condition"]),
        (HEAD + "Outputs:\n  Id:\n    Condition: |>\n", ["Big"]),
        (HEAD + "Outputs:\n  Id:\n    Value: !GetAtt Vpc.Vpc|>\n", ["VpcId", "VpcName"]),
        (HEAD.replace("    Type: String\n", "    Type: |>\n"), ["ALIYUN::OOS::Parameter::Value"]),
        (HEAD.replace("    MinLength: 2\n", "    Max|>\n"), ["MaxLength", "MaxValue"]),
        (HEAD.replace("{Ref: Zone}, cn-b", "{Ref: |>}, cn-b"), ["Vpc", "Zone"]),
        (HEAD.replace("Big:", "Small: {Fn::Not: {Condition: |>}}\n  Big:"), ["Big", "Small"]),
        (
            HEAD + "Metadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups:\n      - Parameters:\n          - |>\n",
            ["Zone"],
        ),
        (HEAD + "Locals:\n  Data:\n    Type: DATASOURCE::ECS::Z|>\n", ["DATASOURCE::ECS::Zones"]),
    ],
)
def test_what_fits_is_suggested_what_is_required_first(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (properties(VSWITCH, "VpcId: x", "|>", "ZoneId: y"), {"VpcId", "ZoneId"}),
        (properties(GROUP, "DiskMappings:", "- Size: 40", "  |>"), {"Size", "ImageId"}),
        (resource(VSWITCH, "|>", "Properties: {}"), {"Properties", "Type"}),
        (resource(VSWITCH, "DependsOn: |>"), {"It"}),
        ("|>\n" + HEAD, {"Parameters", "Resources"}),
        (properties(GROUP, 'HostName: "a-${|>}"'), {"Vpc", "Zone"}),
    ],
)
def test_what_is_given_already_or_does_not_fit_is_not_suggested(text: str, absent: set[str]) -> None:
    assert absent.isdisjoint(labels(text))


@pytest.mark.parametrize(
    ("lines", "inserted"),
    [
        (("|>",), "CidrBlock: "),
        (("Cid|>: 10.0.0.0/8",), "CidrBlock"),
        (("{Cid|>: x, VpcId: y}",), "CidrBlock"),
    ],
)
def test_a_key_brings_its_colon_where_there_is_none(lines: tuple[str, ...], inserted: str) -> None:
    assert suggested(properties(VSWITCH, *lines))[0].insert == inserted


@pytest.mark.parametrize(
    ("given", "inserted"),
    [
        (',\n "Zo|>', "ZoneId"),
        (',\n "Zo|>"', "ZoneId"),
        (",\n Zo|>", '"ZoneId": '),
        ('\n "Zo|>"', "ZoneId"),
        (',\n "Zo|>"\n "CidrBlock": 1', "ZoneId"),
        (',\n "ZoneId": {"Ref": |>}', '"It"'),
        (',\n "ZoneId": {"Ref": "|>', "It"),
        (',\n "ZoneId": {"Fn::GetAtt": ["It", |>]}', '"VSwitchId"'),
    ],
)
def test_json_is_completed_with_the_quotes_that_it_needs(given: str, inserted: str) -> None:
    properties = f'{{"Type": "{VSWITCH}", "Properties": {{"VpcId": "x"{given}\n}}}}'
    text = f'{{\n"ROSTemplateFormatVersion": "2015-09-01",\n"Resources": {{"It": {properties}}}\n}}\n'
    assert inserted in [suggestion.insert for suggestion in suggested(text)]


def test_a_broken_line_elsewhere_does_not_matter() -> None:
    text = properties(VSWITCH, "Half", "VpcId: {Ref: |>", "CidrBlock: 'x").replace("  Sizes:", "  Si zes [:")
    assert labels(text)[:3] == ["It", "Vpc", "Zone"]


def test_a_long_list_is_cut_and_what_is_begun_comes_first() -> None:
    assert len(labels(resource("|>"))) == MOST
    assert labels(resource("ALIYUN::ECS::RunComm|>")) == [
        "ALIYUN::ECS::RunCommand",
        "ALIYUN::ECS::RunCommandOfLifespan",
    ]
    assert labels(resource("RunCommandOf|>")) == ["ALIYUN::ECS::RunCommandOfLifespan"]


def test_a_suggestion_tells_what_is_typed_already() -> None:
    assert {s.begun for s in suggested(resource("ALIYUN::ECS::VS|>"))} == {"ALIYUN::ECS::VS"}
    assert {s.begun for s in suggested(properties(VSWITCH, "VpcId: !GetAtt Vpc.Vp|>"))} == {"Vp"}
    assert {s.begun for s in suggested(properties(GROUP, "HostName: !Sub 说${Zo|>}"))} == {"Zo"}


def test_a_value_that_yaml_would_misread_is_quoted() -> None:
    text = properties(GROUP, "SystemDiskSize:", "  Fn::FindInMap: [Odd, |>]").replace(
        "  Sizes:", "  Odd: {'1': {a: 1}}\n  S:"
    )
    assert suggested(text)[0].insert == '"1"'


def test_a_property_explains_itself() -> None:
    found = suggested(properties(GROUP, "MaxAm|>"))[0]
    assert found.detail == "number, required"
    assert "0 to 1000" in found.text
