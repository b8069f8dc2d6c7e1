"""What `--json` writes is what `nestforge schema` says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from jsonschema import Draft202012Validator
from tests.own_project import ROOT, TEMPLATE, own_build
from tests.unit.evaluate import test_form, test_stack
from tests.unit.evaluate.templates import around, evaluated

from nestforge.cli import main
from nestforge.cli.show_evaluation import evaluation_json
from nestforge.evaluate.stack import evaluate
from nestforge.sources.schemas import OUTPUTS, schema
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.evaluate.data import Data

VALIDATORS = {name: Draft202012Validator(schema(name)) for name in OUTPUTS}
PACKAGES = sorted((ROOT / "tests" / "packages").rglob("ros_templates/**/*.yaml"))


def faults(command: str, output: str) -> list[str]:
    return [f"{found.json_path}: {found.message}" for found in VALIDATORS[command].iter_errors(json.loads(output))]


def evaluation_of(text: str, given: dict[str, Data]) -> str:
    template = load_template(text, "t.yaml", [])
    assert template is not None
    result = evaluate(template, given, {})
    return evaluation_json(result, result.diagnostics)


def evaluations() -> Iterator[str]:
    """Yield evaluations with something of everything: secrets, what is unknown, what is wrong, what the form says."""
    own = own_build().files[TEMPLATE].decode()
    for given in ({}, {"SupportPublicAccess": "true"}, {"LoginMethod": "Password", "MaxModelLen": "x"}):
        yield evaluation_of(own, cast("dict[str, Data]", given))
    for path in PACKAGES:
        yield evaluation_of(path.read_text("utf-8"), {})
    contents: list[object] = [around(), test_form.SIZED, *test_stack.ENDLESS]
    contents += [
        around(Resources={"Case": {"Type": type_, "Properties": properties, "DeletionPolicy": "Retain"}})
        for type_, properties, _ in test_stack.LEFT_OUT
    ]
    secrets = [{"Ref": name} for name in ("Secret", "SecretDoc", "Null")]
    values = [secrets, {"Fn::Sub": "${Secret} ${Vpc}"}, {"Ref": "Nothing"}]
    contents += [around(Outputs={"Case": {"Value": value, "Label": "a"}}) for value in values]
    for content in contents:
        result = evaluated(content)
        yield evaluation_json(result, result.diagnostics)
    yield evaluation_json(None, [])


def test_every_evaluation_has_the_published_shape() -> None:
    found = [faults("evaluate", output) for output in evaluations()]
    assert len(found) > 20
    assert [each for each in found if each] == []


@pytest.mark.parametrize("arguments", [(), ("--max-model-len", "163840"), ("--instance", "ecs.gn8v-4x.24xlarge")])
def test_every_estimate_has_the_published_shape(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    main(["capacity", "--json", *arguments])
    assert faults("capacity", capsys.readouterr().out) == []


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_schema_refuses_what_is_missing_and_what_is_new(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = {"evaluate": lambda: next(evaluations()), "capacity": lambda: _capacity(capsys)}[command]()
    whole = json.loads(output)
    levels = 0
    for found in mappings(whole):
        for key in [key for key in found if key not in ("secret", "parameters")]:
            kept = found.pop(key)
            if not VALIDATORS[command].is_valid(whole):
                levels += 1
            found[key] = kept
        found["Strange key"] = 1
        assert not VALIDATORS[command].is_valid(whole), found
        del found["Strange key"]
    assert levels > 10


def _capacity(capsys: pytest.CaptureFixture[str]) -> str:
    main(["capacity", "--json", "--instance", "ecs.gn8v-8x.48xlarge"])
    return capsys.readouterr().out


def mappings(data: object) -> Iterator[dict[str, object]]:
    """Yield the maps of an output with names of ours: a few of each list, and not what a template names."""
    if isinstance(data, list):
        for item in data[:2]:
            yield from mappings(item)
    elif isinstance(data, dict):
        if "value" not in data and "unknown" not in data and data:
            yield data
        for key, item in data.items():
            if key not in ("value", "properties", "parameters", "conditions", "outputs", "left_out"):
                yield from mappings(item)
