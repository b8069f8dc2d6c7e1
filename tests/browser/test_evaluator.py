"""The evaluator in the page says what the one in Python says: the same JSON, to the letter."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.browser.evaluator import Case, case, in_python, in_the_page, open_evaluator
from tests.unit.evaluate import test_form, test_parameters, test_secrets
from tests.unit.evaluate.templates import around
from tests.unit.evaluate.test_own_service import EXISTING, GIVEN, KEY, PUBLIC, own

from nestforge.evaluate.written import written
from nestforge.sources.nodes import children, entries, items, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page
    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

TABLES = sorted((Path(test_secrets.__file__).parent / "functions").glob("*.yaml"))


def assert_same(page: Page, cases: Sequence[Case]) -> None:
    open_evaluator(page)
    for each, wanted, found in zip(cases, in_python(cases), in_the_page(page, cases), strict=True):
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
        nodes += [metadata.get("Visible"), metadata.get("Required"), attributes.get("Required")]
    words = {word.removeprefix("${").removesuffix("}") for node in nodes for word in scalars(node)}
    return words & set(template.parameters)


def test_every_choice_in_our_own_template(page: Page) -> None:
    template = own()
    values = finite(template)
    decisive = deciding(template) & set(values)
    assert decisive >= {"InferenceEngine", "PayType", "LoginMethod", "VpcOption", "SupportPublicAccess"}
    others = [name for name in values if name not in decisive]
    given: list[dict[str, Data]] = []
    for number, chosen in enumerate(product(*(values[name] for name in decisive))):
        passed = {name: values[name][number % len(values[name])] for name in others}
        given.append({**GIVEN, **passed, **dict(zip(decisive, chosen, strict=True))})
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
    assert_same(page, [Case(template, [*given, *free]), Case(template, [*given[:8], *free], "zh-cn")])
