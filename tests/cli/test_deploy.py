"""`nestforge deploy`, in the sandbox and with the sandbox in Alibaba Cloud's place."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.typist import Terminal, Typist
from tests.sandbox.test_stacks import Held

from nestforge.cloud import access
from nestforge.sandbox import process
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SandboxUnderTest

    from nestforge.evaluate.made import Made
    from nestforge.model.service import Target
    from nestforge.sandbox.stacks.provider import Wanted

PASSWORD = "Abc-12345678x"
GIVEN = {
    "WhitelistConfirmation": "true",
    "ZoneId": "cn-hangzhou-i",
    "LoginMethod": "Password",
    "InstancePassword": PASSWORD,
    "AllowedCidr": "10.0.0.0/8",
}


class Buyer(Typist):
    """Types `nestforge deploy` in a project whose service is online."""

    def deploy(self, *options: str, stdin: io.StringIO | None = None) -> int:
        """Deploy with values that the form takes."""
        return self.types("deploy", *[f"-p{name}={value}" for name, value in GIVEN.items()], *options, stdin=stdin)

    @property
    def lines(self) -> list[dict[str, object]]:
        """What was printed as JSON."""
        return [json.loads(line) for line in self.said.splitlines()]

    @property
    def instance_id(self) -> str:
        """The service instance that was deployed last, with --json."""
        return str(self.lines[-1]["service_instance_id"])


@pytest.fixture
def buyer(
    sandbox: SandboxUnderTest, untouched: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Buyer:
    """Give a buyer of this repository's service; the sandbox is in Alibaba Cloud's place too."""

    def sandbox_instead(target: Target) -> access.Access:
        return access.sandbox_access(target, sandbox.endpoint, sandbox.access_key_id, sandbox.access_key_secret)

    found = process.Running(
        sandbox.endpoint, f"http://{sandbox.endpoint}/", sandbox.access_key_id, sandbox.access_key_secret, 0
    )
    monkeypatch.setattr(access, "alibaba_cloud_access", sandbox_instead)
    monkeypatch.setattr(process, "running", lambda folder: found)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    buyer = Buyer(untouched, sandbox, capsys)
    assert buyer.types("publish") == 0
    return buyer


def test_each_event_is_a_line_and_the_result_the_last_one(buyer: Buyer) -> None:
    assert buyer.deploy("--json") == 0
    *events, result = buyer.lines
    assert {event["phase"] for event in events} == {"create"}
    assert set(events[0]) == {"time", "phase", "resource", "status", "message"}
    done = [event["resource"] for event in events if event["status"] == "CREATE_COMPLETE"]
    assert done.index("MasterInstanceGroup") < done.index("MasterCommand") < done.index("WorkerCommand")
    assert (result["schema"], result["status"]) == (1, "Deployed")
    outputs = result["outputs"]
    assert isinstance(outputs, dict)
    assert outputs["PrivateEndpoint"] == "http://192.168.1.2:8000/v1"
    assert f"Bearer {outputs['ApiKey']}" in outputs["PrivateAPIUserInstructions"]
    assert "recorded only; nothing ran" in str(result["detail"])


def test_a_person_sees_events_and_outputs(buyer: Buyer) -> None:
    assert buyer.deploy("--name", "mine") == 0
    assert "CREATE_COMPLETE     EcsVpc  state changed (recorded only; nothing ran)" in buyer.said
    assert "PrivateEndpoint:\n  http://192.168.1.2:8000/v1\n" in buyer.said
    assert "is Deployed after" in buyer.said
    assert PASSWORD not in buyer.said


def test_what_was_deployed_is_deleted(buyer: Buyer) -> None:
    buyer.deploy("--json")
    instance_id = buyer.instance_id
    assert buyer.types("deploy", "--delete", instance_id, "--json") == 0
    *events, result = buyer.lines
    assert {event["phase"] for event in events} == {"delete"}
    assert result["status"] == "Deleted"
    assert buyer.types("deploy", "--delete", "si-0") == 4
    assert "EntityNotExist.ServiceInstance" in buyer.told


def test_values_come_from_a_file_or_standard_input(buyer: Buyer, tmp_path: Path) -> None:
    secret = {"InstancePassword": PASSWORD}
    others = [f"-p{name}={value}" for name, value in GIVEN.items() if name not in secret]
    assert buyer.types("deploy", *others, "--parameters", "-", stdin=io.StringIO(json.dumps(secret))) == 0
    file = tmp_path / "values.json"
    file.write_text("{'", encoding="utf-8")
    assert buyer.types("deploy", *others, "--parameters", str(file)) == 2
    assert "they are not JSON in UTF-8" in buyer.told
    assert buyer.types("deploy", "-pALIYUN::Region=x") == 2


def test_what_the_template_refuses_is_said(buyer: Buyer) -> None:
    assert buyer.types("deploy") == 4
    assert "The Parameter WhitelistConfirmation, ZoneId was not provided." in buyer.told
    assert buyer.deploy("-pMaxModelLen=1") == 4
    assert "StackValidationFailed" in buyer.told


def test_a_deployment_that_fails_ends_with_4_and_the_cause(buyer: Buyer) -> None:
    class Refusing(Held):
        async def create(self, wanted: Wanted) -> Made:
            raise ResourceFailed("InvalidInstanceType.NoStock")

    buyer.sandbox.with_providers(ECS_InstanceGroup=Refusing())
    assert buyer.deploy("--json") == 4
    assert {line["phase"] for line in buyer.lines[:-1]} == {"create", "rollback"}
    assert buyer.lines[-1]["status"] == "DeployedFailed"
    assert "InvalidInstanceType.NoStock" in buyer.told
    assert f"nestforge deploy --delete {buyer.instance_id}" in buyer.told


def test_the_price_is_shown_and_agreed_to_on_alibaba_cloud(buyer: Buyer) -> None:
    real = ("--target", "aliyun-cn")
    assert buyer.deploy(*real) == 2
    assert "MasterInstanceGroup (ALIYUN::ECS::InstanceGroup): The sandbox has no prices" in buyer.said
    assert "agree beforehand with --yes" in buyer.told
    assert buyer.deploy(*real, stdin=Terminal("n\n")) == 2
    assert "CreateServiceInstance" not in buyer.sandbox.calls
    assert buyer.deploy(*real, "--json", stdin=Terminal("y\n")) == 0
    instance_id = buyer.instance_id
    assert buyer.types("deploy", "--delete", instance_id, *real) == 2
    assert "DeleteServiceInstances" not in buyer.sandbox.calls
    assert buyer.types("deploy", "--delete", instance_id, *real, "--yes") == 0


def test_a_lost_reply_deploys_once(buyer: Buyer) -> None:
    buyer.sandbox.inject("CreateServiceInstance=lose-reply")
    assert buyer.deploy("--json") == 0
    assert buyer.sandbox.in_server(lambda store: store.db.execute("SELECT count(*) FROM stack").fetchone()) == (1,)


def test_only_what_is_online_is_deployed(buyer: Buyer) -> None:
    assert buyer.deploy("--service-version", "7") == 2
    assert "there is no version 7 of the service" in buyer.told
    buyer.sandbox.in_server(lambda store: store.db.execute("DELETE FROM service_version").rowcount)
    assert buyer.deploy() == 1
    assert "publish it first: nestforge publish" in buyer.told
