"""Which parameters the form shows and demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.evaluate.templates import REGION, evaluated, template

from nestforge.evaluate.form import form_state
from nestforge.evaluate.form_choices import FormChoices
from nestforge.evaluate.stack import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data

VALUES: dict[str, Data] = {"Kind": "a", "On": True, "Many": ["x", "y"], "Doc": {"k": ["v"]}, "Two Words": "z", "N": 3}

HOLDS: list[tuple[object, bool]] = [
    ({"Fn::Equals": ["${Kind}", "a"]}, True),
    ({"Fn::Equals": ["a", "${Kind}"]}, True),
    ({"Fn::Equals": ["${Kind}", "b"]}, False),
    ({"Fn::Equals": ["${On}", True]}, True),
    ({"Fn::Equals": ["${On}", "true"]}, False),
    ({"Fn::Equals": ["${N}", 3]}, True),
    ({"Fn::Equals": ["${Two Words}", "z"]}, True),
    ({"Fn::Equals": ["${Doc.k.0}", "v"]}, True),
    ({"Fn::Equals": ["${Kind}-${N}", "a-3"]}, True),
    ({"Fn::Equals": ["${!Kind}", "${Kind}"]}, False),
    ({"Fn::Equals": [{"Fn::Select": ["${Doc}", "k"]}, ["v"]]}, True),
    ({"Fn::Equals": [{"Ref": "Kind"}, "a"]}, False),
    ({"Fn::Equals": ["${Unknown}", "a"]}, False),
    ({"Fn::Equals": ["a"]}, False),
    ({"Fn::Contains": ["${Many}", "x"]}, True),
    ({"Fn::Contains": ["${Many}", "z"]}, False),
    ({"Fn::Not": {"Fn::Equals": ["${Kind}", "b"]}}, True),
    ({"Fn::Not": [{"Fn::Equals": ["${Kind}", "b"]}]}, False),
    ({"Fn::And": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": ["${Kind}", "a"]}]}, True),
    ({"Fn::And": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 2]}]}, False),
    ({"Fn::Or": [{"Fn::Equals": [1, 2]}, {"Fn::Equals": ["${On}", True]}]}, True),
    ({"Fn::Select": ["${Doc}", "k"]}, True),
    ({"Fn::Select": ["${Doc}", "l"]}, False),
    ({"Fn::Equals": [1, 1], "Fn::Not": {"Fn::Equals": [1, 1]}}, True),
    ("a.definition.path", True),
    ({"Fn::Unheard": []}, False),
    ({}, False),
]


def shown(parameter: Mapping[str, object], hidden: list[str]) -> tuple[bool, bool]:
    content = {
        "Metadata": {"ALIYUN::ROS::Interface": {"Hidden": hidden}},
        "Parameters": {"P": {"Type": "String", **parameter}},
    }
    state = form_state(template(content), VALUES)["P"]
    return state.visible, state.required


@pytest.mark.parametrize(("condition", "holds"), HOLDS)
def test_condition(condition: object, holds: bool) -> None:
    visible = {"AssociationPropertyMetadata": {"Visible": {"Condition": condition}}}
    assert shown(visible, []) == (holds, holds)
    if not isinstance(condition, str):
        assert shown({"Required": condition, "Default": "x"}, []) == (True, holds)
        metadata = {"AssociationPropertyMetadata": {"Required": {"Condition": condition}}}
        assert shown(metadata, []) == (True, holds)


@pytest.mark.parametrize(
    ("parameter", "hidden", "state"),
    [
        ({}, [], (True, True)),
        ({"Default": None}, [], (True, True)),
        ({"Default": ""}, [], (True, False)),
        ({"Required": False}, [], (True, False)),
        ({"Default": "", "Required": True}, [], (True, True)),
        ({}, ["P"], (False, False)),
    ],
)
def test_without_condition(parameter: dict[str, object], hidden: list[str], state: tuple[bool, bool]) -> None:
    assert shown(parameter, hidden) == state


def when(kind: str, value: object) -> dict[str, object]:
    return {"Condition": {"Fn::Equals": ["${Kind}", kind]}, "Value": value}


CHOICES: list[tuple[dict[str, object], FormChoices]] = [
    ({"AllowedValues": [when("a", ["x", "y"]), when("b", ["z"])]}, FormChoices(offered=["x", "y"])),
    ({"AllowedValues": [when("a", "x"), when("b", "z"), when("a", 3)]}, FormChoices(offered=["x", 3])),
    ({"AllowedValues": ["v", when("b", "z"), 4]}, FormChoices(offered=["v", 4])),
    (
        {"AllowedValues": [when("a", ["${Kind}", "${Many}", "${Kind}-${N}"])]},
        FormChoices(offered=["a", ["x", "y"], "a-3"]),
    ),
    ({"AllowedValues": [when("b", "z")]}, FormChoices()),
    ({"AllowedValues": []}, FormChoices()),
    ({"AllowedValues": {"Condition": {}, "Value": "x"}}, FormChoices()),
    ({"AllowedValues": ["v", {"Value": "w"}, {"Condition": {}}, [1]]}, FormChoices(offered=["v", "w"])),
    ({"Value": [when("b", "no"), when("a", "yes"), when("a", "late")]}, FormChoices(filled_in="yes")),
    ({"Value": [when("a", "${N}")]}, FormChoices(filled_in=3)),
    ({"Value": "yes"}, FormChoices()),
    ({"Value": ["yes"]}, FormChoices()),
    ({"MinValue": [when("a", 2)], "MaxValue": [when("b", 4), when("a", "9.5")]}, FormChoices(least=2, greatest=9.5)),
    ({"MinValue": [when("a", "two")], "MaxValue": 7}, FormChoices()),
    ({"Visible": {"Condition": {"Fn::Equals": ["${Kind}", "b"]}}, "Value": [when("a", "x")]}, FormChoices()),
]
"""What the metadata says, and what the form offers, fills in and takes for VALUES."""


@pytest.mark.parametrize(("metadata", "choices"), CHOICES)
def test_choices_that_depend_on_other_fields(metadata: dict[str, object], choices: FormChoices) -> None:
    parameter = {"Type": "String", "AssociationPropertyMetadata": metadata}
    assert form_state(template({"Parameters": {"P": parameter}}), VALUES)["P"].choices == choices


SIZES: list[tuple[dict[str, Data], dict[str, str]]] = [
    ({"Kind": "small", "Size": 10, "Zone": "z1"}, {}),
    ({"Kind": "small", "Size": 11, "Zone": "z1"}, {"Size": "expected at most 10"}),
    (
        {"Kind": "large", "Size": 11, "Zone": "z1"},
        {"Size": "expected at least 20", "Zone": "expected one of 'z2', 'z3'"},
    ),
    ({"Kind": "large", "Size": "20", "Zone": "z3"}, {}),
    ({"Kind": "other", "Size": 900, "Zone": "z1"}, {}),
    ({"Kind": "large"}, {}),
]
"""Values, and what the form says about each."""

SIZED = {
    "Parameters": {
        "Kind": {"Type": "String", "Default": "small"},
        "Size": {
            "Type": "Number",
            "Default": 20,
            "AssociationPropertyMetadata": {"MinValue": [when("large", 20)], "MaxValue": [when("small", 10)]},
        },
        "Zone": {
            "Type": "String",
            "Default": "",
            "AssociationPropertyMetadata": {"AllowedValues": [when("small", ["z1"]), when("large", ["z2", "z3"])]},
        },
    }
}


@pytest.mark.parametrize(("given", "said"), SIZES)
def test_what_the_form_does_not_take_is_a_warning(given: dict[str, Data], said: dict[str, str]) -> None:
    result = evaluate(template(SIZED), given, REGION)
    problems = {name: "; ".join(known.problems) for name, known in result.parameters.items() if known.problems}
    assert problems == said
    assert [(found.severity, found.code) for found in result.diagnostics] == [
        ("warning", "R2107" if name == "Size" else "R2104") for name in said
    ]


def test_what_the_form_does_not_take_in_the_languages_of_the_form() -> None:
    result = evaluated(SIZED, "zh-cn", Kind="large", Size=11, Zone="z1")
    assert result.parameters["Size"].problems == ("不得小于 20",)
    assert result.parameters["Zone"].problems == ("应为以下值之一：'z2', 'z3'",)


def test_the_form_offers_nothing_that_is_secret() -> None:
    own = {
        "AllowedValues": ["${S}", "${D.k}", "a${S}", "b"],
        "Value": [{"Condition": {"Fn::Equals": [1, 1]}, "Value": "${S}"}],
    }
    parameters = {
        "S": {"Type": "String", "NoEcho": True, "Default": "secret"},
        "D": {"Type": "Json", "NoEcho": True, "Default": {"k": "secret"}},
        "P": {"Type": "String", "Default": "b", "AssociationPropertyMetadata": own},
    }
    choices = evaluated({"Parameters": parameters}).parameters["P"].form.choices
    assert choices == FormChoices(offered=["b"])
