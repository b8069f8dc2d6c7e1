"""The template of this repository's service, for what a buyer can choose."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.own_project import TEMPLATE, own_build
from tests.unit.evaluate.templates import REGION

from nestforge.evaluate.data import Data, Unknown
from nestforge.evaluate.shown import plain
from nestforge.evaluate.stack import evaluate
from nestforge.sources.template import Template, load_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.evaluation import Evaluation

ENGINES = {"vllm-0.8.5.post1": "Worker", "sglang-0.4.3": "Master"}
ALWAYS = {
    "EcsSecurityGroup",
    "PeerIngress",
    "MasterInstanceGroup",
    "WorkerInstanceGroup",
    "ReadyHandle",
    "Ready",
    "MasterCommand",
    "WorkerCommand",
    "FinalCheck",
}
GIVEN: dict[str, Data] = {"WhitelistConfirmation": "true", "ZoneId": "cn-hangzhou-i", "KeyPairName": "mine"}
PUBLIC: dict[str, Data] = {"SupportPublicAccess": "true", "AllowedCidr": "203.0.113.0/24"}
EXISTING: dict[str, Data] = {"VpcOption": "ExistingVPC", "VpcId": "vpc-1", "VSwitchId": "vsw-1"}
KEY = "a-key-of-the-buyer-0123"


def own() -> Template:
    template = load_template(own_build().files[TEMPLATE].decode(), TEMPLATE, [])
    assert template is not None
    return template


def chosen(given: Mapping[str, Data], locale: str = "en") -> Evaluation:
    return evaluate(own(), {**GIVEN, **given}, REGION, locale)


@pytest.mark.parametrize(
    ("engine", "public", "existing", "own_key"),
    [*product(ENGINES, (False, True), (False, True), (False, True))],
)
def test_choice(engine: str, public: bool, existing: bool, own_key: bool) -> None:
    choices = {**(PUBLIC if public else {}), **(EXISTING if existing else {}), **({"ApiKey": KEY} if own_key else {})}
    result = chosen({"InferenceEngine": engine, **choices})
    assert result.diagnostics == ()
    assert {name: value.data for name, value in result.conditions.items()}.items() >= {
        "CreateVpc": not existing,
        "EnablePublicAccess": public,
        "GenerateApiKey": not own_key,
        "ServeOnWorker": ENGINES[engine] == "Worker",
    }.items()
    assert set(result.resources) == (
        ALWAYS
        | ({"ExistingVpc"} if existing else {"EcsVpc", "EcsVSwitch"})
        | ({"Eip", "EipAssociation"} if public else set())
        | (set() if own_key else {"GeneratedApiKey"})
    )
    places = {name: place for place, name in enumerate(result.resources)}
    assert all(places[other] < places[name] for name, made in result.resources.items() for other in made.needs)
    assert places["MasterCommand"] < places["WorkerCommand"] < places["FinalCheck"]

    serving, other = (ENGINES[engine], "Master" if ENGINES[engine] == "Worker" else "Worker")
    endpoint = str(plain(result.outputs["PrivateEndpoint"].value.data))
    assert endpoint == f"http://(known after creation: {serving}InstanceGroup.PrivateIps[0]):8000/v1"
    sample = str(plain(result.outputs["PrivateAPIUserInstructions"].value.data))
    assert f"{serving}InstanceGroup" in sample
    assert f"{other}InstanceGroup" not in sample
    assert any(name.startswith("Public") for name in result.outputs) == public
    if public:
        instance = result.resources["EipAssociation"].properties["InstanceId"].data
        assert isinstance(instance, Unknown)
        assert instance.of == f"{serving}InstanceGroup.InstanceIds[0]"
    vpc = result.resources["MasterInstanceGroup"].properties["VpcId"]
    assert plain(vpc.data) == ("vpc-1" if existing else "(known after creation: EcsVpc)")
    assert f"condition CreateVpc is {'false' if existing else 'true'}" in vpc.origin.through
    ingress = result.resources["EcsSecurityGroup"].properties["SecurityGroupIngress"].data
    assert isinstance(ingress, list)
    assert len(ingress) == 1 + public
    shown = [plain(value.data) for made in result.resources.values() for value in made.properties.values()]
    assert KEY not in str(shown)


def test_content_of_a_command_is_known_but_for_what_creation_gives() -> None:
    content = chosen({"ApiKey": KEY}).resources["MasterCommand"].properties["CommandContent"].data
    assert isinstance(content, Unknown)
    missing = {part.of for part in content.parts if isinstance(part, Unknown)}
    assert missing == {
        "MasterInstanceGroup.PrivateIps[0]",
        "WorkerInstanceGroup.PrivateIps[0]",
        "ReadyHandle.CurlCli",
    }
    assert str(plain(content)).startswith("#!/usr/bin/env bash\nset -euo pipefail\n")


def test_form_follows_the_choices() -> None:
    shown = {name for name, known in chosen({}).parameters.items() if known.form.visible}
    assert {"VpcCidrBlock", "KeyPairName"} <= shown
    assert not {"VpcId", "VSwitchId", "AllowedCidr", "InstancePassword", "PayPeriod"} & shown
    parameters = chosen({**PUBLIC, **EXISTING, "LoginMethod": "Password"}).parameters
    demanded = {name for name, known in parameters.items() if known.form.required}
    assert {"VpcId", "VSwitchId", "AllowedCidr", "InstancePassword"} <= demanded
    assert "VpcCidrBlock" not in demanded


@pytest.mark.parametrize("locale", ["en", "zh-cn"])
def test_faults_of_the_values_are_all_reported(locale: str) -> None:
    wrong: dict[str, Data] = {"MaxModelLen": "1", "ApiKey": "short", "PayType": "Later"}
    result = chosen({"WhitelistConfirmation": "no", "KeyPairName": "", **wrong}, locale)
    assert sorted(finding.code for finding in result.diagnostics) == ["R2104", "R2105", "R2107", "R2108", "R2108"]
    assert "short" not in str([str(finding) for finding in result.diagnostics]).replace("shorter", "")
