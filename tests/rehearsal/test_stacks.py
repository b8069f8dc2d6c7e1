"""Stacks whose resources are real: created through the sandbox, used from inside, deleted with nothing left."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.sandbox.official_sdk import Ros, Supplier

from nestforge.rehearse.network.vpc import Vpc
from nestforge.rehearse.providers.scripts import COMMANDS

if TYPE_CHECKING:
    from tests.rehearsal.conftest import CloudInScene, Scene

TEMPLATE = """
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  VpcOption: {Type: String, Default: NewVPC, AllowedValues: [NewVPC, ExistingVPC]}
  VpcId: {Type: String, Default: ''}
  VSwitchId: {Type: String, Default: ''}
  Tools: {Type: String, Default: ''}
  ImageId: {Type: String, Default: m-test}
  MasterScript: {Type: String, Default: 'true'}
  MasterTimeout: {Type: Number, Default: 60}
  WorkerScript: {Type: String, Default: 'true'}
Conditions:
  CreateVpc: {Fn::Equals: [NewVPC, {Ref: VpcOption}]}
  UseExisting: {Fn::Equals: [ExistingVPC, {Ref: VpcOption}]}
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: CreateVpc
    Properties: {CidrBlock: 10.7.0.0/16, VpcName: test}
  VSwitch:
    Type: ALIYUN::ECS::VSwitch
    Condition: CreateVpc
    Properties: {VpcId: {Ref: Vpc}, ZoneId: cn-hangzhou-b, CidrBlock: 10.7.1.0/28}
  Existing:
    Type: DATASOURCE::VPC::Vpc
    Condition: UseExisting
    Properties: {VpcId: {Ref: VpcId}}
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: {Fn::If: [CreateVpc, {Ref: Vpc}, {Ref: VpcId}]}
      SecurityGroupIngress:
        - IpProtocol: tcp
          PortRange: 8000/8000
          SourceCidrIp: {Fn::If: [CreateVpc, 10.7.0.0/16, {Fn::GetAtt: [Existing, CidrBlock]}]}
        - {IpProtocol: tcp, PortRange: 8000/8000, SourceCidrIp: 198.51.100.10/32}
  Peer:
    Type: ALIYUN::ECS::SecurityGroupIngress
    Properties:
      SecurityGroupId: {Ref: Group}
      SourceGroupId: {Ref: Group}
      IpProtocol: all
      PortRange: -1/-1
  Role:
    Type: ALIYUN::RAM::Role
    Properties: {RoleName: test}
  Key:
    Type: ALIYUN::RandomString
    Properties: {length: 20}
  Masters:
    Type: ALIYUN::ECS::InstanceGroup
    DependsOn: Peer
    Properties: &instance
      InstanceName: node-[1,3]
      MaxAmount: 1
      InstanceType: ecs.test
      ImageId: {Ref: ImageId}
      ZoneId: cn-hangzhou-b
      VpcId: {Fn::If: [CreateVpc, {Ref: Vpc}, {Ref: VpcId}]}
      VSwitchId: {Fn::If: [CreateVpc, {Ref: VSwitch}, {Ref: VSwitchId}]}
      SecurityGroupId: {Ref: Group}
      SystemDiskSize: 30
      Password: Passw0rd-test
      AllocatePublicIP: false
      InternetMaxBandwidthOut: 0
      EniMappings:
        - {InstanceType: Secondary, VSwitchId: {Ref: VSwitchId}, NetworkInterfaceTrafficMode: HighPerformance}
      NetworkOptions: {EnableJumboFrame: true}
  Workers:
    Type: ALIYUN::ECS::InstanceGroup
    DependsOn: Peer
    Properties:
      <<: *instance
      MaxAmount: 2
      InstanceName: worker
  Handle: {Type: ALIYUN::ROS::WaitConditionHandle}
  Ready:
    Type: ALIYUN::ROS::WaitCondition
    DependsOn: [Masters, Workers]
    Properties: {Handle: {Ref: Handle}, Count: 2, Timeout: 60}
  Address: {Type: ALIYUN::VPC::EIP, Properties: {Bandwidth: 10}}
  Association:
    Type: ALIYUN::VPC::EIPAssociation
    Properties:
      AllocationId: {Ref: Address}
      InstanceId: {Fn::Select: [0, {Fn::GetAtt: [Masters, InstanceIds]}]}
  MasterCommand:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      InstanceIds: {Fn::GetAtt: [Masters, InstanceIds]}
      Type: RunShellScript
      Sync: true
      Timeout: {Ref: MasterTimeout}
      CommandContent:
        Fn::Sub:
          - |
            #!/usr/bin/env bash
            set -euo pipefail
            notify="${Notify}" tools="${Tools}"
            ${Script}
          - Notify: {Fn::GetAtt: [Handle, CurlCli]}
            Script: {Ref: MasterScript}
  WorkerCommand:
    Type: ALIYUN::ECS::RunCommand
    DependsOn: MasterCommand
    Properties:
      InstanceIds: {Fn::GetAtt: [Workers, InstanceIds]}
      Type: RunShellScript
      Sync: true
      ContentEncoding: Base64
      CommandContent:
        Fn::Base64Encode:
          Fn::Sub:
            - |
              master=${Master} notify="${Notify}"
              ${Script}
            - Master: {Fn::Select: [0, {Fn::GetAtt: [Masters, PrivateIps]}]}
              Notify: {Fn::GetAtt: [Handle, CurlCli]}
              Script: {Ref: WorkerScript}
Outputs:
  Public: {Value: {Fn::GetAtt: [Association, EipAddress]}}
  Masters: {Value: {Fn::GetAtt: [Masters, PrivateIps]}}
  Workers: {Value: {Fn::GetAtt: [Workers, PrivateIps]}}
  Said: {Value: {Fn::GetAtt: [WorkerCommand, InvokeResults]}}
  Data: {Value: {Fn::GetAtt: [Ready, Data]}}
"""

SERVE = """
cd /tmp && mkdir site && cd site && echo welcome >index.html
setsid -f python3 -m http.server 8000 >/dev/null 2>&1 </dev/null
until ss -Hltn 'sport = :8000' | grep -q .; do sleep 0.1; done
"""
FAIL = """eval "$notify -d '{\\"status\\": \\"FAILURE\\", \\"reason\\": \\"no GPU\\"}'" """
SUCCEED = """eval "$notify -fsS -d '{\\"status\\": \\"SUCCESS\\", \\"data\\": \\"$(hostname)\\"}'" >/dev/null"""


class Stacks:
    """Creates and deletes stacks of the template."""

    def __init__(self, cloud: CloudInScene) -> None:
        self.cloud = cloud
        self.ros = Ros(cloud)  # type: ignore[arg-type]  # it has what the SDK needs
        self.made = 0

    def created(self, **parameters: str) -> Any:
        self.made += 1
        name = f"stack{self.made}"
        stack_id = self.cloud.call(lambda: self.ros.begun(TEMPLATE, name=name, parameters=parameters))
        self.cloud.settled(stack_id)
        return self.cloud.call(lambda: self.ros.get_stack(stack_id=stack_id))

    def deleted(self, stack_id: str) -> str:
        self.cloud.call(lambda: self.ros.delete_stack(stack_id=stack_id))
        return self.cloud.settled(stack_id)

    def outputs(self, stack: Any) -> dict[str, Any]:
        return {output["OutputKey"]: output["OutputValue"] for output in stack.outputs}

    def reasons(self, stack_id: str) -> dict[str, str]:
        events = self.cloud.call(lambda: self.ros.all_events(stack_id))
        return {e.logical_resource_id: e.status_reason for e in events if e.status.endswith("_FAILED")}

    def log(self, stack_id: str, name: str) -> list[str]:
        return [line.text for line in self.cloud.sandbox.engine.stacks.log(stack_id) if line.name == name]


@pytest.fixture(scope="module")
def stacks(cloud: CloudInScene) -> Stacks:
    return Stacks(cloud)


@pytest.fixture(autouse=True)
def nothing_else(scene: Scene) -> None:
    """Begin with what the scene has, whatever a failed test before has left."""
    assert (scene.world.instances, scene.world.eips, list(scene.world.vpcs)) == ({}, {}, ["vpc-test"])


def test_a_deployment_works_from_both_sides_and_goes_without_a_trace(
    scene: Scene, cloud: CloudInScene, stacks: Stacks
) -> None:
    supplier = Supplier(cloud)  # type: ignore[arg-type]  # it has what the SDK needs
    url = cloud.call(lambda: _file_artifact(supplier, "what the node tools are"))
    fetch = (
        "curl -fsS $tools; echo; curl -s -o /dev/null -w '%{http_code}\\n' http://100.118.28.1/ -H 'Host: 127.0.0.1'"
    )
    stack = stacks.created(
        Tools=url.replace(".aliyuncs.com", "-internal.aliyuncs.com"),
        MasterScript=f"{fetch}\n{SERVE}",
        WorkerScript=f"curl -sS http://$master:8000/; echo no >&2; {SUCCEED}",
    )
    assert (stack.status, stacks.reasons(stack.stack_id)) == ("CREATE_COMPLETE", {})

    said = stacks.log(stack.stack_id, "MasterCommand")
    assert said[0] == "what the node tools are"
    assert said[1] in ("404", "403"), "the API of the sandbox must not answer a host"
    assert said[2].startswith("exit code 0 after ")
    assert stacks.log(stack.stack_id, "Role") == ["recorded only; nothing ran"]

    outputs = stacks.outputs(stack)
    first, second = outputs["Said"]
    assert {first["ExitCode"], second["ExitCode"]} == {0}
    assert base64.b64decode(first["Output"]).decode() == "welcome\nno\n"
    assert len(set(json.loads(outputs["Data"]).values())) == 2

    hosts = {host.address: host for host in scene.world.hosts()}
    assert set(hosts) == {*outputs["Masters"], *outputs["Workers"]}
    [master], [public] = outputs["Masters"], [outputs["Public"]]
    assert hosts[master].name == "node-001"
    visitor = scene.do(scene.world.visitor(_vswitch(scene)))
    for place, address in ((visitor, master), (scene.world.internet(), public)):
        assert scene.do(place.run(["curl", "-sS", "-m", "5", f"http://{address}:8000/"])).stdout == "welcome\n"

    kept = sorted(path.name for path in (scene.world.folder / COMMANDS).iterdir())
    assert [name.split("-")[0] for name in kept] == ["MasterCommand"] * 2 + ["WorkerCommand"] * 4
    assert stacks.deleted(stack.stack_id) == "DELETE_COMPLETE"
    assert (scene.world.instances, scene.world.groups, scene.world.eips) == ({}, {}, {})
    refused = scene.do(scene.world.internet().run(["curl", "-s", "-m", "1", f"http://{public}:8000/"]))
    assert refused.returncode != 0


def test_an_existing_vpc_is_one_that_was_made_here(scene: Scene, stacks: Stacks) -> None:
    unknown = stacks.created(VpcOption="ExistingVPC", VpcId="vpc-nobody", VSwitchId="vsw-nobody")
    assert unknown.status == "CREATE_ROLLBACK_COMPLETE"
    assert "the VPC 'vpc-nobody' does not exist" in stacks.reasons(unknown.stack_id)["Existing"]
    stack = stacks.created(
        VpcOption="ExistingVPC", VpcId="vpc-test", VSwitchId="vsw-test", MasterScript=SERVE, WorkerScript=SUCCEED
    )
    assert stack.status == "CREATE_COMPLETE", stacks.reasons(stack.stack_id)
    [master] = stacks.outputs(stack)["Masters"]
    visitor = scene.do(scene.world.visitor("vsw-test"))
    assert scene.do(visitor.run(["curl", "-sS", "-m", "5", f"http://{master}:8000/"])).stdout == "welcome\n"
    assert stacks.deleted(stack.stack_id) == "DELETE_COMPLETE"
    assert isinstance(scene.world.vpcs["vpc-test"], Vpc)


@pytest.mark.parametrize(
    ("parameters", "culprit", "reasons"),
    [
        (
            {"MasterScript": "echo before; echo the disk is gone >&2; exit 9"},
            "MasterCommand",
            ("exit code 9 on node-001", "before / the disk is gone"),
        ),
        ({"MasterScript": "echo slow; sleep 50", "MasterTimeout": "1"}, "MasterCommand", ("Timeout of 1 s was over",)),
        ({"MasterScript": f"{FAIL}; sleep 50"}, "Ready", ("no GPU",)),
        ({"ImageId": "m-nobody"}, "Masters", ("no image m-nobody for ecs.test",)),
    ],
)
def test_what_fails_says_why_and_is_rolled_back(
    scene: Scene, stacks: Stacks, parameters: dict[str, str], culprit: str, reasons: tuple[str, ...]
) -> None:
    stack = stacks.created(**parameters)
    assert stack.status == "CREATE_ROLLBACK_COMPLETE", stack.status_reason
    for reason in reasons:
        assert reason in stacks.reasons(stack.stack_id)[culprit]
        assert reason in stack.status_reason
    assert (scene.world.instances, scene.world.eips, list(scene.world.vpcs)) == ({}, {}, ["vpc-test"])


def test_a_signal_needs_the_signature_of_its_handle(scene: Scene, stacks: Stacks) -> None:
    forged = "${notify%signature=*}signature=guessed -s -o /dev/null -w '%{http_code}' -d '{}'"
    stack = stacks.created(MasterScript=f'eval "{forged}"; echo', WorkerScript=SUCCEED)
    assert stacks.log(stack.stack_id, "MasterCommand")[0].endswith("403")
    assert stack.status == "CREATE_COMPLETE"
    assert stacks.deleted(stack.stack_id) == "DELETE_COMPLETE"


def _file_artifact(supplier: Supplier, content: str) -> str:
    url = supplier.upload(content, name="tools.tgz")
    prepared = supplier.models.CreateArtifactRequestArtifactProperty(url=url)
    created = supplier.create_artifact(artifact_type="File", name="tools", version_name="1", artifact_property=prepared)
    supplier.release_artifact(artifact_id=created.artifact_id)
    return url


def _vswitch(scene: Scene) -> str:
    return next(instance.order.vswitch.vswitch_id for instance in scene.world.instances.values())
