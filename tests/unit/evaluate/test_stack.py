"""Whole templates: order, counts, conditions, rules, locals, origins, and what is wrong with them."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evaluate.templates import REGION, around, evaluated, template

from nestforge.evaluate.data import Unknown
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.evaluate.made import Made
from nestforge.evaluate.order import in_order
from nestforge.evaluate.shown import plain
from nestforge.evaluate.stack import evaluate

if TYPE_CHECKING:
    from nestforge.evaluate.evaluation import Evaluation

ECS_VPC = {"Type": "ALIYUN::ECS::VPC"}


def codes(result: Evaluation) -> list[str]:
    return [finding.code for finding in result.diagnostics]


def resources(**content: object) -> Evaluation:
    return evaluated({"ROSTemplateFormatVersion": "2015-09-01", "Resources": content})


def test_order_follows_every_kind_of_reference() -> None:
    result = resources(
        A={"Type": "T", "DependsOn": ["B", None, ""]},
        B={"Type": "T", "Properties": {"X": [{"Deep": {"Ref": "C"}}]}},
        C={"Type": "T", "Properties": {"X": {"Fn::GetAtt": ["D", "Y"]}}},
        D={"Type": "T", "Properties": {"X": {"Fn::Sub": "${E.Y} ${F}"}}},
        E={"Type": "T", "DependsOn": "F"},
        F={"Type": "T"},
    )
    assert not result.diagnostics
    assert list(result.resources) == ["F", "E", "D", "C", "B", "A"]
    assert result.resources["D"].needs == ("E", "F")


def test_a_branch_that_is_not_taken_needs_nothing() -> None:
    result = evaluated(
        around(
            Resources={"Web": {**ECS_VPC, "Properties": {"X": {"Fn::If": ["No", {"Ref": "Late"}, 1]}}}, "Late": ECS_VPC}
        )
    )
    assert not result.diagnostics
    assert result.resources["Web"].needs == ()


def test_count() -> None:
    result = evaluated(
        around(
            Resources={
                "After": {**ECS_VPC, "DependsOn": "Web"},
                "Only": {**ECS_VPC, "DependsOn": "Web[1]"},
                "Web": {
                    **ECS_VPC,
                    "Count": {"Fn::Calculate": ["{0}-1", 0, [{"Ref": "Number"}]]},
                    "Properties": {
                        "Name": {"Fn::Sub": "web-${ALIYUN::Index}"},
                        "N": {"Fn::Add": [1, {"Ref": "ALIYUN::Index"}]},
                    },
                },
                "None": {**ECS_VPC, "Count": "0"},
            },
        )
    )
    assert not result.diagnostics
    assert "None" not in result.resources
    assert [plain(result.resources[f"Web[{n}]"].properties["Name"].data) for n in (0, 1)] == ["web-0", "web-1"]
    assert result.resources["Web[1]"].properties["N"].data == 2
    assert result.resources["After"].needs == ("Web[0]", "Web[1]")
    assert result.resources["Only"].needs == ("Web[1]",)


@pytest.mark.parametrize("count", [-1, 1.5, "x", 301, {"Fn::GetAtt": ["Vpc", "X"]}, {"Ref": "Vpc"}])
def test_wrong_count(count: object) -> None:
    result = evaluated(around(Resources={"Web": {**ECS_VPC, "Count": count}}))
    assert len(result.diagnostics) == 1


def test_resource_without_its_condition_is_left_out() -> None:
    result = evaluated(around(Resources={"Later": {**ECS_VPC, "DependsOn": "Absent"}}))
    assert result.left_out == {"Absent": "No"}
    assert result.resources["Later"].needs == ()
    assert not result.diagnostics


def test_condition_that_only_creation_can_tell() -> None:
    result = evaluated(around(Resources={"Maybe": {**ECS_VPC, "Condition": "Depends"}}))
    assert not result.resources["Maybe"].certain
    assert result.resources["Vpc"].certain


def test_chain_of_conditions_is_no_recursion() -> None:
    chain: dict[str, object] = {f"C{n}": {"Fn::Not": {"Condition": f"C{n + 1}"}} for n in range(3000)}
    result = evaluated(around(Conditions={**chain, "C3000": {"Fn::Equals": [1, 1]}}))
    assert not result.diagnostics
    assert result.conditions["C0"].data is True


def test_cycles_are_named() -> None:
    result = evaluated(
        around(
            Conditions={"A": {"Fn::Not": {"Condition": "B"}}, "B": {"Fn::Not": {"Condition": "A"}}},
            Locals={"L": {"Value": {"Ref": "K"}}, "K": {"Value": [{"Ref": "L"}]}},
            Resources={"X": {**ECS_VPC, "DependsOn": "Y"}, "Y": {**ECS_VPC, "DependsOn": "X"}},
            Outputs={"O": {"Value": {"Ref": "L"}}},
        )
    )
    assert sorted(finding.message for finding in result.diagnostics) == [
        "conditions depend on themselves: A -> B -> A",
        "resources depend on themselves: X -> Y -> X",
        "the local 'L' refers to itself",
    ]


def test_rules() -> None:
    content = around(
        Rules={
            "Holds": {"Assertions": [{"Assert": {"Fn::Equals": [1, 1]}}]},
            "NotHere": {"RuleCondition": {"Fn::Equals": [1, 2]}, "Assertions": [{"Assert": {"Fn::Equals": [1, 2]}}]},
            "Broken": {"Assertions": [{"Assert": {"Fn::Equals": [1, 2]}, "AssertDescription": "one is two"}]},
            "Silent": {"Assertions": [{"Assert": {"Fn::Equals": [1, 2]}}]},
            "Open": {"Assertions": [{"Assert": {"Fn::Equals": ["x", {"Ref": "ALIYUN::StackName"}]}}]},
            "Empty": {"Assertions": [{}]},
            "Local": {"Assertions": [{"Assert": {"Fn::Equals": ["hello!", {"Ref": "Macro"}]}}]},
        }
    )
    found = [(finding.code, finding.message) for finding in evaluated(content).diagnostics]
    assert found == [
        ("R2108", "one is two"),
        ("R2108", "the rule Silent does not hold"),
        ("R2210", "rule 'Empty' asserts nothing"),
        ("R2202", "'Macro' cannot be used in Rules"),
    ]


def test_locals_of_type_eval_compare_and_know_no_resource() -> None:
    result = evaluated(
        around(
            Locals={
                "Found": {"Type": "Eval", "Value": {"Fn::Equals": [{"Fn::Length": {"Ref": "Source"}}, 0]}},
                "Same": {"Type": "Eval", "Value": {"Fn::Equals": [1, 1]}},
                "Wrong": {"Type": "Eval", "Value": {"Ref": "Vpc"}},
                "Early": {"Type": "Eval", "Value": {"Ref": "ALIYUN::StackId"}},
                "Users": {"Type": "Eval", "Value": {"Fn::GetAtt": ["Source", "Users"]}},
            },
            Conditions={"F": {"Fn::Not": {"Ref": "Found"}}, "S": {"Fn::Equals": [True, {"Ref": "Same"}]}},
            Outputs={
                "W": {"Value": {"Ref": "Wrong"}},
                "U": {"Value": {"Ref": "Users"}},
                "E": {"Value": {"Ref": "Early"}},
            },
        )
    )
    assert isinstance(result.conditions["F"].data, Unknown)
    assert result.conditions["S"].data is True
    assert plain(result.outputs["U"].value.data) == "(known after creation: Source.Users)"
    assert codes(result) == ["R2202", "R2202"]


def test_local_reference_depth() -> None:
    chain: dict[str, object] = {f"L{n}": {"Value": {"Ref": f"L{n + 1}"}} for n in range(6)}
    result = evaluated(around(Locals={**chain, "L6": {"Value": 1}}, Outputs={"O": {"Value": {"Ref": "L0"}}}))
    assert codes(result) == ["R2208"]


def test_outputs() -> None:
    result = evaluated(
        around(
            Outputs={
                "Here": {"Value": 1, "Label": {"en": "Here it is", "zh-cn": "在这里"}, "Description": "d"},
                "Gone": {"Value": 1, "Condition": "No"},
                "Empty": {},
                "Masked": {"Value": "visible elsewhere", "NoEcho": True},
            }
        )
    )
    assert list(result.outputs) == ["Here", "Empty", "Masked"]
    assert (result.outputs["Here"].label, result.outputs["Here"].description) == ("Here it is", "d")
    assert plain(result.outputs["Masked"].value.data) == "****"
    assert codes(result) == ["R2210"]


def test_origin() -> None:
    result = evaluated(
        "Parameters:\n  P: {Type: String, Default: x}\n"
        "Mappings: {M: {x: {y: [5]}}}\n"
        "Conditions: {C: {Fn::Equals: [{Ref: P}, x]}}\n"
        "Resources:\n  R:\n    Type: T\n    Properties:\n      A: {Fn::If: [C, {Ref: P}, 2]}\n"
        "      B: {Fn::FindInMap: [M, {Ref: P}, y]}\n      D: {Fn::Join: ['', [a, {Ref: S}]]}\n  S: {Type: T}\n"
    )
    made = result.resources["R"].properties
    assert [(v.origin.span.line, v.origin.span.column) for v in made.values()] == [(9, 29), (3, 23), (11, 10)]
    assert made["A"].origin.through == ("condition C is true", "parameter P by default")
    assert made["B"].origin.through == ("mapping M.x.y", "parameter P by default")
    assert made["D"].origin.through == ("resource S",)


def test_template_in_a_template_is_not_evaluated() -> None:
    body = {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"R": {"P": {"Ref": "Inner"}}}}
    result = resources(Stack={"Type": "ALIYUN::ROS::Stack", "Properties": {"TemplateBody": body}})
    assert not result.diagnostics
    assert result.resources["Stack"].properties["TemplateBody"].data == body


def test_transform_is_said_to_hide_something() -> None:
    made = {"Type": "T", "Properties": {"A": {"Ref": "Made"}}}
    result = evaluated({"Transform": "Aliyun::Serverless-2018-04-03", "Resources": {"R": made}})
    assert [(finding.code, finding.severity) for finding in result.diagnostics] == [("R2212", "info")]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"Resources": []}, ["R2210"]),
        ({"Resources": {"R": None}}, ["R2210"]),
        ({"Resources": {"R": {"Type": "T", "Properties": [1]}}}, ["R2210"]),
        ({"Resources": {"R": {"Type": "T", "Condition": "C"}}}, ["R2205"]),
        ({"Resources": {"R": {"Type": "T", "Condition": {"Fn::Equals": [1, 1]}}}}, ["R2210"]),
        ({"Resources": {"R": {"Type": "T", "DependsOn": "Q"}}}, ["R2204"]),
        ({"Resources": {"R": {"Type": "T", "Count": 2}, "Q": {"Type": "T", "DependsOn": ["R[1]", "R[2]"]}}}, ["R2204"]),
        ({"Resources": {"R": {"Type": "T", "Count": 2}, "Q": {"Type": "T", "DependsOn": "R[x]"}}}, ["R2204"]),
        ({"Resources": {}, "Conditions": {"C": {"Fn::Length": []}}}, ["R2202"]),
        ({"Resources": {}, "Conditions": {"C": "D"}}, ["R2205"]),
        ({"Resources": {}, "Outputs": {"O": {"Value": 1, "Condition": "C"}}}, ["R2205"]),
    ],
)
def test_malformed(content: dict[str, object], found: list[str]) -> None:
    assert codes(evaluated(content)) == found


def nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = {"Fn::Str": value}
    return value


@pytest.mark.parametrize(("levels", "found"), [(20, []), (21, ["R2208"]), (60, ["R2208"])])
def test_functions_inside_each_other(levels: int, found: list[str]) -> None:
    assert codes(evaluated(around(Outputs={"O": {"Value": nested(levels)}}))) == found


def test_functions_of_a_local_count_by_themselves() -> None:
    deep: object = {"Ref": "L"}
    for _ in range(15):
        deep = {"Fn::Str": deep}
    assert codes(evaluated(around(Locals={"L": {"Value": nested(15)}}, Outputs={"O": {"Value": deep}}))) == []


ENDLESS = [
    "Resources: {R: {Type: T, Properties: &a {B: *a}}}",
    "Resources: {R: {Type: T, Properties: {X: &a {'Fn::Str': *a}}}}",
    "Parameters: {P: {Type: Json, Default: &a [*a]}}",
    "Parameters: {P: {Type: String, AssociationPropertyMetadata: {Visible: {Condition: &a {'Fn::Not': *a}}}}}",
    "Resources:\n  R:\n    Type: T\n    Properties:\n      A0: &a0 [x]\n"
    + "".join(f"      A{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    "Locals:\n  L0: {Value: x}\n"
    + "".join(f"  L{n}: {{Value: [{', '.join([f'!Ref L{n - 1}'] * 40)}]}}\n" for n in range(1, 5))
    + "Resources: {R: {Type: T, Properties: {A: !Ref L4}}}",
    "Locals:\n  L0: {Value: "
    + "x" * 9999
    + "}\n"
    + "".join(f"  L{n}: {{Value: !Join ['', [{', '.join([f'Ref: L{n - 1}'] * 40)}]]}}\n" for n in range(1, 5))
    + "Resources: {R: {Type: T, Properties: {A: !Ref L4}}}",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_endless_and_exploding_templates_end(text: str) -> None:
    result = evaluated(text)
    assert set(codes(result)) & {"R2102", "R2103", "R2203", "R2208", "R2209"}


names = st.sampled_from([f"N{n}" for n in range(12)])


@given(st.dictionaries(names, st.lists(names, max_size=4, unique=True), max_size=12))
def test_order_respects_needs(wanted: dict[str, list[str]]) -> None:
    needs = {name: [other for other in own if other in wanted] for name, own in wanted.items()}
    ordered, cycle = in_order(needs)
    assert sorted(ordered) == sorted(needs)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(after in needs[before] for before, after in pairwise(cycle))
    else:
        assert all(ordered.index(other) < ordered.index(name) for name in needs for other in needs[name])


words = st.sampled_from(
    [*FUNCTIONS, "Type", "Value", "Properties", "Count", "DependsOn", "Default", "Assertions", "Assert", "M", "x"]
)
printable = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff")
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(printable, max_size=4),
    st.sampled_from([10**250, 10**290, 0]),
    words,
    st.sampled_from(
        [
            "[1e999]",
            '"\\ud800"',
            "9" * 5000,
            "Many[" + "9" * 5000 + "]",
            "-1:",
            "[[a]*",
            "Vpc",
            "Many",
            "Text",
            "Yes",
            "${Text}",
            "${Vpc.X}",
            "ALIYUN::NoValue",
            "ALIYUN::Index",
            "Macro",
        ]
    ),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, min_size=1, max_size=2)),
    max_leaves=25,
)
sections = st.sampled_from(["Parameters", "Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs"])


@settings(max_examples=300, deadline=None)
@given(sections, trees)
def test_no_template_brings_it_down(section: str, tree: object) -> None:
    result = evaluated(around(**{section: {"Any": tree}}))
    json.dumps([plain(value.data) for value in result.conditions.values()])
    assert len(result.resources) + len(result.left_out) >= 1


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(sections, trees, max_size=4))
def test_no_shape_of_sections_brings_it_down(content: dict[str, object]) -> None:
    evaluated({"ROSTemplateFormatVersion": "2015-09-01", **content})


def test_deep_value_in_a_deep_place() -> None:
    deep: object = {"Ref": "Deep"}
    for _ in range(80):
        deep = [deep]
    parameter = {"Type": "Json", "Default": "[" * 95 + "]" * 95}
    result = evaluated(around(Parameters={"Deep": parameter}, Outputs={"O": {"Value": {"Fn::Str": deep}}}))
    assert not result.diagnostics
    assert result.outputs["O"].value.data == "[" * 175 + "]" * 175


def test_what_exists_takes_the_place_of_what_only_creation_tells() -> None:
    content = {
        "ROSTemplateFormatVersion": "2015-09-01",
        "Resources": {
            "Net": ECS_VPC,
            "Node": {"Type": "ALIYUN::ECS::Instance", "Count": 2},
            "User": {
                "Type": "T",
                "DeletionPolicy": "Retain",
                "Properties": {
                    "Net": {"Ref": "Net"},
                    "Ips": {"Fn::GetAtt": ["Node", "PrivateIp"]},
                    "First": {"Fn::Sub": "${Node[0].PrivateIp}:8000"},
                    "Name": {"Fn::GetAtt": ["Net", "VpcName"]},
                },
            },
        },
    }
    made = {"Net": Made("vpc-1", {}), "Node[0]": Made("i-0", {"PrivateIp": "10.0.0.1"})}
    user = evaluate(template(content), {}, REGION, made=made).resources["User"]
    assert user.retained
    assert {name: plain(value.data) for name, value in user.properties.items()} == {
        "Net": "vpc-1",
        "Ips": ["10.0.0.1", "(known after creation: Node[1].PrivateIp)"],
        "First": "10.0.0.1:8000",
        "Name": "(known after creation: Net.VpcName)",
    }
    assert user.needs == ("Net", "Node[0]", "Node[1]")


NO_VALUE = {"Ref": "ALIYUN::NoValue"}


LEFT_OUT: list[tuple[str, dict[str, object], dict[str, object]]] = [
    ("ALIYUN::ECS::VPC", {"CidrBlock": NO_VALUE, "VpcName": "a"}, {"VpcName": "a"}),
    ("ALIYUN::ECS::VSwitch", {"ZoneId": NO_VALUE, "CidrBlock": "a"}, {"ZoneId": "", "CidrBlock": "a"}),
    ("ALIYUN::ECS::VSwitch", {"ZoneId": {"Fn::If": ["No", "a", NO_VALUE]}}, {"ZoneId": ""}),
    ("ALIYUN::ECS::RunCommand", {"InstanceIds": NO_VALUE, "Timeout": NO_VALUE}, {"InstanceIds": []}),
    ("ALIYUN::ECS::InstanceGroup", {"MaxAmount": NO_VALUE}, {"MaxAmount": 0}),
    (
        "ALIYUN::ECS::InstanceGroup",
        {"DiskMappings": [{"Size": NO_VALUE, "Category": NO_VALUE}, NO_VALUE]},
        {"DiskMappings": [{"Size": ""}]},
    ),
    (
        "ALIYUN::ECS::InstanceGroup",
        {"DiskMappings": {"Fn::If": ["Yes", [{"Size": NO_VALUE}], NO_VALUE]}},
        {"DiskMappings": [{"Size": ""}]},
    ),
    ("ALIYUN::Unknown::Type", {"Size": NO_VALUE}, {}),
]
"""Type, its properties as they are written, and what they come to."""


@pytest.mark.parametrize(("type_", "written", "made"), LEFT_OUT)
def test_no_value_leaves_out_an_optional_property_and_empties_a_required_one(
    type_: str, written: dict[str, object], made: dict[str, object]
) -> None:
    result = evaluated(around(Resources={"Case": {"Type": type_, "Properties": written}}))
    assert not result.diagnostics
    properties = result.resources["Case"].properties
    assert {name: plain(value.data) for name, value in properties.items()} == made
    empty = [value for name, value in properties.items() if written[name] == NO_VALUE]
    assert all("ALIYUN::NoValue" in value.origin.through for value in empty)
