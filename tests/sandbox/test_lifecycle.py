"""The sandbox as the official SDKs see it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import alibabacloud_oss_v2 as oss
import pytest
from alibabacloud_computenestsupplier20210521 import models
from alibabacloud_computenestsupplier20210521.client import Client
from alibabacloud_ros20190910 import models as ros_models
from alibabacloud_ros20190910.client import Client as RosClient
from alibabacloud_tea_openapi.exceptions import ClientException, ServerException
from alibabacloud_tea_openapi.utils_models import Config

from nestforge.sandbox import process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGION = "cn-hangzhou"
TEMPLATE = b"ROSTemplateFormatVersion: '2015-09-01'\nResources: {Vpc: {Type: 'ALIYUN::ECS::VPC'}}\n"


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[process.Running]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield process.start(tmp_path)
    process.stop(tmp_path)


@pytest.fixture
def config(running: process.Running) -> Config:
    return Config(
        access_key_id=running.access_key_id,
        access_key_secret=running.access_key_secret,
        endpoint=running.endpoint,
        protocol="HTTP",
    )


@pytest.fixture
def client(config: Config) -> Client:
    return Client(config)


def upload(client: Client, running: process.Running, content: bytes, *, path_style: bool = True) -> str:
    data = client.get_upload_credentials(
        models.GetUploadCredentialsRequest(file_name="template.yaml", visibility="private")
    ).body.data
    settings = oss.config.load_default()
    settings.credentials_provider = oss.credentials.StaticCredentialsProvider(
        data.access_key_id, data.access_key_secret, data.security_token
    )
    settings.region = data.region_id
    settings.endpoint = f"http://{running.endpoint}"
    settings.use_path_style = path_style
    done = oss.Client(settings).put_object(oss.PutObjectRequest(bucket=data.bucket_name, key=data.key, body=content))
    assert done.status_code == 200
    return f"https://{data.bucket_name}.oss-{data.region_id}.aliyuncs.com/{data.key}"


def definition(url: str, **more: object) -> models.CreateServiceRequest:
    return models.CreateServiceRequest(
        region_id=REGION,
        deploy_type="ros",
        service_type="private",
        service_info=[
            models.CreateServiceRequestServiceInfo(
                locale="zh-CN", name="测试服务", short_description="一个用于测试的服务，足够长"
            )
        ],
        deploy_metadata=json.dumps({"TemplateConfigs": [{"Name": "one", "Url": url}]}),
        **more,
    )


def status(client: Client, service_id: str, version: str | None = None) -> str:
    request = models.GetServiceRequest(region_id=REGION, service_id=service_id, service_version=version)
    return str(client.get_service(request).body.status)


def test_a_service_from_its_first_draft_to_its_second_version(client: Client, running: process.Running) -> None:
    url = upload(client, running, TEMPLATE)
    created = client.create_service(
        definition(url, tag=[models.CreateServiceRequestTag(key="nestforge:service", value="mine")])
    ).body
    identity = {"region_id": REGION, "service_id": created.service_id}
    assert (created.version, created.status) == ("draft", "Creating")
    assert [status(client, created.service_id) for _ in range(2)] == ["Creating", "Draft"]

    launch = models.LaunchServiceRequest(**identity, service_version="draft")
    with pytest.raises(ClientException) as refused:
        client.launch_service(launch)
    assert (refused.value.code, refused.value.status_code) == ("OperationDenied.ServiceStatus", 409)

    registration = client.register_service(models.RegisterServiceRequest(**identity)).body.registration_id
    review = models.GetServiceRegistrationRequest(region_id=REGION, registration_id=registration)
    assert client.get_service_registration(review).body.status == "Approved"
    launched = client.launch_service(launch).body
    assert (launched.version, launched.service_launch_result_type) == ("1", "PublishNewVersion")
    assert [status(client, created.service_id) for _ in range(2)] == ["Launching", "Online"]
    assert client.get_service_registration(review).body.status == "Executed"

    with pytest.raises(ClientException, match="draft"):
        client.update_service(models.UpdateServiceRequest(**identity, service_version="1", version_name="x"))

    again = client.create_service(definition(url, service_id=created.service_id)).body
    assert again.service_id == created.service_id
    client.register_service(models.RegisterServiceRequest(**identity))
    assert client.launch_service(launch).body.version == "2"

    client.withdraw_service(models.WithdrawServiceRequest(**identity, service_version="1"))
    assert status(client, created.service_id, "1") == "Offline"
    relaunched = client.launch_service(models.LaunchServiceRequest(**identity, service_version="1")).body
    assert relaunched.service_launch_result_type == "PublishOfflineVersion"


def test_a_client_token_answers_the_same_and_refuses_other_parameters(client: Client, running: process.Running) -> None:
    url = upload(client, running, TEMPLATE)
    first = client.create_service(definition(url, client_token="t")).body.service_id
    assert client.create_service(definition(url, client_token="t")).body.service_id == first
    with pytest.raises(ClientException) as refused:
        client.create_service(definition(url, client_token="t", version_name="other"))
    assert refused.value.code == "IdempotentParameterMismatch"


def test_tags_are_exact_and_lists_come_in_pages(client: Client, running: process.Running) -> None:
    url = upload(client, running, TEMPLATE)
    for value in ("a", "ab", "a"):
        client.create_service(definition(url, tag=[models.CreateServiceRequestTag(key="k", value=value)]))
    request = models.ListServicesRequest(
        region_id=REGION, max_results=1, tag=[models.ListServicesRequestTag(key="k", value="a")]
    )
    first = client.list_services(request).body
    request.next_token = first.next_token
    second = client.list_services(request).body
    assert len({service.service_id for page in (first, second) for service in page.services}) == 2
    assert (second.total_count, second.next_token) == (2, None)


def test_a_template_that_was_not_uploaded_is_refused(client: Client) -> None:
    with pytest.raises(ClientException) as refused:
        client.create_service(definition("https://nestforge-sandbox.oss-cn-hangzhou.aliyuncs.com/private/none"))
    assert refused.value.code == "EntityNotExist.Object"


def test_a_wrong_secret_is_refused(running: process.Running) -> None:
    wrong = Config(
        access_key_id=running.access_key_id, access_key_secret="x", endpoint=running.endpoint, protocol="HTTP"
    )
    with pytest.raises(ClientException) as refused:
        Client(wrong).list_services(models.ListServicesRequest(region_id=REGION))
    assert refused.value.code == "SignatureDoesNotMatch"


def test_an_operation_that_is_not_emulated_says_so(client: Client) -> None:
    with pytest.raises(ServerException, match="does not emulate ListServiceUsages"):
        client.list_service_usages(models.ListServiceUsagesRequest())


def test_the_state_and_the_port_survive_a_restart(client: Client, running: process.Running, tmp_path: Path) -> None:
    identity = client.create_service(definition(upload(client, running, TEMPLATE))).body.service_id
    assert process.stop(tmp_path)
    assert process.running(tmp_path) is None
    assert process.start(tmp_path).endpoint == running.endpoint
    assert status(client, identity) == "Creating"


def test_an_artifact_is_released_as_numbered_versions(client: Client, running: process.Running) -> None:
    created = client.create_artifact(
        models.CreateArtifactRequest(
            name="tools",
            artifact_type="File",
            artifact_property=models.CreateArtifactRequestArtifactProperty(
                region_id=REGION, url=upload(client, running, b"x")
            ),
        )
    ).body
    assert (created.artifact_version, created.status) == ("draft", "Created")
    released = client.release_artifact(models.ReleaseArtifactRequest(artifact_id=created.artifact_id)).body
    assert released.artifact_version == "1"
    request = models.GetArtifactRequest(artifact_id=created.artifact_id, artifact_version="1")
    assert [client.get_artifact(request).body.status for _ in range(2)] == ["Delivering", "Available"]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("Resources: {A: {Type: X}}", "ROSTemplateFormatVersion"),
        ("ROSTemplateFormatVersion: '2015-09-01'", "no Resources"),
        ("a: [", "invalid"),
        (TEMPLATE.decode() + "Outputs: {O: {Value: !Ref Nothing}}\n", "refer to Nothing"),
    ],
)
def test_ros_refuses_a_template(config: Config, template: str, why: str) -> None:
    request = ros_models.ValidateTemplateRequest(region_id=REGION, template_body=template)
    with pytest.raises(ClientException, match=why):
        RosClient(config).validate_template(request)


def test_the_reviewers_criteria_are_looked_at(client: Client, running: process.Running) -> None:
    password = b"Parameters: {LoginPassword: {Type: String, Default: secret}, "
    template = TEMPLATE + password + b"AllowedCidr: {Type: String, Default: 1.2.3.4/8}}\n"
    identity = client.create_service(definition(upload(client, running, template))).body.service_id
    request = models.GetServiceTemplateCriterionIssuesRequest(
        region_id=REGION, service_id=identity, service_version="draft"
    )
    body = client.get_service_template_criterion_issues(request).body
    kinds = {issue.type for issue in body.template_criterion_issue_list[0].criterion_issues}
    assert kinds == {"SecretShown", "SecretHasDefault", "SecretWithoutPattern", "SourceCidrHasDefault"}
    assert body.total_mandatory_criterion_issue_count == 4


def test_two_hundred_kilobytes_of_metadata_fit_into_the_address(client: Client, running: process.Running) -> None:
    url = upload(client, running, TEMPLATE)
    request = definition(url)
    request.deploy_metadata = json.dumps(
        {"TemplateConfigs": [{"Name": "one", "Url": url, "Description": "数" * 22_000}]}
    )
    assert client.create_service(request).body.service_id
