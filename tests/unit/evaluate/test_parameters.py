"""Values given for parameters: what they are converted to, and the sentences for those that do not fit."""

from __future__ import annotations

import pytest
from tests.unit.evaluate.templates import SECRET, evaluated

from nestforge.evaluate.data import Data, Unknown
from nestforge.evaluate.shown import plain

CONVERTED: list[tuple[str, Data, Data]] = [
    ("String", "x", "x"),
    ("String", 5, "5"),
    ("String", True, "true"),
    ("Number", "5", 5),
    ("Number", " 0.5 ", 0.5),
    ("Number", 7, 7),
    *(("Boolean", word, True) for word in ("true", "T", "y", "Yes", "ON", "1", 1, True)),
    *(("Boolean", word, False) for word in ("False", "f", "N", "no", "off", "0", 0, False)),
    ("CommaDelimitedList", "", []),
    ("CommaDelimitedList", "a,b,", ["a", "b", ""]),
    ("CommaDelimitedList", ["a"], ["a"]),
    ("Json", '{"a": [1]}', {"a": [1]}),
    ("Json", [1], [1]),
]

REFUSED: list[tuple[dict[str, object], Data, str]] = [
    ({"Type": "Number"}, "many", "R2103 P is 'many': expected a number"),
    ({"Type": "Number"}, "nan", "R2103 P is 'nan': expected a number"),
    ({"Type": "Boolean"}, "maybe", "R2103 P is 'maybe': expected true or false"),
    ({"Type": "Json"}, "{", "R2103 P is '{': expected valid JSON"),
    ({"Type": "Json"}, "[" * 9000, "R2103 P is"),
    ({"Type": "String"}, ["a"], 'R2103 P is ["a"]: expected a text'),
    ({"Type": "CommaDelimitedList"}, {"a": "b"}, 'R2103 P is {"a": "b"}: expected a list, separated by commas'),
    ({"Type": "String", "AllowedValues": ["a", "b"]}, "c", "R2104 P is 'c': expected one of 'a', 'b'"),
    ({"Type": "Number", "AllowedValues": [1, "2"]}, "3", "R2104 P is '3': expected one of 1, 2"),
    ({"Type": "CommaDelimitedList", "AllowedValues": ["a", "b"]}, "a,c", "R2104 P is 'a,c': expected one of 'a', 'b'"),
    ({"Type": "String", "AllowedPattern": "[a-z]+"}, "ab1", "R2105 P is 'ab1': expected what matches [a-z]+"),
    ({"Type": "String", "AllowedPattern": "^(a+)+$"}, "a" * 40 + "b", "R2105 P is"),
    ({"Type": "String", "MinLength": 2}, "a", "R2106 P is 'a': expected a length of at least 2"),
    ({"Type": "String", "MaxLength": "2"}, "abc", "R2106 P is 'abc': expected a length of at most 2"),
    ({"Type": "CommaDelimitedList", "MinLength": 2}, "a", "R2106 P is 'a'"),
    ({"Type": "Json", "MaxLength": 1}, "[1, 2]", "R2106 P is '[1, 2]'"),
    ({"Type": "Number", "MinValue": 2}, 1, "R2107 P is 1: expected at least 2"),
    ({"Type": "Number", "MaxValue": 0.5}, 1, "R2107 P is 1: expected at most 0.5"),
    ({"Type": "Number", "MinValue": "x"}, 1, "R2109 MinValue is 'x', expected a number"),
    ({"Type": "String", "AllowedPattern": "("}, "a", "R2203 '(' is no regular expression"),
    ({"Type": "Strin"}, "a", "R2109 parameter 'P' has the type 'Strin'"),
]

ACCEPTED: list[tuple[dict[str, object], Data]] = [
    ({"Type": "String", "AllowedValues": ["a", 5]}, "5"),
    ({"Type": "Number", "AllowedValues": ["5"]}, 5),
    ({"Type": "CommaDelimitedList", "AllowedValues": ["a", "b"]}, "b,a"),
    ({"Type": "Boolean", "AllowedValues": ["true"]}, "yes"),
    ({"Type": "String", "AllowedPattern": "^a|b$", "MaxLength": 3}, "b"),
    ({"Type": "Number", "MinValue": 1, "MaxValue": 2}, "2"),
]


def one(attributes: dict[str, object]) -> dict[str, object]:
    return {"ROSTemplateFormatVersion": "2015-09-01", "Parameters": {"P": attributes}}


@pytest.mark.parametrize(("type_", "given", "wanted"), CONVERTED)
def test_conversion(type_: str, given: Data, wanted: Data) -> None:
    result = evaluated(one({"Type": type_}), P=given)
    assert not result.diagnostics
    data = result.parameters["P"].value.data
    assert (data, type(data)) == (wanted, type(wanted))


@pytest.mark.parametrize(("attributes", "given", "message"), REFUSED)
def test_refusal(attributes: dict[str, object], given: Data, message: str) -> None:
    result = evaluated(one(attributes), P=given)
    [finding] = result.diagnostics
    assert f"{finding.code} {finding.message}".startswith(message)
    assert finding.under == "Parameters.P"
    [beside] = result.parameters["P"].problems
    assert finding.message.endswith(beside)


@pytest.mark.parametrize(("attributes", "given"), ACCEPTED)
def test_acceptance(attributes: dict[str, object], given: Data) -> None:
    assert not evaluated(one(attributes), P=given).diagnostics


@pytest.mark.parametrize(
    ("locale", "message", "help"),
    [
        ("zh-cn", "端口 (P) 的值为 '0'：请输入端口。", "不得小于 1"),
        ("en", "Port (P) is '0': Enter a port.", "expected at least 1"),
    ],
)
def test_the_template_s_own_words_come_first(locale: str, message: str, help: str) -> None:
    own = {
        "Type": "Number",
        "MinValue": 1,
        "Label": {"zh-cn": "端口", "en": "Port"},
        "ConstraintDescription": {"zh-cn": "请输入端口。", "en": "Enter a port."},
    }
    result = evaluated(one(own), locale, P="0")
    [finding] = result.diagnostics
    assert (finding.message, finding.help) == (message, help)
    [beside] = result.parameters["P"].problems
    assert message.endswith(beside)


@pytest.mark.parametrize(("locale", "message"), [("zh-cn", "P：请填写此参数"), ("en", "P: enter a value")])
def test_missing_value(locale: str, message: str) -> None:
    result = evaluated(one({"Type": "CommaDelimitedList"}), locale)
    [finding] = result.diagnostics
    assert (finding.code, finding.message) == ("R2102", message)
    assert result.parameters["P"].problems == (message.removeprefix("P：").removeprefix("P: "),)
    data = result.parameters["P"].value.data
    assert isinstance(data, Unknown)
    assert (data.type, data.faulty) == ("list", True)


@pytest.mark.parametrize(
    ("attributes", "missing"),
    [
        ({"Default": None}, True),
        ({"Default": None, "Required": False}, False),
        ({"Default": None, "Required": {"Fn::Equals": ["${Q}", "a"]}}, True),
        ({"Default": None, "Required": {"Fn::Equals": ["${Q}", "b"]}}, False),
        ({"Default": ""}, False),
        ({"Default": "", "AllowedValues": ["a"], "MinLength": 1}, False),
    ],
)
def test_default_that_is_none(attributes: dict[str, object], missing: bool) -> None:
    content = {
        "ROSTemplateFormatVersion": "2015-09-01",
        "Parameters": {"P": {"Type": "String", **attributes}, "Q": {"Type": "String", "Default": "a"}},
    }
    assert [finding.code for finding in evaluated(content).diagnostics] == ["R2102"] * missing


def test_unknown_parameter() -> None:
    [finding] = evaluated(one({"Type": "String", "Default": "a"}), Q="b", P="c").diagnostics
    assert (finding.code, finding.message) == ("R2101", "the template has no parameter 'Q'")


def test_stored_value_is_unknown() -> None:
    result = evaluated(one({"Type": "ALIYUN::OOS::SecretParameter::Value", "NoEcho": True}), P=SECRET)
    assert isinstance(result.parameters["P"].value.data, Unknown)
    assert SECRET not in repr(plain(result.parameters["P"].value.data))


def test_refusal_does_not_quote_a_secret() -> None:
    [finding] = evaluated(one({"Type": "String", "NoEcho": True, "MaxLength": 3}), P=SECRET).diagnostics
    assert finding.message == "P is '****': expected a length of at most 3"


@pytest.mark.parametrize(
    ("type_", "given"),
    [("String", "\ud800"), ("Json", '"\\ud800"'), ("Json", "[1e999]"), ("Json", "NaN"), ("Number", "9" * 5000)],
)
def test_what_cannot_be_written_is_refused(type_: str, given: str) -> None:
    [finding] = evaluated(one({"Type": type_}), P=given).diagnostics
    assert finding.code == "R2103"
    assert str(finding).encode()
