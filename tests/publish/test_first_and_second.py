from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import IMAGE_TOKEN, TEMPLATE, TOOLS_TOKEN, UPLOADED

from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.publish.errors import NotConfirmed, ReadBackDiffers, RemoteMoved

if TYPE_CHECKING:
    from tests.publish.desk import Desk

    from nestforge.cloud.supplier import ServiceVersion
    from nestforge.publish.change import Change


def test_the_first_publish_puts_everything_online(desk: Desk) -> None:
    done = desk.publish()
    assert (done.version, done.status) == ("1", "Online")
    assert desk.versions() == {"1": "Online"}
    assert desk.sandbox.uploads == UPLOADED
    assert desk.sandbox.downloads == 0
    once = ("CreateService", "RegisterService", "LaunchService", "ValidateTemplate")
    assert [desk.count(action) for action in once] == [1, 1, 1, 1]
    assert desk.count("UpdateService") == 0


def test_the_cloud_checks_the_template_before_anything_is_made(desk: Desk) -> None:
    desk.publish()
    changing = [a for a in desk.sandbox.calls if not a.startswith(("List", "Get"))]
    assert changing[0] == "ValidateTemplate"


def test_the_second_publish_makes_two_calls_and_no_upload(online: Desk) -> None:
    done = online.publish()
    assert online.sandbox.calls == ["ListServices", "GetService"]
    assert (online.sandbox.uploads, online.sandbox.downloads, online.waited) == (0, 0, [])
    assert (done.changes, done.status, done.version) == ((), "Online", "1")
    assert online.traffic is not None
    assert (online.traffic.calls, online.traffic.uploads, online.traffic.bytes_sent) == (2, 0, 0)


def test_every_field_of_the_package_is_sent(desk: Desk) -> None:
    desk.publish()
    (sent,) = desk.requests("CreateService")
    text = json.dumps(sent, ensure_ascii=False)
    for wanted in (
        "Hidden",
        "AutoPass",
        "SingleTenant",
        "1.0.0",
        "小服务",
        "Small service",
        "https://example.com/licence",
    ):
        assert wanted in text
    assert REGION_OF_THE_TARGET in text
    assert "resources/" not in text
    assert "../docs" not in text
    assert "${Artifact" not in text


REGION_OF_THE_TARGET = "cn-hangzhou"


def test_a_file_is_where_the_target_is_and_an_image_is_built_where_the_package_says(desk: Desk) -> None:
    desk.config["Artifact"]["Image"]["ArtifactBuildProperty"]["RegionId"] = "cn-beijing"
    desk.publish()
    made = {str(r["ArtifactType"]): r for r in desk.requests("CreateArtifact")}
    assert json.loads(str(made["File"]["ArtifactProperty"]))["RegionId"] == "cn-hangzhou"
    assert json.loads(str(made["EcsImage"]["ArtifactBuildProperty"]))["RegionId"] == "cn-beijing"


def test_each_file_is_found_under_its_content_hash_and_with_its_visibility(desk: Desk) -> None:
    desk.publish()
    asked = {str(r["FileName"]): r["Visibility"] for r in desk.requests("GetUploadCredentials")}
    by_start = {name.rpartition("-")[0]: visibility for name, visibility in asked.items()}
    assert by_start == {"icon": "public", "small-en": "public", "tools": "private"} | {"small": by_start["small"]}
    endings = {name.partition(".")[2]: visibility for name, visibility in asked.items()}
    assert endings == {"png": "public", "md": "public", "yaml": "private", "svg": "private", "tar.gz": "private"}


def test_the_document_carries_its_images(desk: Desk) -> None:
    desk.publish()
    documents = desk.sandbox.in_server(
        lambda store: [bytes(row[0]).decode() for row in store.db.execute("SELECT content FROM object")]
    )
    assert TEMPLATE in documents
    assert sum("data:image/svg+xml;base64," in text for text in documents) == 2


def test_the_files_on_the_disk_stay_as_they_are(desk: Desk) -> None:
    package = desk.write()
    before = {p: p.read_bytes() for p in package.rglob("*") if p.is_file()}
    desk.publish()
    assert {p: p.read_bytes() for p in package.rglob("*") if p.is_file()} == before


def test_the_service_names_the_released_versions_of_its_artifacts(desk: Desk) -> None:
    done = desk.publish()
    service = desk.cloud().supplier.get_service(done.service_id, "1")
    text = json.dumps(service.definition["DeployMetadata"])
    supplier = json.loads(text)["SupplierDeployMetadata"]
    image, tools = supplier["ArtifactRelation"][IMAGE_TOKEN], supplier["FileArtifactRelation"][TOOLS_TOKEN]
    assert image["ArtifactId"] != tools["ArtifactId"]
    for link in (image, tools):
        artifact = desk.cloud().supplier.get_artifact(link["ArtifactId"], link["ArtifactVersion"])
        assert (link["ArtifactVersion"], artifact.status) == ("1", "Available")


def test_passing_states_are_waited_for(desk: Desk) -> None:
    desk.sandbox.show_passing_states(2)
    assert desk.publish().status == "Online"
    assert desk.waited


def test_a_restarted_sandbox_still_holds_what_was_published(online: Desk) -> None:
    online.sandbox.restart()
    assert online.publish().changes == ()


def test_a_field_that_the_target_did_not_keep_is_found_when_it_is_read_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = SdkSupplier.get_service

    def forgetful(supplier: SdkSupplier, service_id: str, version: str) -> ServiceVersion:
        service = keeping(supplier, service_id, version)
        return replace(service, definition={**service.definition, "ShareType": "Public"})

    monkeypatch.setattr(SdkSupplier, "get_service", forgetful)
    with pytest.raises(ReadBackDiffers, match="1 field differs") as differs:
        desk.publish()
    assert differs.value.exit_code == 4
    assert differs.value.details == ("ShareType: Public -> Hidden",)


def test_changes_that_are_not_agreed_to_are_not_made(desk: Desk) -> None:
    def refuse(changes: tuple[Change, ...]) -> bool:
        raise NotConfirmed(asked=True)

    with pytest.raises(NotConfirmed):
        desk.publish(confirm=refuse)
    assert all(action.startswith("List") for action in desk.sandbox.calls)


def test_a_target_that_moved_while_a_person_was_asked_is_left_alone(online: Desk) -> None:
    online.service["VersionName"] = "1.0.1"

    def think(changes: tuple[Change, ...]) -> bool:
        supplier = online.cloud().supplier
        service = supplier.get_service(*next((v.service_id, v.version) for v in online.status().versions))
        wanted = {n: service.definition[n] for n in ("ServiceInfo", "DeployMetadata", "DeployType", "ServiceType")}
        supplier.create_service(wanted, {}, service.service_id, "of somebody else")
        return True

    with pytest.raises(RemoteMoved, match="has changed on the target"):
        online.publish(confirm=think)
    assert online.versions() == {"1": "Online", "draft": "Draft"}
    assert online.count("UpdateService") == 0
