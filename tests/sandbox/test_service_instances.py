"""Service instances: what of a published service they deploy, how far they are, and how they go."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_computenest20210601 import models as user_models
from alibabacloud_computenestsupplier20210521 import models as supplier_models
from Tea.exceptions import TeaException
from tests.sandbox.official_sdk import REGION, Ros, Supplier, User, deploy_metadata, refused
from tests.sandbox.test_stacks import Held

from nestforge.sandbox.stacks.records import MASK

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Password: {Type: String, NoEcho: true, MinLength: 8, MaxLength: 30}
  Name: {Type: String, Default: web}
Resources:
  Network: {Type: ALIYUN::ECS::VPC, Properties: {VpcName: {Ref: Name}, CidrBlock: 10.0.0.0/8}}
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Properties: {VpcId: {Ref: Network}, ZoneId: cn-hangzhou-i, CidrBlock: 10.1.0.0/24}
  Server:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      ImageId: my_image
      VSwitchId: {Ref: Switch}
      InstanceType: ecs.g7.large
      MaxAmount: 2
      Password: {Ref: Password}
      UserData: wget {{ computenest::file::tools }}
Outputs:
  Endpoint: {Value: {Fn::Sub: ['http://${Ip}:8000', {Ip: {Fn::Select: [0, {Fn::GetAtt: [Server, PrivateIps]}]}}]}}
  Login: {Value: {Fn::Sub: 'root:${Password}'}}
"""
GOOD = {"Password": "a-Secret-of-9"}


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


@pytest.fixture
def user(sandbox: SandboxUnderTest) -> User:
    return User(sandbox)


def artifact(supplier: Supplier, kind: str, **properties: str) -> dict[str, str]:
    prepared = supplier_models.CreateArtifactRequestArtifactProperty(**properties)
    created = supplier.create_artifact(artifact_type=kind, name=kind, version_name="1", artifact_property=prepared)
    supplier.release_artifact(artifact_id=created.artifact_id)
    return {"ArtifactId": created.artifact_id, "ArtifactVersion": "1"}


@pytest.fixture
def service_id(supplier: Supplier) -> str:
    """Publish a service with a file and an image."""
    file_url = supplier.upload("echo", name="tools.sh")
    metadata = deploy_metadata(
        supplier.upload(TEMPLATE),
        FileArtifactRelation={"{{ computenest::file::tools }}": artifact(supplier, "File", url=file_url)},
        ArtifactRelation={"my_image": artifact(supplier, "EcsImage", image_id="m-123", region_id=REGION)},
        DeployTimeout=7200,
    )
    return supplier.online(deploy_metadata=metadata)


def stack_of(user: User, instance: Any) -> Any:
    stack_id = json.loads(instance.resources)[0]["StackId"]
    return Ros(user.sandbox).get_stack(stack_id=stack_id)


def test_a_service_is_deployed(user: User, service_id: str) -> None:
    created = user.create_service_instance(service_id=service_id, name="first", parameters={"RegionId": REGION, **GOOD})
    assert created.status == "Created"
    instance = user.settled(created.service_instance_id)
    assert (instance.status, instance.progress, instance.name) == ("Deployed", 100, "first")
    assert instance.status_detail == "Stack CREATE completed successfully (recorded only; nothing ran)"
    assert json.loads(instance.outputs) == {"Endpoint": "http://10.1.0.1:8000", "Login": "root:a-Secret-of-9"}
    assert json.loads(instance.parameters) == {"RegionId": REGION, "Password": MASK}
    assert (instance.service.service_id, instance.service.version) == (service_id, "1")
    assert instance.service.service_infos[0].name == "A service"
    assert stack_of(user, instance).timeout_in_minutes == 120


def test_artifacts_take_the_place_of_their_tokens(user: User, service_id: str) -> None:
    instance = user.deployed(service_id, parameters=GOOD)
    (server,) = [
        resource
        for resource in user.sandbox.in_server(
            lambda store: store.db.execute("SELECT body FROM stack_resource").fetchall()
        )
        if json.loads(resource[0])["name"] == "Server"
    ]
    properties = json.loads(server[0])["properties"]
    assert properties["ImageId"] == "m-123"
    assert properties["UserData"].startswith(
        "wget https://nestforge-sandbox-private.oss-cn-hangzhou-internal.aliyuncs.com/"
    )
    assert properties["Password"] == "****"
    assert instance.status == "Deployed"


def test_a_file_is_there_for_the_hosts_of_a_deployment_alone(supplier: Supplier) -> None:
    url = supplier.upload("echo", name="tools.sh")
    other = supplier.upload("secret", name="other.txt")

    def fetched(address: str) -> tuple[int, bytes]:
        host, _, path = address.removeprefix("https://").partition("/")
        connection = http.client.HTTPConnection(supplier.sandbox.endpoint)
        try:
            connection.request("GET", f"/{path}", headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def internal(address: str) -> str:
        return address.replace(".aliyuncs.com", "-internal.aliyuncs.com")

    assert fetched(internal(url))[0] == 403
    artifact(supplier, "File", url=url)
    assert fetched(internal(url)) == (200, b"echo")
    assert fetched(url)[0] == 403
    assert fetched(internal(other))[0] == 403


def test_a_token_without_an_artifact_is_refused(supplier: Supplier, user: User) -> None:
    service_id = supplier.online(deploy_metadata=deploy_metadata(supplier.upload(TEMPLATE)))
    with pytest.raises(TeaException) as caught:
        user.create_service_instance(service_id=service_id, parameters=GOOD)
    assert "{{ computenest::file::tools }}" in caught.value.message


def test_wrong_parameters_create_nothing(user: User, service_id: str) -> None:
    assert refused(user.create_service_instance, service_id=service_id) == ("UserParameterMissing", 400)
    assert refused(user.create_service_instance, service_id=service_id, parameters={**GOOD, "X": 1}) == (
        "UnknownUserParameter",
        400,
    )
    with pytest.raises(TeaException) as caught:
        user.create_service_instance(service_id=service_id, parameters={"Password": "short"})
    assert caught.value.code == "StackValidationFailed"
    assert "Password is '****': expected a length of at least 8" in caught.value.message
    assert refused(user.create_service_instance, service_id=service_id, parameters=GOOD, name="-") == (
        "InvalidParameter.Name",
        400,
    )
    assert (
        user.create_service_instance(service_id=service_id, parameters=GOOD, dry_run=True).service_instance_id is None
    )
    assert user.list_service_instances().total_count == 0


def test_only_what_is_online_or_beta_is_deployed(supplier: Supplier, user: User, service_id: str) -> None:
    supplier.withdraw_service(service_id=service_id, service_version="1")
    assert refused(user.create_service_instance, service_id=service_id, parameters=GOOD) == (
        "OperationDenied.ServiceStatus",
        409,
    )
    draft = supplier.draft()
    assert refused(user.check_service_deployable, service_id=draft) == ("OperationDenied.ServiceStatus", 409)
    supplier.pre_launch_service(service_id=draft)
    found = user.check_service_deployable(service_id=draft, service_version="draft").check_results
    assert [(check.type, check.value) for check in found] == [("Balance", "true"), ("Quota", "true")]
    assert "was not checked" in found[0].message


def test_the_template_is_chosen_where_there_are_several(supplier: Supplier, user: User) -> None:
    url = supplier.upload("{ROSTemplateFormatVersion: '2015-09-01', Resources: {Vpc: {Type: 'ALIYUN::ECS::VPC'}}}")
    configs = [{"Name": "one", "Url": url}, {"Name": "two", "Url": url, "AllowedRegions": ["cn-beijing"]}]
    service_id = supplier.online(deploy_metadata=json.dumps({"TemplateConfigs": configs}))
    assert refused(user.create_service_instance, service_id=service_id) == ("MissingTemplateName", 400)
    assert refused(user.create_service_instance, service_id=service_id, template_name="three") == (
        "InvalidParameter.TemplateName",
        400,
    )
    assert refused(user.create_service_instance, service_id=service_id, template_name="two") == (
        "InvalidParameter.RegionId",
        400,
    )
    beijing = user.deployed(service_id, template_name="two", parameters={"RegionId": "cn-beijing"})
    assert (beijing.template_name, stack_of(user, beijing).region_id) == ("two", "cn-beijing")


def test_instances_are_listed_by_filters_and_tags(user: User, service_id: str) -> None:
    first = user.deployed(service_id, parameters=GOOD, name="first", tag=tag_of(team="a"))
    second = user.deployed(service_id, parameters=GOOD, name="second")

    def listed(**wanted: list[str]) -> list[str]:
        asked = filters_of(**wanted)
        return [row.service_instance_id for row in user.list_service_instances(filter=asked).service_instances]

    assert listed() == [second.service_instance_id, first.service_instance_id]
    assert listed(ServiceInstanceName=["fir"]) == [first.service_instance_id]
    assert listed(Name=["*serv*"]) == listed()
    assert listed(Status=["Deploying"]) == []
    tagged = user.list_service_instances(tag=list_tag_of(team="a")).service_instances
    assert [row.service_instance_id for row in tagged] == [first.service_instance_id]
    user.delete_service_instances(service_instance_id=[first.service_instance_id])
    assert user.settled(first.service_instance_id).status == "Deleted"
    assert listed() == [second.service_instance_id]
    assert listed(Status=["Deleted"]) == [first.service_instance_id]


def tag_of(**tags: str) -> list[Any]:
    return [user_models.CreateServiceInstanceRequestTag(key=key, value=value) for key, value in tags.items()]


def list_tag_of(**tags: str) -> list[Any]:
    return [user_models.ListServiceInstancesRequestTag(key=key, value=value) for key, value in tags.items()]


def filters_of(**wanted: list[str]) -> list[Any]:
    return [user_models.ListServiceInstancesRequestFilter(name=name, value=values) for name, values in wanted.items()]


def test_a_failed_deployment_is_continued(sandbox: SandboxUnderTest, user: User, service_id: str) -> None:
    held = Held()
    sandbox.with_providers(ECS_VPC=held)
    instance_id = user.create_service_instance(service_id=service_id, parameters=GOOD).service_instance_id
    while not held.created:
        assert user.get_service_instance(service_instance_id=instance_id).status == "Deploying"
    assert refused(user.continue_deploy_service_instance, service_instance_id=instance_id) == (
        "OperationDenied.ServiceInstanceStatus",
        409,
    )
    held.fails(sandbox, "Network", "no quota")
    failed = user.settled(instance_id)
    assert (failed.status, failed.progress) == ("DeployedFailed", 0)
    assert "ALIYUN::ECS::VPC Network: no quota" in failed.status_detail
    sandbox.with_providers()
    allowed = user.continue_deploy_service_instance(service_instance_id=instance_id, dry_run=True).dry_run_result
    assert set(allowed.parameters_allowed_to_be_modified) == {"Password", "Name"}
    user.continue_deploy_service_instance(service_instance_id=instance_id, parameters=json.dumps({"Name": "other"}))
    continued = user.settled(instance_id)
    assert continued.status == "Deployed"
    assert json.loads(continued.parameters)["Name"] == "other"


def test_what_it_costs_is_not_made_up(user: User, service_id: str) -> None:
    cost = user.get_service_estimate_cost(service_id=service_id, parameters=GOOD)
    assert cost.resources == {
        "Server": {
            "Type": "ALIYUN::ECS::InstanceGroup",
            "Success": False,
            "Result": {"Message": "The sandbox has no prices; Alibaba Cloud has."},
        }
    }


def test_instances_that_do_not_exist_are_refused_as_the_cloud_does(user: User) -> None:
    absent = ("EntityNotExist.ServiceInstance", 400)
    assert refused(user.get_service_instance, service_instance_id="si-0") == absent
    assert refused(user.delete_service_instances, service_instance_id=["si-0"]) == absent


def test_faults_reach_service_instances(user: User, service_id: str) -> None:
    user.sandbox.inject("CreateServiceInstance=lose-reply")
    fields = {"service_id": service_id, "parameters": GOOD, "client_token": "once"}
    with pytest.raises(TeaException):
        user.create_service_instance(**fields)
    again = user.create_service_instance(**fields)
    assert user.list_service_instances().total_count == 1
    assert user.settled(again.service_instance_id).status == "Deployed"
    user.sandbox.inject("GetServiceInstance=throttle")
    assert refused(user.get_service_instance, service_instance_id=again.service_instance_id) == (
        "Throttling.User",
        429,
    )


def test_secrets_of_instances_are_not_in_the_log(user: User, service_id: str) -> None:
    user.deployed(service_id, parameters=GOOD)
    assert refused(user.create_service_instance, service_id="service-0", parameters=GOOD)[0] == "EntityNotExist.Service"
    user.list_service_instances()
    assert GOOD["Password"] not in str(user.sandbox.log)


def test_an_older_state_is_taken_over(sandbox: SandboxUnderTest, supplier: Supplier, user: User) -> None:
    service_id = supplier.draft()

    def back_to_the_first(store: Any) -> None:
        for table in ("stack", "stack_resource", "stack_event", "stack_log", "service_instance"):
            store.db.execute(f"DROP TABLE {table}")
        store.db.execute("PRAGMA user_version=1")

    sandbox.in_server(back_to_the_first)
    sandbox.restart()
    assert supplier.status(service_id) == "Draft"
    assert user.list_service_instances().total_count == 0
