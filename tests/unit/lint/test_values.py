"""What a property can be: the choices that are named, those that cannot be, and aliases without end."""

from __future__ import annotations

import pytest

from nestforge.lint.check import check_template

HEAD = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Cycle: {Type: String, AllowedValues: [Month, Day]}
  Unit: {Type: String, Default: Day}
Mappings:
  Units:
    Month: {Name: Month}
    Day: {Name: Day}
Conditions:
  IsDay: {"Fn::Equals": [{Ref: Cycle}, Day]}
  IsNoDay: {"Fn::Not": {Condition: IsDay}}
  IsEither: {"Fn::Or": [IsDay, {"Fn::Equals": [{Ref: Cycle}, Month]}]}
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
"""
ALLOWED = "PricingCycle must be one of Month, Year, not 'Day'"


def messages(resource: str) -> list[str]:
    text = HEAD + "".join(f"    {line}\n" for line in resource.splitlines())
    return [found.message for found in check_template(text, "some.yaml") if found.code.startswith("R31")]


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        ("Day", ""),
        ("{Ref: Cycle}", " (when parameter 'Cycle' is 'Day')"),
        ("{Ref: Unit}", " (by the default of parameter 'Unit')"),
        ("{'Fn::If': [IsEither, Day, Month]}", " (where condition 'IsEither' is true)"),
        ("{'Fn::FindInMap': [Units, Day, Name]}", " (for 'Day' in mapping 'Units')"),
        ("{'Fn::FindInMap': [Units, {Ref: Cycle}, Name]}", " (for 'Day' in mapping 'Units')"),
        ("{'Fn::FindInMap': [Units, {Ref: 'ALIYUN::Region'}, Name]}", " (for 'Day' in mapping 'Units')"),
        (
            "{'Fn::If': [IsEither, {Ref: Cycle}, Month]}",
            " (where condition 'IsEither' is true, when parameter 'Cycle' is 'Day')",
        ),
    ],
)
def test_a_finding_names_the_choice_under_which_it_holds(value: str, choice: str) -> None:
    assert messages(f"Properties: {{PricingCycle: {value}}}") == [ALLOWED + choice]


@pytest.mark.parametrize(
    "resource",
    [
        "Properties: {PricingCycle: {'Fn::If': [IsDay, Month, {Ref: Cycle}]}}",
        "Properties: {PricingCycle: {'Fn::If': [IsNoDay, {Ref: Cycle}, {Ref: 'ALIYUN::NoValue'}]}}",
        "Properties: {PricingCycle: {'Fn::If': [IsNoDay, {'Fn::If': [IsNoDay, Month, Day]}, Year]}}",
        "Properties: {PricingCycle: {'Fn::If': [IsNoDay, {'Fn::FindInMap': [Units, {Ref: Cycle}, Name]}, Year]}}",
        "Condition: IsNoDay\nProperties: {PricingCycle: {Ref: Cycle}}",
        "Properties: {PricingCycle: {'Fn::Select': [0, {'Fn::Split': [',', 'Day,Month']}]}}",
    ],
)
def test_what_a_condition_rules_out_is_no_value(resource: str) -> None:
    assert messages(resource) == []


@pytest.mark.parametrize(
    "properties",
    [
        "{PricingCycle: &again {'Fn::If': [IsDay, *again, Day]}}",
        "{PricingCycle: &again {'Fn::FindInMap': [Units, *again, Name]}}",
        "&again {'Fn::If': [IsDay, *again, *again]}",
    ],
)
def test_no_value_is_taken_from_an_alias_to_what_is_around_it(properties: str) -> None:
    found = check_template(f"{HEAD}    Properties: {properties}\n", "some.yaml")
    assert [finding.code for finding in found] == ["R3228"]


def test_aliases_that_multiply_end() -> None:
    doubled = "".join(f"  C{n}: {{'Fn::Or': [{{Condition: C{n + 1}}}, {{Condition: C{n + 1}}}]}}\n" for n in range(60))
    text = HEAD.replace("Conditions:\n", f"Conditions:\n{doubled}  C60: {{'Fn::Equals': [{{Ref: Cycle}}, Week]}}\n")
    choice = "Month"
    for n in range(60):
        choice = f"&a{n} {{'Fn::If': [C{n}, {choice}, {{Ref: Cycle}}]}}"
    found = check_template(f"{text}    Condition: C0\n    Properties:\n      PricingCycle: {choice}\n", "some.yaml")
    assert len(found) < 1000
