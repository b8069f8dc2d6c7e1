"""What a NoEcho parameter holds is never shown, wherever in a function it goes and whatever comes of it."""

from __future__ import annotations

import gc
import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.unit.evaluate.templates import SECRET, around, evaluated

from nestforge.cli.show_evaluation import evaluation_json, evaluation_text
from nestforge.evaluate import pattern
from nestforge.model import near_miss

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = sorted((Path(__file__).parent / "functions").glob("*.yaml"))
PARAMETERS = ("Secret", "SecretDoc", "SecretNumber")
NEVER_SHOWN = (SECRET, SECRET[:-1], "730517", b64encode(SECRET.encode()).decode())


def with_secret(tree: object, parameter: str) -> Iterator[object]:
    """Yield the expression with each of its values in turn taken from a secret parameter."""
    reference = {"Ref": parameter}
    if isinstance(tree, list):
        for place, item in enumerate(tree):
            for changed in with_secret(item, parameter):
                yield [*tree[:place], changed, *tree[place + 1 :]]
    elif isinstance(tree, dict):
        for key, item in tree.items():
            for changed in with_secret(item, parameter):
                yield {**tree, key: changed}
    else:
        yield reference


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_secret_in_every_place(table: Path) -> None:
    outputs: dict[str, object] = {}
    conditions: dict[str, object] = {}
    for case in yaml.safe_load(table.read_text("utf-8")):
        into = conditions if case.get("in_condition") else outputs
        for parameter in PARAMETERS:
            for changed in with_secret(case["in"], parameter):
                name = f"Case{len(into)}"
                into[name] = changed if case.get("in_condition") else {"Value": changed}
    result = evaluated(around(Outputs=outputs, Conditions=conditions))
    findings = [str(finding) for finding in result.diagnostics]
    shown = "\n".join([evaluation_text(result), evaluation_json(result, result.diagnostics), *findings])
    for text in NEVER_SHOWN:
        place = shown.find(text)
        assert place < 0, shown[max(0, place - 200) : place + 60]


def test_what_is_around_a_secret_is_shown() -> None:
    value = {"Fn::Sub": "Bearer ${Secret} to ${Vpc.Address}"}
    result = evaluated(around(Outputs={"Case": {"Value": {"Fn::Join": [" ", ["say", value]]}}}))
    assert "say Bearer **** to (known after creation: Vpc.Address)" in evaluation_text(result)


def test_default_of_a_secret_parameter_is_masked_in_what_is_shown_of_parameters() -> None:
    assert SECRET not in evaluation_json(evaluated(around()), [])


def test_a_secret_boolean_is_a_member_like_any_other() -> None:
    parameters = {"On": {"Type": "Boolean", "Default": True, "NoEcho": True}}
    value = {"Fn::EachMemberIn": [[True], [{"Ref": "On"}]]}
    result = evaluated(around(Parameters=parameters, Outputs={"O": {"Value": {"Fn::Str": value}}}))
    assert result.outputs["O"].value.data == "true"


def texts_below(kept: object) -> Iterator[str]:
    """Yield the texts that something keeps alive, three levels down: a cache, its entries, what is in each."""
    level = [kept]
    for _ in range(3):
        level = [each for one in level for each in gc.get_referents(one)]
        yield from (each for each in level if isinstance(each, str))


def test_nothing_keeps_a_secret_pattern_or_a_secret_text_that_is_matched() -> None:
    slow = "(x+x+)+y"
    own = {
        "Text": {"Type": "String", "Default": SECRET, "NoEcho": True, "AllowedPattern": slow},
        "Slow": {"Type": "String", "Default": f"{slow}{SECRET}", "NoEcho": True},
    }
    patterns = [{"Fn::MatchPattern": [{"Ref": name}, "x" * 20]} for name in ("Text", "Slow")]
    result = evaluated(around(Parameters=own, Outputs={"Case": {"Value": patterns}}))
    assert [finding.code for finding in result.diagnostics] == ["R2105"]
    caches = [each for module in (pattern, near_miss) for each in vars(module).values() if hasattr(each, "cache_info")]
    kept = [text for cache in [*caches, vars(re)["_cache"]] for text in texts_below(cache)]
    assert slow in kept
    assert not [text for text in kept if SECRET in text]
