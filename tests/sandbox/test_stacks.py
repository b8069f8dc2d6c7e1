"""Stacks: the order in which they come into being and go, and what happens when something fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from Tea.exceptions import TeaException
from tests.sandbox.official_sdk import Ros, refused

from nestforge.evaluate.made import Made
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.conftest import SandboxUnderTest

    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"
NETWORK = f"""{HEAD}
Parameters:
  Range: {{Type: String, Default: 10.1.0.0/16, AllowedValues: [10.1.0.0/16, 10.2.0.0/16]}}
  Nodes: {{Type: Number, Default: 2}}
  Guarded: {{Type: Boolean, Default: true}}
  Password: {{Type: String, NoEcho: true, Default: first-Secret-9}}
Conditions:
  IsGuarded: {{Fn::Equals: [{{Ref: Guarded}}, true]}}
Resources:
  Vpc: {{Type: ALIYUN::ECS::VPC, Properties: {{CidrBlock: {{Ref: Range}}}}}}
  Guard:
    Type: ALIYUN::ECS::SecurityGroup
    Condition: IsGuarded
    Properties: {{VpcId: {{Ref: Vpc}}}}
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Properties: {{VpcId: {{Ref: Vpc}}, ZoneId: cn-hangzhou-i, CidrBlock: 10.1.1.0/24}}
  Node:
    Type: ALIYUN::ECS::InstanceGroup
    Count: {{Ref: Nodes}}
    DependsOn: Switch
    Properties:
      VSwitchId: {{Fn::GetAtt: [Switch, VSwitchId]}}
      InstanceType: ecs.g7.large
      MaxAmount: 1
      Password: {{Ref: Password}}
  Hello:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      CommandContent: {{Fn::Sub: 'echo ${{Password}}'}}
      InstanceIds: {{Fn::Select: [0, {{Fn::GetAtt: [Node, InstanceIds]}}]}}
Outputs:
  Addresses: {{Value: {{Fn::GetAtt: [Node, PrivateIps]}}}}
  Login: {{Value: {{Fn::Sub: 'root:${{Password}}'}}, Description: how to get in}}
  Hidden: {{Value: {{Ref: Password}}, NoEcho: true}}
"""
TWO = f"""{HEAD}
Resources:
  First: {{Type: ALIYUN::ECS::VPC}}
  Second: {{Type: ALIYUN::ECS::DeploymentSet}}
  Third: {{Type: ALIYUN::ECS::SecurityGroup, Properties: {{VpcId: {{Ref: First}}}}}}
"""


@pytest.fixture
def ros(sandbox: SandboxUnderTest) -> Ros:
    return Ros(sandbox)


class Held:
    """A provider that waits until it is told how each resource goes, and notes what it was asked for."""

    def __init__(self) -> None:
        self.created: list[str] = []
        self.deleted: list[str] = []
        self.given_up: list[str] = []
        self.refuses_to_delete: set[str] = set()
        self.answers: dict[str, asyncio.Future[str]] = {}

    def answer(self, name: str) -> asyncio.Future[str]:
        return self.answers.setdefault(name, asyncio.get_running_loop().create_future())

    async def create(self, wanted: Wanted) -> Made:
        self.created.append(wanted.name)
        try:
            reason = await self.answer(wanted.name)
        except asyncio.CancelledError:
            self.given_up.append(wanted.name)
            raise
        if reason:
            raise ResourceFailed(reason)
        wanted.tell("it is there")
        return Made(f"id-{wanted.name}", {})

    async def delete(self, resource: StackResource) -> None:
        if resource.name in self.refuses_to_delete:
            raise ResourceFailed("somebody still uses it")
        self.deleted.append(resource.name)

    def goes_well(self, sandbox: SandboxUnderTest, *names: str) -> None:
        for name in names:
            self.fails(sandbox, name, "")

    def fails(self, sandbox: SandboxUnderTest, name: str, reason: str) -> None:
        sandbox.in_server(lambda _: self.answer(name).set_result(reason))


@pytest.fixture
def held(sandbox: SandboxUnderTest) -> Held:
    """Give a sandbox whose VPCs, security groups and deployment sets wait."""
    provider = Held()
    sandbox.with_providers(ECS_VPC=provider, ECS_SecurityGroup=provider, ECS_DeploymentSet=provider)
    return provider


def begun(ros: Ros, held: Held, names: set[str], **fields: Any) -> str:
    """Return a stack of TWO once these of its resources are being created."""
    stack_id = ros.begun(TWO, **fields)
    seen_by(ros, stack_id, names)
    assert set(held.created) == names
    return stack_id


def seen_by(ros: Ros, stack_id: str, names: set[str]) -> None:
    for _ in range(200):
        if names <= set(ros.resources(stack_id)):
            return
    raise AssertionError(ros.resources(stack_id))


def test_a_stack_is_created_in_the_order_of_its_references(ros: Ros) -> None:
    stack = ros.created(NETWORK)
    assert stack.status == "CREATE_COMPLETE"
    events = ros.events(stack.stack_id)
    assert events[0] == ("stack", "CREATE_IN_PROGRESS")
    assert events[-1] == ("stack", "CREATE_COMPLETE")
    for name, needs in (("Switch", "Vpc"), ("Guard", "Vpc"), ("Node[0]", "Switch"), ("Hello", "Node[1]")):
        assert events.index((needs, "CREATE_COMPLETE")) < events.index((name, "CREATE_IN_PROGRESS"))
    assert set(ros.resources(stack.stack_id)) == {"Vpc", "Guard", "Switch", "Node[0]", "Node[1]", "Hello"}


def test_outputs_are_evaluated_from_what_was_created(ros: Ros) -> None:
    stack = ros.created(NETWORK)
    outputs = {output["OutputKey"]: output for output in stack.outputs}
    assert outputs["Addresses"]["OutputValue"] == [["10.1.1.1"], ["10.1.1.2"]]
    assert outputs["Login"]["OutputValue"] == "root:first-Secret-9"
    assert outputs["Login"]["Description"] == "how to get in"
    assert outputs["Hidden"]["OutputValue"] == "******"


def test_what_is_on_paper_says_that_nothing_ran(ros: Ros) -> None:
    stack = ros.created(NETWORK)
    assert stack.status_reason == "Stack CREATE completed successfully (recorded only; nothing ran)"
    reasons = {event.status_reason for event in ros.all_events(stack.stack_id)}
    assert all("(recorded only; nothing ran)" in reason for reason in reasons)
    found = ros.get_stack_resource(
        stack_id=stack.stack_id, logical_resource_id="Hello", resource_attributes=["InvokeResults"]
    )
    assert found.resource_attributes == [{"ResourceAttributeKey": "InvokeResults", "ResourceAttributeValue": []}]


def test_what_is_independent_is_created_side_by_side(ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    assert ros.events(stack_id) == [
        ("stack", "CREATE_IN_PROGRESS"),
        ("First", "CREATE_IN_PROGRESS"),
        ("Second", "CREATE_IN_PROGRESS"),
    ]
    held.goes_well(ros.sandbox, "First", "Second", "Third")
    assert ros.settled(stack_id).status == "CREATE_COMPLETE"
    assert held.created == ["First", "Second", "Third"]
    log = ros.get_stack(stack_id=stack_id, log_option="Resource").log
    told = {entry.resource_name: entry.logs[0].content for entry in log.resource_logs}
    assert told == dict.fromkeys(held.created, "it is there")


@pytest.mark.parametrize(("guarded", "names"), [("true", {"Vpc", "Guard"}), ("false", {"Vpc"})])
def test_conditions_decide_what_is_created(ros: Ros, guarded: str, names: set[str]) -> None:
    stack = ros.created(NETWORK, parameters={"Guarded": guarded, "Nodes": "1"})
    resources = set(ros.resources(stack.stack_id)) - {"Switch", "Node[0]", "Hello"}
    assert resources == names


def test_a_count_of_three_makes_three(ros: Ros) -> None:
    stack = ros.created(NETWORK, parameters={"Nodes": "3"})
    nodes = [name for name in ros.resources(stack.stack_id) if name.startswith("Node")]
    assert sorted(nodes) == ["Node[0]", "Node[1]", "Node[2]"]


def test_a_failure_rolls_everything_back_with_its_cause(ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(ros.sandbox, "First")
    seen_by(ros, stack_id, {"Third"})
    held.fails(ros.sandbox, "Second", "there is no stock")
    stack = ros.settled(stack_id)
    assert stack.status == "CREATE_ROLLBACK_COMPLETE"
    assert "ALIYUN::ECS::DeploymentSet Second: there is no stock" in stack.status_reason
    events = ros.events(stack_id)
    assert ("Second", "CREATE_FAILED") in events
    assert ("Third", "CREATE_FAILED") in events  # it was under way, and is given up
    assert held.given_up == ["Third"]
    assert held.deleted.index("Third") < held.deleted.index("First")
    assert set(held.deleted) == {"First", "Second", "Third"}  # also what may be there in part
    assert ros.resources(stack_id) == {}


def test_a_failure_leaves_all_as_it_is_without_rollback(ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"}, disable_rollback=True)
    held.goes_well(ros.sandbox, "Second")
    held.fails(ros.sandbox, "First", "the range is taken")
    stack = ros.settled(stack_id)
    assert (stack.status, stack.disable_rollback) == ("CREATE_FAILED", True)
    assert ros.resources(stack_id) == {"First": "CREATE_FAILED", "Second": "CREATE_COMPLETE"}
    assert held.deleted == []


def test_what_cannot_be_rolled_back_is_named(ros: Ros, held: Held) -> None:
    held.refuses_to_delete = {"Second"}
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(ros.sandbox, "Second")
    held.fails(ros.sandbox, "First", "the range is taken")
    stack = ros.settled(stack_id)
    assert stack.status == "CREATE_ROLLBACK_FAILED"
    assert "the range is taken; these could not be deleted: Second" in stack.status_reason
    assert ros.resources(stack_id) == {"Second": "DELETE_FAILED"}


def test_a_stack_fails_when_its_time_is_over(sandbox: SandboxUnderTest, ros: Ros, held: Held) -> None:
    asked: list[float] = []
    over: list[asyncio.Event] = []

    def timer(seconds: float) -> Awaitable[object]:
        asked.append(seconds)
        over.append(asyncio.Event())
        return over[-1].wait()

    sandbox.timer = timer
    sandbox.restart()
    stack_id = begun(ros, held, {"First", "Second"}, timeout_in_minutes=10)
    assert asked == [600]
    sandbox.in_server(lambda _: over[0].set())
    stack = ros.settled(stack_id)
    assert stack.status == "CREATE_ROLLBACK_COMPLETE"
    assert "Create timed out: 10 minutes are over" in stack.status_reason
    assert set(held.given_up) == set(held.deleted) == {"First", "Second"}


def test_a_stack_is_deleted_in_reverse_and_completely(ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(ros.sandbox, "First", "Second", "Third")
    ros.settled(stack_id)
    ros.delete_stack(stack_id=stack_id)
    assert ros.settled(stack_id).status == "DELETE_COMPLETE"
    assert held.deleted.index("Third") < held.deleted.index("First")
    assert set(held.deleted) == {"First", "Second", "Third"}
    assert ros.resources(stack_id) == {}
    ros.delete_stack(stack_id=stack_id)
    assert ros.get_stack(stack_id=stack_id).status == "DELETE_COMPLETE"


def test_a_deletion_that_fails_can_be_repeated(ros: Ros, held: Held) -> None:
    held.refuses_to_delete = {"Third"}
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(ros.sandbox, "First", "Second", "Third")
    ros.settled(stack_id)
    ros.delete_stack(stack_id=stack_id)
    stack = ros.settled(stack_id)
    assert stack.status == "DELETE_FAILED"
    # First stays too, for Third needs it
    assert ros.resources(stack_id) == {"First": "CREATE_COMPLETE", "Third": "DELETE_FAILED"}
    held.refuses_to_delete = set()
    ros.delete_stack(stack_id=stack_id)
    assert ros.settled(stack_id).status == "DELETE_COMPLETE"


def test_a_stack_is_deleted_while_it_is_created(ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    ros.delete_stack(stack_id=stack_id)
    assert ros.settled(stack_id).status == "DELETE_COMPLETE"
    assert set(held.given_up) == set(held.deleted) == {"First", "Second"}


def test_what_is_to_be_retained_is_not_deleted(ros: Ros) -> None:
    kept = f"{HEAD}Resources:\n  Kept: {{Type: ALIYUN::ECS::VPC, DeletionPolicy: Retain}}\n"
    stack = ros.created(f"{kept}  Gone: {{Type: ALIYUN::ECS::VPC}}\n")
    ros.delete_stack(stack_id=stack.stack_id)
    assert ros.settled(stack.stack_id).status == "DELETE_COMPLETE"
    assert ros.resources(stack.stack_id) == {"Kept": "CREATE_COMPLETE"}


def test_a_restart_ends_what_was_being_created(sandbox: SandboxUnderTest, ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(sandbox, "First")
    seen_by(ros, stack_id, {"Third"})
    sandbox.restart()
    stack = ros.settled(stack_id)
    assert stack.status == "CREATE_ROLLBACK_COMPLETE"
    assert "the sandbox was stopped while this was in progress" in stack.status_reason
    assert held.deleted.index("Third") < held.deleted.index("First")
    assert set(held.deleted) == {"First", "Second", "Third"}


def test_a_restart_goes_on_with_a_deletion(sandbox: SandboxUnderTest, ros: Ros, held: Held) -> None:
    stack_id = begun(ros, held, {"First", "Second"})
    held.goes_well(sandbox, "First", "Second", "Third")
    ros.settled(stack_id)

    class Slow(Held):
        async def delete(self, resource: StackResource) -> None:
            await self.answer(resource.name)

    sandbox.with_providers(ECS_VPC=Slow(), ECS_SecurityGroup=Slow(), ECS_DeploymentSet=Slow())
    ros.delete_stack(stack_id=stack_id)
    assert ros.get_stack(stack_id=stack_id).status == "DELETE_IN_PROGRESS"
    assert refused(ros.delete_stack, stack_id=stack_id) == ("ActionInProgress", 409)
    sandbox.with_providers(ECS_VPC=held, ECS_SecurityGroup=held, ECS_DeploymentSet=held)
    assert ros.settled(stack_id).status == "DELETE_COMPLETE"
    assert set(held.deleted) == {"First", "Second", "Third"}


def test_a_bug_of_a_provider_fails_its_resource(
    sandbox: SandboxUnderTest, ros: Ros, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Held):
        async def create(self, wanted: Wanted) -> Made:
            raise KeyError(wanted.name)

    sandbox.with_providers(ECS_VPC=Broken())
    stack = ros.created(TWO)
    assert stack.status == "CREATE_ROLLBACK_COMPLETE"
    assert "First: a bug of its provider, KeyError; see the sandbox's server.log" in stack.status_reason
    assert "a bug of the provider for ALIYUN::ECS::VPC" in caplog.text


def said(ros: Ros, template: str, **parameters: str) -> tuple[str, str]:
    with pytest.raises(TeaException) as caught:
        ros.begun(template, name="another", parameters=parameters)
    return caught.value.code, caught.value.message


def test_a_type_that_nothing_creates_is_named(ros: Ros) -> None:
    code, message = said(ros, f"{HEAD}Resources:\n  Cluster: {{Type: ALIYUN::CS::ManagedKubernetesCluster}}\n")
    assert code == "UnsupportedOperation"
    assert "the resource type ALIYUN::CS::ManagedKubernetesCluster (resource Cluster)" in message
    code, message = said(ros, f"{HEAD}Resources:\n  Odd: {{Type: ALIYUN::ECS::Vpc}}\n")
    assert code == "StackValidationFailed"
    assert "The resource Odd has the unknown type ALIYUN::ECS::Vpc." in message


def test_what_is_wrong_with_parameters_is_said(ros: Ros) -> None:
    assert said(ros, NETWORK, Nodez="1")[0] == "UnknownUserParameter"
    code, message = said(ros, NETWORK, Range="10.3.0.0/16")
    assert code == "StackValidationFailed"
    assert "expected one of" in message
    assert "'10.3.0.0/16'" in message
    code, message = said(ros, NETWORK.replace(", Default: first-Secret-9", ""))
    assert (code, "The Parameter Password was not provided." in message) == ("UserParameterMissing", True)
    assert ros.sandbox.in_server(lambda store: store.db.execute("SELECT count(*) FROM stack").fetchone()) == (0,)


def test_names_of_stacks_are_taken_once(ros: Ros) -> None:
    stack = ros.created(TWO)
    assert refused(ros.begun, template=TWO) == ("StackExists", 409)
    ros.delete_stack(stack_id=stack.stack_id)
    ros.settled(stack.stack_id)
    assert ros.created(TWO).status == "CREATE_COMPLETE"
    assert refused(ros.begun, template=TWO, name="-") == ("InvalidParameter", 400)
    assert refused(ros.get_stack, stack_id="0") == ("StackNotFound", 404)
    assert refused(ros.get_stack_resource, stack_id=stack.stack_id, logical_resource_id="X") == (
        "ResourceNotFound",
        404,
    )


def test_a_property_that_nothing_tells_fails_its_resource(ros: Ros) -> None:
    stack = ros.created(
        f"{HEAD}Resources:\n  Vpc: {{Type: ALIYUN::ECS::VPC, Properties: "
        "{Description: {Fn::GetAZs: {Ref: 'ALIYUN::Region'}}}}\n"
    )
    assert stack.status == "CREATE_ROLLBACK_COMPLETE"
    assert "Vpc: its property Description is not known: (known after creation" in stack.status_reason


def test_a_preview_creates_nothing(ros: Ros) -> None:
    preview = ros.preview_stack(stack_name="stack", template_body=NETWORK).stack
    resources = {resource.logical_resource_id: resource for resource in preview.resources}
    assert resources["Guard"].properties == {"VpcId": "(known after creation: Vpc)"}
    assert sorted(resources["Vpc"].required_by) == ["Guard", "Switch"]
    assert resources["Node[1]"].properties["Password"] == "****"
    shown = {entry.parameter_key: entry.parameter_value for entry in preview.parameters}
    assert (shown["Nodes"], shown["Password"]) == ("2", "******")
    assert ros.sandbox.in_server(lambda store: store.db.execute("SELECT count(*) FROM stack").fetchone()) == (0,)


def test_secrets_are_neither_in_the_log_nor_in_events(ros: Ros) -> None:
    stack = ros.created(NETWORK, parameters={"Password": "other-Secret-9", "Nodes": "1"})
    ros.list_stack_resources(stack_id=stack.stack_id)
    ros.all_events(stack.stack_id)
    assert said(ros, NETWORK, Password="other-Secret-9", Nodez="1")[0] == "UnknownUserParameter"
    log = ros.sandbox.log
    assert "other-Secret-9" not in str(log)
    created = next(call for call in log if call.action == "CreateStack" and call.status == 200)
    assert created.request["Parameters.2.ParameterValue"] == "1"
    assert created.request["Parameters.1.ParameterValue"] == "******"
    looked = [call for call in log if call.action == "GetStack"][-1]
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in looked.reply["Outputs"]}  # type: ignore[attr-defined]
    assert outputs["Login"] == "root:****"
