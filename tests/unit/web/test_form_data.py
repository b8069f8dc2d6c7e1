"""The form of a template as data: groups, texts in each language, what a parameter offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.sources.template import load_template
from nestforge.web.form_data import form_data

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json


def form(text: str) -> dict[str, Json]:
    template = load_template("ROSTemplateFormatVersion: '2015-09-01'\n" + text, "t.yaml", [])
    assert template is not None
    return form_data(template)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{default: {en: Net, zh-cn: 网络}}", {"en": "Net", "zh-cn": "网络"}),
        ("{en: Net}", {"en": "Net"}),
        ("{default: Net}", {"": "Net"}),
        ("Net", {"": "Net"}),
    ],
)
def test_a_group_has_its_label_however_it_is_written(label: str, expected: dict[str, str]) -> None:
    group = f"Metadata: {{'ALIYUN::ROS::Interface': {{ParameterGroups: [{{Parameters: [B], Label: {label}}}]}}}}\n"
    found = form(group + "Parameters: {A: {Type: String}, B: {Type: String}}\n")
    assert found["groups"] == [{"label": expected, "parameters": ["B"]}, {"label": {}, "parameters": ["A"]}]


def test_a_parameter_that_is_grouped_twice_or_not_declared_stands_once_or_nowhere() -> None:
    group = "Metadata: {'ALIYUN::ROS::Interface': {ParameterGroups: [{Parameters: [A, A, X]}, {Parameters: [A]}]}}\n"
    found = form(group + "Parameters: {A: {Type: String}}\n")
    assert found["groups"] == [{"label": {}, "parameters": ["A"]}, {"label": {}, "parameters": []}]


def test_a_parameter_says_what_the_form_needs() -> None:
    text = "Parameters: {A: {Type: Number, NoEcho: true, Default: 1, AllowedValues: [1, 2], MinValue: 0, Label: L}}\n"
    assert form(text)["parameters"] == {
        "A": {
            "type": "Number",
            "secret": True,
            "association": "",
            "metadata": None,
            "label": {"": "L"},
            "description": {},
            "placeholder": {},
            "default": 1,
            "allowed": [1, 2],
            "MinValue": "0",
        }
    }
