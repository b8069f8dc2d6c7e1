"""Which parameters the form shows and demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.evaluate.templates import template

from nestforge.evaluate.form import form_state

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
