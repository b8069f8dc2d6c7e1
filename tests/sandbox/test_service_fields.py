from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_computenestsupplier20210521 import models
from tests.sandbox.official_sdk import TEMPLATE, Supplier, deploy_metadata, info, refused, tag

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


def test_everything_that_is_sent_comes_back(supplier: Supplier) -> None:
    icon = supplier.upload(b"png", "icon.png", "public")
    texts = {
        "operation_metadata": '{"StatusOperationConfigs": []}',
        "alarm_metadata": '{"A": 1}',
        "license_metadata": "{}",
        "log_metadata": "{}",
        "upgrade_metadata": '{"SupportRollback": true}',
        "policy_names": "first,second",
        "version_name": "1.0 – ein Name",
        "share_type": "Restricted",
        "approval_type": "AutoPass",
        "tenant_type": "SingleTenant",
    }
    english = info(
        "en-US",
        "A service & <more>",
        short_description="ten characters at least",
        image=icon,
        long_description_url="https://example.com/long",
        agreements=[models.CreateServiceRequestServiceInfoAgreements(name="terms", url="https://example.com/terms")],
        softwares=[models.CreateServiceRequestServiceInfoSoftwares(name="vllm", version="0.8.5")],
    )
    service_id = supplier.draft(
        service_info=[english, info("zh-CN", "双机大模型")],
        tag=tag("CreateService", identity="x"),
        duration=3600,
        trial_duration=30,
        is_support_operated=False,
        resellable=True,
        compliance_metadata=models.CreateServiceRequestComplianceMetadata(compliance_packs=["pack"]),
        **texts,
    )
    service = supplier.get_service(service_id=service_id)
    assert {name: getattr(service, name) for name in texts} == texts
    assert service.service_infos[0].to_map() == english.to_map()
    assert service.service_infos[1].name == "双机大模型"
    assert (service.duration, service.trial_duration, service.resellable) == (3600, 30, True)
    assert service.is_support_operated is False
    assert service.compliance_metadata.compliance_packs == ["pack"]
    assert [(t.key, t.value) for t in service.tags] == [("identity", "x")]


def test_an_update_changes_only_what_it_names(supplier: Supplier) -> None:
    service_id = supplier.draft(version_name="old", share_type="Hidden")
    supplier.update_service(
        service_id=service_id,
        version_name="new",
        service_info=[models.UpdateServiceRequestServiceInfo(locale="en-US", name="Another name")],
        service_locale_configs=[models.UpdateServiceRequestServiceLocaleConfigs(original_value="a", zh_value="b")],
    )
    service = supplier.get_service(service_id=service_id)
    assert (service.version_name, service.share_type) == ("new", "Hidden")
    assert [i.name for i in service.service_infos] == ["Another name"]
    assert service.service_locale_configs[0].zh_value == "b"
    assert json.loads(service.deploy_metadata)["TemplateConfigs"][0]["Name"] == "default"


def test_a_dry_run_changes_nothing(supplier: Supplier) -> None:
    answer = supplier.create_service(**supplier.service_fields(dry_run=True))
    assert (answer.service_id, answer.dry_run_result.role_policy.missing_policy) == (None, [])
    assert supplier.list_services().total_count == 0
    service_id = supplier.draft(version_name="old")
    supplier.update_service(service_id=service_id, version_name="new", dry_run=True)
    assert supplier.get_service(service_id=service_id).version_name == "old"


def test_a_client_token_makes_a_call_happen_once(supplier: Supplier) -> None:
    fields = supplier.service_fields(client_token="once")
    first, again = supplier.create_service(**fields), supplier.create_service(**fields)
    assert first.service_id == again.service_id
    assert supplier.list_services().total_count == 1
    assert refused(supplier.create_service, **{**fields, "version_name": "x"}) == ("IdempotentParameterMismatch", 400)
    assert refused(supplier.create_service, **{**fields, "client_token": "x" * 65}) == (
        "InvalidParameter.ClientToken",
        400,
    )


def test_a_refused_call_does_not_use_up_its_client_token(supplier: Supplier) -> None:
    fields = supplier.service_fields(client_token="once")
    supplier.sandbox.inject("CreateService=unavailable")
    assert refused(supplier.create_service, **fields) == ("ServiceUnavailable", 503)
    assert supplier.create_service(**fields).service_id


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"service_info": None}, "MissingServiceInfo"),
        ({"deploy_type": None}, "MissingDeployType"),
        ({"service_type": None}, "MissingServiceType"),
        ({"region_id": None}, "MissingRegionId"),
        ({"deploy_metadata": ""}, "MissingDeployMetadata"),
        ({"deploy_type": "helm"}, "InvalidParameter.DeployType"),
        ({"share_type": "OnlyTrialRestricted"}, "InvalidParameter.ShareType"),
        ({"approval_type": "auto"}, "InvalidParameter.ApprovalType"),
        ({"trial_duration": 31}, "InvalidParameter.TrialDuration"),
        ({"operation_metadata": "{"}, "InvalidParameter.OperationMetadata"),
        ({"service_info": [info("de-DE", "Ein Dienst")]}, "InvalidParameter.ServiceInfo.1.Locale"),
        ({"service_info": [info("en-US", "abc"), info("en-US", "abc")]}, "InvalidParameter.ServiceInfo.2.Locale"),
        ({"service_info": [info("en-US", "ab")]}, "InvalidParameter.ServiceInfo.1.Name"),
        ({"service_info": [info("en-US", "a" * 201)]}, "InvalidParameter.ServiceInfo.1.Name"),
        (
            {"service_info": [info("en-US", "abc", short_description="too short")]},
            "InvalidParameter.ServiceInfo.1.ShortDescription",
        ),
        ({"deploy_metadata": "[]"}, "InvalidParameter.DeployMetadata"),
        ({"deploy_metadata": "[" * 100_000}, "InvalidParameter.DeployMetadata"),
        ({"deploy_metadata": "{}"}, "InvalidParameter.DeployMetadata"),
        ({"deploy_metadata": '{"TemplateConfigs": [{"Name": "x"}]}'}, "InvalidParameter.DeployMetadata"),
        ({"deploy_metadata": '{"TemplateConfigs": ["x"]}'}, "InvalidParameter.DeployMetadata"),
        (
            {"deploy_metadata": deploy_metadata("https://x/y", FileArtifactRelation=["x"])},
            "InvalidParameter.DeployMetadata",
        ),
        (
            {"deploy_metadata": deploy_metadata("https://x/y", FileArtifactRelation={"t": {"ArtifactId": "a"}})},
            "InvalidParameter.DeployMetadata",
        ),
    ],
)
def test_a_field_that_the_cloud_does_not_take_is_named(supplier: Supplier, fields: dict[str, Any], code: str) -> None:
    defaults = {"deploy_metadata": deploy_metadata("https://example.com/template.yaml")}
    assert refused(supplier.create_service, **supplier.service_fields(**{**defaults, **fields})) == (code, 400)
    assert supplier.list_services().total_count == 0


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_a_file_of_the_sandbox_must_have_been_uploaded(supplier: Supplier, visibility: str) -> None:
    data = supplier.get_upload_credentials(file_name="x.yaml", visibility=visibility).data
    url = f"https://{data.bucket_name}.oss-{data.region_id}.aliyuncs.com/{data.key}"
    absent = ("EntityNotExist.File", 404)
    assert refused(supplier.create_service, **supplier.service_fields(deploy_metadata=deploy_metadata(url))) == absent
    with_icon = supplier.service_fields(service_info=[info("en-US", "A service", image=url)])
    assert refused(supplier.create_service, **with_icon) == absent


def test_a_file_name_may_hold_any_character(supplier: Supplier) -> None:
    url = supplier.upload(TEMPLATE, "Vorlage ä+&%20模.yaml")
    service_id = supplier.draft(deploy_metadata=deploy_metadata(url))
    issues = supplier.get_service_template_criterion_issues(service_id=service_id)
    assert issues.template_criterion_issue_list[0].total_criterion_issue_count == 0


def test_a_mebibyte_of_parameters_fits_into_the_request_line(supplier: Supplier) -> None:
    metadata = json.loads(deploy_metadata("https://example.com/template.yaml"))
    metadata["Long"] = "long text & ö " * 80_000
    text = json.dumps(metadata, ensure_ascii=False)
    assert len(text) > 1024 * 1024
    service_id = supplier.draft(deploy_metadata=text)
    assert supplier.get_service(service_id=service_id).deploy_metadata == text


def test_a_parameter_that_the_sandbox_would_ignore_is_refused(supplier: Supplier) -> None:
    service_id = supplier.draft()
    assert refused(supplier.update_service, service_id=service_id, is_default=True) == ("UnsupportedOperation", 501)
    assert refused(supplier.get_service, service_id=service_id, show_detail=["x"]) == ("UnsupportedOperation", 501)
