from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import TEMPLATE, TEMPLATE_PATH

from nestforge.cloud.errors import CloudRefused
from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.publish.errors import ReadBackDiffers

if TYPE_CHECKING:
    from tests.publish.desk import Desk


def fields(desk: Desk, action: str) -> set[str]:
    """Return the definition's fields that the one call of `action` carried."""
    (request,) = desk.requests(action)
    plumbing = {"RegionId", "ServiceId", "ClientToken"}
    return {name.partition(".")[0] for name in request} - plumbing


def test_a_byte_of_the_template_is_one_upload_and_a_new_version(online: Desk) -> None:
    online.files[TEMPLATE_PATH] = TEMPLATE + "# one more\n"
    done = online.publish()
    assert online.sandbox.uploads == 1
    assert (done.version, online.versions()) == ("2", {"1": "Online", "2": "Online"})
    assert [online.count(a) for a in ("CreateService", "UpdateService", "CreateArtifact")] == [1, 0, 0]
    assert [(c.action, c.kind, c.field) for c in done.changes] == [
        ("upload", "file", ""),
        ("create", "service", "DeployMetadata.TemplateConfigs.小版.Url"),
        ("register", "service", ""),
        ("launch", "service", ""),
    ]


def test_the_artifacts_are_not_even_looked_at_when_only_the_template_changed(online: Desk) -> None:
    online.files[TEMPLATE_PATH] = TEMPLATE + "# one more\n"
    online.publish()
    assert not [action for action in online.sandbox.calls if "Artifact" in action]


def test_a_changed_text_changes_that_field_alone(online: Desk) -> None:
    online.service["ServiceInfo"][1]["ShortDescription"] = "Another description of it"
    done = online.publish()
    assert [c.field for c in done.changes if c.action == "create"] == ["ServiceInfo.en-US.ShortDescription"]
    assert online.sandbox.uploads == 0


def test_a_draft_is_updated_in_the_fields_that_changed_only(desk: Desk) -> None:
    desk.inject("RegisterService=refuse")
    _fails(desk)
    desk.service["ServiceInfo"][0]["Name"] = "另一个名字"
    desk.service["VersionName"] = "1.0.1"
    assert desk.publish().status == "Online"
    assert fields(desk, "UpdateService") == {"ServiceInfo", "VersionName"}
    assert desk.count("CreateService") == 0


def _fails(desk: Desk) -> None:
    with pytest.raises(CloudRefused):
        desk.publish()


def test_a_changed_tool_makes_a_new_version_of_that_artifact_alone(online: Desk) -> None:
    online.files[".computenest/resources/artifact_resources/tools.tar.gz"] = "another archive"
    done = online.publish()
    (created,) = online.requests("CreateArtifact")
    assert created["ArtifactId"]
    assert created["ArtifactType"] == "File"
    place = "DeployMetadata.SupplierDeployMetadata.FileArtifactRelation.{{ computenest::file::tools }}"
    assert {c.field for c in done.changes if c.action == "create"} == {
        f"{place}.ArtifactId",
        f"{place}.ArtifactVersion",
    }
    assert online.publish().changes == ()
    assert online.sandbox.calls == ["ListServices", "GetService"]


def test_a_changed_property_of_an_image_makes_a_new_version_of_it(online: Desk) -> None:
    online.config["Artifact"]["Image"]["ArtifactBuildProperty"]["SourceImageId"] = "aliyun_4"
    assert [c.name for c in online.publish().changes if c.kind == "artifact"] == ["Image", "Image"]
    assert online.publish().changes == ()


def test_going_back_uses_the_artifact_that_is_there(online: Desk) -> None:
    image = online.config["Artifact"]["Image"]["ArtifactBuildProperty"]
    image["SourceImageId"] = "aliyun_4"
    online.publish()
    image["SourceImageId"] = "aliyun_3"
    assert online.publish().status == "Online"
    assert online.count("CreateArtifact") == 0
    assert online.versions() == {"1": "Online", "2": "Online", "3": "Online"}


def test_going_back_and_forth_publishes_each_time(online: Desk) -> None:
    for number in range(2, 6):
        online.service["VersionName"] = f"1.0.{(number + 1) % 2}"
        assert online.publish().version == str(number)


def test_a_changed_tag_is_one_call_and_no_new_version(online: Desk) -> None:
    online.service["Tags"]["product"] = "another"
    done = online.publish()
    assert [c.action for c in done.changes] == ["tag"]
    assert online.count("TagResources") == 1
    assert online.versions() == {"1": "Online"}
    assert online.publish().changes == ()


def test_tags_of_what_is_online_change_with_the_launch(online: Desk) -> None:
    online.service["VersionName"] = "1.0.1"
    online.service["Tags"] = {"nestforge:service": "small", "team": "another"}
    online.sandbox.inject("LaunchService=refuse")
    _fails(online)
    assert shown_tags(online) == {"product": "test"}
    done = online.publish()
    assert [(c.action, c.field) for c in done.changes] == [
        ("launch", ""),
        ("untag", "product"),
        ("tag", "team"),
        ("tag", "nestforge:tags"),
    ]
    assert shown_tags(online) == {"team": "another"}
    assert online.publish().changes == ()


def test_a_removed_tag_is_taken_off_and_one_of_the_console_stays(online: Desk) -> None:
    online.cloud().supplier.tag_service(online.status().versions[0].service_id, {"owner": "finance"})
    online.service["Tags"].pop("product")
    assert online.status().fields == ("Tags.product", "Tags.nestforge:tags")
    done = online.publish()
    assert [(c.action, c.field) for c in done.changes] == [("untag", "product"), ("tag", "nestforge:tags")]
    assert shown_tags(online) == {"owner": "finance"}
    assert online.versions() == {"1": "Online"}
    online.publish()
    assert online.sandbox.calls == ["ListServices", "GetService"]


def test_a_tag_that_the_target_did_not_take_off_is_found_when_it_is_read_back(
    online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SdkSupplier, "untag_service", lambda *arguments: None)
    online.service["Tags"] = {"nestforge:service": "small", "team": "another"}
    monkeypatch.setattr(SdkSupplier, "tag_service", lambda *arguments: None)
    with pytest.raises(ReadBackDiffers) as differs:
        online.publish()
    assert [detail.partition(":")[0] for detail in map(str, differs.value.details)][:2] == ["Tags.product", "Tags.team"]


def test_removing_a_tag_that_is_interrupted_is_gone_on_with(online: Desk) -> None:
    online.service["Tags"] = {"nestforge:service": "small", "team": "another"}
    online.sandbox.inject("TagResources=refuse")
    _fails(online)
    assert online.publish().status == "Online"
    assert shown_tags(online) == {"team": "another"}
    assert online.publish().changes == ()


def test_many_long_names_of_tags_are_remembered_in_one_tag(desk: Desk) -> None:
    desk.service["Tags"] |= {f"{number:02}-{'x' * 100}": "y" for number in range(15)}
    desk.publish()
    tags = desk.cloud().supplier.list_versions({"nestforge:service": "small"})[0].tags
    assert max(len(value) for value in tags.values()) <= 128
    desk.service["Tags"] = {"nestforge:service": "small"}
    desk.publish()
    assert shown_tags(desk) == {}


def shown_tags(desk: Desk) -> dict[str, str]:
    """Return the tags on the service that are not nestforge's own."""
    (tags,) = {tuple(v.tags.items()) for v in desk.cloud().supplier.list_versions({"nestforge:service": "small"})}
    return {name: value for name, value in tags if not name.startswith("nestforge:")}


def test_a_removed_predefined_parameter_is_a_change(online: Desk) -> None:
    configs = online.service["DeployMetadata"]["TemplateConfigs"]
    del configs[0]["PredefinedParameters"][0]["Parameters"]["Count"]
    assert online.publish().version == "2"


def test_a_withdrawn_version_is_put_online_again(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    online.sandbox.in_server(_withdraw)
    assert online.versions() == {"1": "Offline"}
    done = online.publish()
    assert [c.action for c in done.changes] == ["launch"]
    assert online.versions() == {"1": "Online"}


def _withdraw(store: object) -> None:
    from dataclasses import replace

    from nestforge.sandbox.store import Store

    assert isinstance(store, Store)
    for service in store.services():
        store.save_service(replace(service, status="Offline", ahead=()))


def test_status_tells_how_the_package_differs(online: Desk) -> None:
    assert online.status().differs is False
    online.service["VersionName"] = "2.0.0"
    online.service["Tags"]["product"] = "another"
    status = online.status()
    assert (status.differs, status.fields) == (True, ("VersionName", "Tags.product"))
    assert [(v.version, v.status, v.version_name) for v in status.versions] == [("1", "Online", "1.0.0")]
    assert status.registration is not None
    assert status.registration.status == "Executed"


def test_status_of_a_service_that_is_not_there(desk: Desk) -> None:
    assert desk.status().versions == ()
