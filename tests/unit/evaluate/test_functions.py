"""Each function by its table of cases: `in` is what is written, `is`, `unknown` or `error` what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import yaml
from tests.unit.evaluate.templates import around, evaluated

from nestforge.evaluate.data import Unknown
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.evaluate.shown import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

TABLES = Path(__file__).parent / "functions"


def cases() -> Iterator[ParameterSet]:
    for table in sorted(TABLES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(table.read_text("utf-8")), 1):
            yield pytest.param(case, id=f"{table.stem}-{number}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, object]) -> None:
    if case.get("in_condition"):
        result = evaluated(around(Conditions={"Case": case["in"]}))
        value = result.conditions["Case"]
    else:
        result = evaluated(around(Outputs={"Case": {"Value": case["in"]}}))
        value = result.outputs["Case"].value
    found = [f"{finding.code} {finding.message}" for finding in result.diagnostics]
    wanted = cast("str | None", case.get("error", case.get("warning")))
    assert len(found) == (wanted is not None), found
    assert wanted is None or wanted in found[0]
    data = value.data
    if "error" in case:
        assert isinstance(data, Unknown)
        assert data.faulty
    elif "unknown" in case:
        assert isinstance(data, Unknown), data
        assert data.type == case["unknown"]
        assert plain(data) == case.get("shown", plain(data))
    else:
        assert plain(data) == case["is"]
        assert type(plain(data)) is type(case["is"])


def test_every_function_has_a_table_and_a_file() -> None:
    named = {table.stem.replace("_", "::") for table in TABLES.glob("*.yaml")}
    assert named == set(FUNCTIONS)
    modules = {function.run.__module__ for function in FUNCTIONS.values()}
    assert len(modules) == len(FUNCTIONS)


def test_every_table_has_a_value_or_an_unknown() -> None:
    refusing = {"Fn_ResourceFacade"}
    for table in TABLES.glob("*.yaml"):
        outcomes = {key for case in yaml.safe_load(table.read_text("utf-8")) for key in case}
        assert outcomes & {"is", "unknown"} or table.stem in refusing, table.stem


def test_unknown_function() -> None:
    result = evaluated(around(Outputs={"Case": {"Value": {"Fn::Joint": ["", []]}}}))
    [finding] = result.diagnostics
    assert (finding.code, finding.help) == ("R2201", "did you mean 'Fn::Join'?")


def test_short_tags() -> None:
    result = evaluated(
        "ROSTemplateFormatVersion: '2015-09-01'\n"
        "Parameters: {P: {Type: String, Default: x}}\n"
        "Conditions:\n  C: !Equals [x, !Ref P]\n  D: !And [!Condition C, C]\n"
        "Resources: {V: {Type: ALIYUN::ECS::VPC}}\n"
        "Outputs:\n  A: {Value: !GetAtt V.Outputs.Url}\n  B: {Value: !Sub '${P}-${V}'}\n  I: {Value: !If [D, 1, 2]}\n"
    )
    assert not result.diagnostics
    assert [plain(output.value.data) for output in result.outputs.values()] == [
        "(known after creation: V.Outputs.Url)",
        "x-(known after creation: V)",
        1,
    ]
