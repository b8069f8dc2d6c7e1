"""The package of this repository, its scripts run on nodes without root and without an engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT
from tests.programs import is_everything_to_be_tested, need

from nestforge.assemble.build_package import build_package
from nestforge.publish.read_package import read_package
from nestforge.rehearse.dry import nodes
from nestforge.rehearse.dry.dry_run import dry_run
from nestforge.rehearse.dry.nodes import Nodes, NoNodes
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from nestforge.rehearse.dry.result import DryResult

REGION = "cn-hangzhou"
FORM = {
    "WhitelistConfirmation": True, "ZoneId": "cn-hangzhou-i", "LoginMethod": "Password",
    "InstancePassword": "Secret-12345", "SupportPublicAccess": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def package() -> Path:
    return Path(str(build_package(str(ROOT), lambda *_: [])["package"]))


def rehearsed(package: Path, folder: Path, **form: object) -> DryResult:
    given = {**FORM, **form}
    desired, catalog = read_package(package, REGION), load_project(ROOT).catalog
    return dry_run(package, desired, catalog, given, REGION, folder)  # type: ignore[arg-type]  # plain values are Data


def need_nodes(folder: Path) -> None:
    need("nginx", "jq", "curl")
    try:
        with Nodes(folder):
            pass
    except NoNodes as reason:
        if is_everything_to_be_tested():
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.mark.parametrize("engine", ["vllm-0.8.5.post1", "sglang-0.4.3"])
def test_every_script_of_the_package_runs(package: Path, tmp_path: Path, engine: str) -> None:
    need_nodes(tmp_path / "try")
    result = rehearsed(package, tmp_path / "run", InferenceEngine=engine)
    assert result.passed, (result.problem, [one.output for one in result.ran])
    assert [(one.resource, one.returncode) for one in result.ran] == [
        ("MasterCommand", 0), ("WorkerCommand", 0), ("FinalCheck", 0),
    ]  # fmt: skip
    (signal,) = result.signals
    assert json.loads(signal)["status"] == "SUCCESS"
    assert str(result.outputs["PrivateEndpoint"]).startswith("http://192.168.1.")
    assert result.not_proven


def test_a_script_that_fails_fails_the_rehearsal(package: Path, tmp_path: Path) -> None:
    need_nodes(tmp_path / "try")
    result = rehearsed(package, tmp_path / "run", MaxModelLen=0.5)
    assert not result.passed
    assert result.problem


def test_without_namespaces_nothing_runs_and_that_is_said(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "_PROGRAMS", ("no-such-program",))
    result = rehearsed(package, tmp_path)
    assert not result.passed
    assert result.not_proven[0] == "the scripts: none was run, for there is no no-such-program"
