"""The evaluator in the page says what the one in Python says: the same JSON, to the letter."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.programs import is_everything_to_be_tested
from tests.unit.evaluate import test_form, test_parameters, test_secrets, test_stack
from tests.unit.evaluate.templates import around, template
from tests.unit.evaluate.test_own_service import EXISTING, GIVEN, KEY, PUBLIC, own

from checks.page_evaluator.compare import (
    Case,
    begin_in_the_page,
    ended_in_the_page,
    in_python,
    in_the_page,
    open_evaluator,
)
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.evaluate.written import written
from nestforge.sources.nodes import children, entries, items, scalar
from nestforge.web.bundle import STATIC
from nestforge.web.template_json import template_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page
    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

HERE = Path(__file__).parent
AT_ONCE = 1000
"""Evaluations whose texts are kept at the same time: 60 kB each."""
TABLES = sorted((Path(test_secrets.__file__).parent / "functions").glob("*.yaml"))


def case(content: object, *given: dict[str, Data], locale: str = "en") -> Case:
    """Return a template written as in the evaluator's own tests, with values for it."""
    return Case(template(content), given or ({},), locale)


def assert_same(page: Page, cases: Sequence[Case]) -> None:
    open_evaluator(page)
    begin_in_the_page(page, cases)
    for each, wanted, found in zip(cases, in_python(cases), ended_in_the_page(page), strict=True):
        for given, in_python_, in_page in zip(each.given, wanted, found, strict=True):
            assert in_page == in_python_, (given, each.template.text)


def expressions() -> Iterator[tuple[object, bool]]:
    """Yield what the tables of functions write, and whether it is a condition."""
    for table in TABLES:
        for row in yaml.safe_load(table.read_text("utf-8")):
            yield row["in"], bool(row.get("in_condition"))


def placed(content: object, is_condition: bool) -> dict[str, object]:
    return {"Conditions": {"Case": content}} if is_condition else {"Outputs": {"Case": {"Value": content}}}


@pytest.mark.parametrize("locale", ["en", "zh-cn"])
def test_every_case_of_every_function(page: Page, locale: str) -> None:
    assert_same(page, [case(around(**placed(*each)), locale=locale) for each in expressions()])


def test_secrets_in_every_place_of_every_function(page: Page) -> None:
    cases = []
    for parameter, table in product(test_secrets.PARAMETERS, TABLES):
        outputs: dict[str, object] = {}
        conditions: dict[str, object] = {}
        for row in yaml.safe_load(table.read_text("utf-8")):
            for changed in test_secrets.with_secret(row["in"], parameter):
                name = f"Case{len(outputs) + len(conditions)}"
                if row.get("in_condition"):
                    conditions[name] = changed
                else:
                    outputs[name] = {"Value": changed}
        cases.append(case(around(Outputs=outputs, Conditions=conditions)))
    assert_same(page, cases)


def test_values_of_parameters_and_what_is_said_of_them(page: Page) -> None:
    tables: list[tuple[dict[str, object], Data]] = [
        ({"Type": kind}, given) for kind, given, _ in test_parameters.CONVERTED
    ]
    tables += [(attributes, given) for attributes, given, _ in test_parameters.REFUSED]
    tables += test_parameters.ACCEPTED
    one = test_parameters.one
    cases = [case(one(own), {"P": given}, locale=locale) for own, given in tables for locale in ("en", "zh-cn")]
    assert_same(page, [*cases, case(one({"Type": "String"}), {}, {"Q": "b", "P": "c"})])


def test_conditions_of_the_form(page: Page) -> None:
    types = {bool: "Boolean", int: "Number", str: "String", list: "Json", dict: "Json"}
    values = {name: {"Type": types[type(value)], "Default": value} for name, value in test_form.VALUES.items()}
    parameters: list[dict[str, object]] = []
    for condition, _ in test_form.HOLDS:
        parameters.append({"AssociationPropertyMetadata": {"Visible": {"Condition": condition}}})
        parameters.append({"Required": condition, "Default": None})
    assert_same(page, [case({"Parameters": {**values, "P": {"Type": "String", **own}}}) for own in parameters])


def test_choices_of_the_form(page: Page) -> None:
    types = {bool: "Boolean", int: "Number", str: "String", list: "Json", dict: "Json"}
    values = {name: {"Type": types[type(value)], "Default": value} for name, value in test_form.VALUES.items()}
    secret = {"S": {"Type": "String", "NoEcho": True, "Default": "s"}}
    more: list[dict[str, object]] = [
        {
            "AllowedValues": ["${S}", "a${S}", "${Kind}${!S}"],
            "Value": [test_form.when("a", {"k": [1.0, "${S}", True]})],
        },
        {"MinValue": [test_form.when("a", "${N}")], "MaxValue": [test_form.when("a", 1e3)]},
        {"Value": [test_form.when("a", 9007199254740993)]},
    ]
    parameters = [
        {**values, **secret, "P": {"Type": type_, "Default": given, "AssociationPropertyMetadata": own}}
        for own in [*(metadata for metadata, _ in test_form.CHOICES), *more]
        for type_, given in (("String", "x"), ("Number", 5), ("CommaDelimitedList", "x,z"))
    ]
    sized = [case(test_form.SIZED, given, locale=each) for given, _ in test_form.SIZES for each in ("en", "zh-cn")]
    assert_same(page, [*(case({"Parameters": own}) for own in parameters), *sized])


def batched(given: list[dict[str, Data]], size: int) -> Iterator[list[dict[str, Data]]]:
    yield from (given[start : start + size] for start in range(0, len(given), size))


def finite(template: Template) -> dict[str, list[Data]]:
    """Return the values of each parameter that has only so many."""
    result: dict[str, list[Data]] = {}
    for name, node in template.parameters.items():
        attributes = entries(node)
        if allowed := [written(value) for value in items(attributes.get("AllowedValues"))]:
            result[name] = allowed
        elif scalar(attributes.get("Type")) == "Boolean":
            result[name] = ["true", "false"]
    return result


def scalars(node: Node | None) -> Iterator[str]:
    if node is not None:
        yield scalar(node) or ""
        for child in children(node):
            yield from scalars(child)


def deciding(template: Template) -> set[str]:
    """Return the parameters that conditions, rules, the form and mappings ask; the others are only put somewhere."""
    nodes = [template.sections.get("Conditions"), template.sections.get("Rules")]
    nodes += [call.argument for call in template.calls("Fn::FindInMap")]
    for node in template.parameters.values():
        attributes = entries(node)
        metadata = entries(attributes.get("AssociationPropertyMetadata"))
        nodes += [
            metadata.get(name) for name in ("Visible", "Required", "AllowedValues", "Value", "MinValue", "MaxValue")
        ]
        nodes.append(attributes.get("Required"))
    words = {word.removeprefix("${").removesuffix("}") for node in nodes for word in scalars(node)}
    return words & set(template.parameters)


def choices(template: Template, *, all_of_them: bool) -> list[dict[str, Data]]:
    """Return every combination of the values of the finite parameters.

    There are 20,736. Without `all_of_them`, the parameters that decide something are combined, and the others, which
    are only put somewhere, take their values in turn.
    """
    values = finite(template)
    combined = set(values) if all_of_them else deciding(template) & set(values)
    assert combined >= {"InferenceEngine", "PayType", "LoginMethod", "VpcOption", "SupportPublicAccess"}
    names = [name for name in values if name in combined]
    others = [name for name in values if name not in combined]
    given: list[dict[str, Data]] = []
    for number, chosen in enumerate(product(*(values[name] for name in names))):
        passed = {name: values[name][number % len(values[name])] for name in others}
        given.append({**GIVEN, **passed, **dict(zip(names, chosen, strict=True))})
    return given


def test_every_choice_in_our_own_template(page: Page) -> None:
    template = own()
    given = choices(template, all_of_them=is_everything_to_be_tested())
    free: list[dict[str, Data]] = [
        *({**GIVEN, **PUBLIC, **EXISTING, "ApiKey": key} for key in (KEY, "short", "")),
        *({**GIVEN, "MaxModelLen": length} for length in ("1", "65536", "1e5", "many")),
        *({**GIVEN, "GpuMemoryUtilization": share} for share in ("0.5", "0.90", "2")),
        *({**GIVEN, "AllowedCidr": block, **PUBLIC} for block in ("0.0.0.0/0", "10.0.0.1", "")),
        *(
            {**GIVEN, "InstancePassword": password, "LoginMethod": "Password"}
            for password in ("Aa1!aaaa", "simple", "密码Aa1!")
        ),
        {},
    ]
    assert_same(page, [Case(template, free), Case(template, [*given[:8], *free], "zh-cn")])
    for part in batched(given, AT_ONCE):
        assert_same(page, [Case(template, part)])


PROTOTYPE = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "1", "0", "x"]


def test_names_that_mean_something_to_javascript_are_names(page: Page) -> None:
    content = {
        "Parameters": {name: {"Type": "Json", "Default": {name: [name]}} for name in PROTOTYPE},
        "Mappings": {name: {name: {name: {name: name}}} for name in PROTOTYPE},
        "Conditions": {name: {"Fn::Equals": [name, {"Ref": name}]} for name in PROTOTYPE},
        "Resources": {
            f"R{name}": {"Type": name, "Properties": {name: {"Fn::FindInMap": [name, name, name]}}}
            for name in PROTOTYPE
        },
        "Outputs": {
            name: {
                "Value": {
                    "Fn::MergeMap": [{name: {"Ref": name}, "a": 1}, {"__proto__": {"polluted": True}, "x": {"y": 2}}],
                }
            }
            for name in PROTOTYPE
        },
    }
    functions = {name: {"Value": {f"Fn::{name}": 1}} for name in PROTOTYPE}
    texts = {name: {"Value": {"Fn::Sub": f"${{{name}}} ${{{name}.{name}}} ${{!{name}}}"}} for name in PROTOTYPE}
    chosen: dict[str, Data] = dict.fromkeys(PROTOTYPE, '{"__proto__": {"polluted": true}}')
    assert_same(
        page, [case(content, {}, chosen), case({**content, "Outputs": functions}), case({**content, "Outputs": texts})]
    )
    assert page.evaluate("[{}.polluted, Object.keys(Object.prototype).length, typeof {}.toString]") == [
        None,
        0,
        "function",
    ]
    names = "(facts) => Object.keys(evaluate(facts).parameters)"
    assert sorted(page.evaluate(names, template_json(template(content)))) == sorted(PROTOTYPE)


def test_endless_and_exploding_templates_end_alike(page: Page) -> None:
    assert_same(page, [case(text) for text in test_stack.ENDLESS])


def test_deep_values_and_long_chains(page: Page) -> None:
    deep: object = "x"
    for _ in range(190):
        deep = [deep]
    chain: dict[str, object] = {f"C{n}": {"Fn::Not": {"Condition": f"C{n + 1}"}} for n in range(3000)}
    documents: list[Data] = ["[" * 9000, "[" * 9000 + "]" * 9000, "[" * 100 + "]" * 100, '{"a":' * 150]
    cases = [
        case(around(Outputs={"O": {"Value": deep}})),
        case(around(Conditions={**chain, "C3000": {"Fn::Equals": [1, 1]}})),
        case(around(Conditions=chain)),
        case(around(), *({"Doc": document} for document in documents)),
        *(case(around(Outputs={"O": {"Value": test_stack.nested(levels)}})) for levels in (20, 21, 60)),
    ]
    assert_same(page, cases)


def test_dependencies_on_one_of_a_count(page: Page) -> None:
    chosen = product((0, 2, "x", None), ("R", "R[1]", "R[2]", "R[x]", ["R", "R[0]"]))
    resources = [
        {"R": {"Type": "T", "Count": count}, "Q": {"Type": "T", "DependsOn": needed}} for count, needed in chosen
    ]
    assert_same(page, [case({"Resources": own}) for own in resources])


def test_properties_without_a_value(page: Page) -> None:
    cases = [
        case(around(Resources={"Case": {"Type": type_, "Properties": written}}))
        for type_, written, _ in test_stack.LEFT_OUT
    ]
    disk = "{Size: {Ref: 'ALIYUN::NoValue'}, Category: {Ref: 'ALIYUN::NoValue'}}"
    merged = f"""
        ROSTemplateFormatVersion: '2015-09-01'
        Mappings: {{M: {{a: &disk {disk}}}}}
        Resources:
          Group: {{Type: ALIYUN::ECS::InstanceGroup, Properties: {{MaxAmount: 1, DiskMappings: [{{<<: *disk}}]}}}}
          Custom: {{Type: 'Custom::One', Properties: {disk}}}
    """
    assert_same(page, [*cases, case(merged)])


def test_policies_of_deletion(page: Page) -> None:
    policies = ("Retain", {"Ref": "Text"}, {"Ref": "Nothing"}, {"Fn::GetAtt": ["Vpc", "VpcId"]})
    resources = [{"Case": {"Type": "ALIYUN::ECS::VPC", "DeletionPolicy": policy}} for policy in policies]
    assert_same(page, [case(around(Resources=own)) for own in resources])


def test_numbers_and_texts_beyond_what_json_carries(page: Page) -> None:
    text = """
        ROSTemplateFormatVersion: '2015-09-01'
        Outputs:
          Date: {Value: 2015-09-01}
          Time: {Value: 2001-12-14t21:59:43.10-05:00}
          Whole: {Value: [9007199254740993, -0x10, 0o17, 017, 1_000, 190:20:30]}
          Real: {Value: [1.0, 1e3, 1.5e+300, .5, -0.0, 1e-7, 6.02e23, .inf, .nan]}
          Words: {Value: [yes, No, on, ~, null, 'null', =, <<, !!str 5, !!int "7", !!binary aGk=]}
          Huge: {Value: [1e400, %s]}
          Keys: {Value: {1: a, true: b, ~: c, 1.0: d, [x, y]: e, {k: v}: f, 1: again}}
          Merged: {Value: {<<: [{a: 1, b: 2}, {b: 3, c: 4}], b: 5, d: 6}}
          Sum: {Value: {'Fn::Add': [9007199254740993, 1, 2]}}
          Text: {Value: {'Fn::Str': {a: 9007199254740993, b: 1.0, c: "\U0001f600é\u2028"}}}
          Length: {Value: {'Fn::Length': "\U0001f600\U0001f600"}}
          Cut: {Value: {'Fn::Jq': [First, '.[1:]', '"\U0001f600b"']}}
        Date: x
    """ % ("9" * 400)
    assert_same(page, [case(text)])
    shown = "(facts) => [evaluate(facts).outputs.Sum.value].map(String)"
    assert page.evaluate(shown, template_json(template(text))) == ["9007199254740996"]


def test_work_grows_with_the_template_and_no_faster(page: Page) -> None:
    """Counts what the evaluator asks of maps, sets and lists: a time would depend on the machine."""
    open_evaluator(page)
    counting = """(text) => {
      const facts = JSON.parse(text);
      let asked = 0;
      const counted = [[Map.prototype, "get"], [Map.prototype, "has"], [Map.prototype, "set"], [Set.prototype, "add"],
        [Set.prototype, "has"], [Array.prototype, "push"], [Array.prototype, "map"], [Array.prototype, "flatMap"],
        [Array.prototype, "includes"], [Array.prototype, "indexOf"]];
      const own = counted.map(([of, name]) => of[name]);
      evaluate(facts);
      counted.forEach(([of, name], at) => { of[name] = function (...given) {
        asked += 1 + (name === "includes" || name === "indexOf" ? this.length : 0);
        return own[at].apply(this, given);
      }; });
      try { evaluate(facts, { values: { On: "false" } }); }
      finally { counted.forEach(([of, name], at) => { of[name] = own[at]; }); }
      return asked;
    }"""
    few, many = (page.evaluate(counting, json.dumps(template_json(template(large(count))))) for count in (500, 5000))
    assert 9 < many / few < 11
    assert many < 200 * 5000


def large(count: int) -> dict[str, object]:
    """Return a template of so many resources, each of which needs the one before, and is asked for a condition."""
    return {
        "Parameters": {"On": {"Type": "Boolean", "Default": True}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "On"}, True]}},
        "Resources": {
            f"R{number}": {
                "Type": "ALIYUN::ECS::VPC",
                "DependsOn": f"R{max(number - 1, 1)}" if number > 1 else None,
                "Properties": {
                    "VpcName": {"Fn::Sub": f"vpc-${{On}}-{number}"},
                    "CidrBlock": {"Fn::If": ["C", "10.0.0.0/8", {"Ref": "ALIYUN::NoValue"}]},
                    "Description": {"Fn::GetAtt": [f"R{count}", "Absent"]} if number < count else "last",
                    "Wrong": {"Ref": "Nothing"},
                },
            }
            for number in range(1, count + 1)
        },
    }


def test_a_difference_would_be_seen(page: Page) -> None:
    """The comparison itself: a page that is asked for another value says something else."""
    one = case(around(), {"Text": "a"})
    other = case(around(), {"Text": "b"})
    open_evaluator(page)
    assert in_the_page(page, [one]) != in_python([other])


def test_each_function_of_ros_is_in_the_table_of_the_page() -> None:
    table = (STATIC / "functions" / "table.js").read_text(encoding="utf-8")
    assert set(re.findall(r'^  "(.+?)": \w+,$', table, re.MULTILINE)) == set(FUNCTIONS)


def test_what_differs_is_listed(page: Page) -> None:
    rows = yaml.safe_load((HERE / "differences.yaml").read_text("utf-8"))
    cases = [case(around(Outputs={"Case": {"Value": row["in"]}})) for row in rows]
    open_evaluator(page)
    for row, [ours], [theirs] in zip(rows, in_python(cases), in_the_page(page, cases), strict=True):
        assert row["python"] in ours, row["what"]
        assert row["page"] in theirs, row["what"]
