from __future__ import annotations

from typing import TYPE_CHECKING, Any

import alibabacloud_oss_v2 as oss
import pytest
from alibabacloud_computenestsupplier20210521 import models
from tests.sandbox.official_sdk import (
    TEMPLATE,
    Supplier,
    deploy_metadata,
    filters,
    oss_client,
    oss_refused,
    refused,
    tag,
)

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


def file_fields(supplier: Supplier, name: str = "node-tools", **fields: Any) -> dict[str, Any]:
    url = supplier.upload(b"archive", "node-tools.tar.gz")
    return {
        "artifact_type": "File",
        "name": name,
        "version_name": "1.0",
        "support_region_ids": ["cn-hangzhou", "cn-beijing"],
        "artifact_property": models.CreateArtifactRequestArtifactProperty(url=url),
        **fields,
    }


IMAGE: dict[str, Any] = {
    "artifact_type": "EcsImage",
    "name": "model-image",
    "version_name": "1.0",
    "artifact_build_type": "EcsImage",
    "artifact_build_property": models.CreateArtifactRequestArtifactBuildProperty(
        region_id="cn-hangzhou",
        source_image_id="centos_7",
        command_type="RunShellScript",
        command_content="echo '$SECRET' && 安装",
        system_disk_size=1500,
        enable_gpu=True,
    ),
}


def test_a_file_artifact_is_released_as_version_1(supplier: Supplier) -> None:
    fields = file_fields(supplier, tag=tag("CreateArtifact", identity="x"))
    created = supplier.create_artifact(**fields)
    assert (created.artifact_version, created.status, created.max_version) == ("draft", "Created", 0)
    released = supplier.release_artifact(artifact_id=created.artifact_id)
    assert released.artifact_version == "1"
    artifact = supplier.get_artifact(artifact_id=created.artifact_id, artifact_version="1")
    assert (artifact.status, artifact.max_version, artifact.name) == ("Available", 1, "node-tools")
    assert fields["artifact_property"].url in artifact.artifact_property
    assert artifact.support_region_ids == '["cn-hangzhou", "cn-beijing"]'
    assert [(t.key, t.value) for t in artifact.tags] == [("identity", "x")]
    assert supplier.get_artifact(artifact_name="node-tools").artifact_id == created.artifact_id


def test_an_image_is_built_and_delivered_before_it_is_available(supplier: Supplier) -> None:
    supplier.sandbox.show_passing_states(reads=1)
    artifact_id = supplier.create_artifact(**IMAGE).artifact_id
    supplier.release_artifact(artifact_id=artifact_id)
    seen = [supplier.get_artifact(artifact_id=artifact_id, artifact_version="1").status for _ in range(4)]
    assert seen == ["Created", "Delivering", "Available", "Available"]
    built = supplier.get_artifact(artifact_id=artifact_id)
    assert built.artifact_build_type == "EcsImage"
    assert "echo '$SECRET' && 安装" in built.artifact_build_property


def test_the_next_version_begins_as_a_draft(supplier: Supplier) -> None:
    fields = file_fields(supplier)
    artifact_id = supplier.create_artifact(**fields).artifact_id
    again = {**fields, "artifact_id": artifact_id, "version_name": "2.0"}
    assert refused(supplier.create_artifact, **again) == ("EntityAlreadyExists.ArtifactVersion", 409)
    supplier.release_artifact(artifact_id=artifact_id)
    assert refused(supplier.release_artifact, artifact_id=artifact_id) == ("EntityNotExist.ArtifactVersion", 404)
    supplier.create_artifact(**again)
    supplier.update_artifact(artifact_id=artifact_id, description="changed")
    assert supplier.release_artifact(artifact_id=artifact_id).artifact_version == "2"
    listed = supplier.list_artifact_versions(artifact_id=artifact_id).artifacts
    assert [(a.artifact_version, a.version_name) for a in listed] == [("2", "2.0"), ("1", "1.0")]
    assert supplier.get_artifact(artifact_id=artifact_id).description == "changed"


def test_artifacts_are_found_by_exact_tags_and_loose_names(supplier: Supplier) -> None:
    tools = supplier.create_artifact(**file_fields(supplier, tag=tag("CreateArtifact", identity="a"))).artifact_id
    image = supplier.create_artifact(**IMAGE, tag=tag("CreateArtifact", identity="ab")).artifact_id

    def found(**fields: object) -> list[str]:
        return [artifact.artifact_id for artifact in supplier.list_artifacts(**fields).artifacts]

    assert found() == [tools, image]
    assert found(tag=tag("ListArtifacts", identity="a")) == [tools]
    assert found(filter=filters("ListArtifacts", "values", Name=["model"])) == [image]
    assert found(filter=filters("ListArtifacts", "values", ArtifactType=["File"])) == [tools]
    assert found(filter=filters("ListArtifacts", "values", ArtifactId=[image, tools])) == [tools, image]


def test_what_is_incomplete_is_refused(supplier: Supplier) -> None:
    fields = file_fields(supplier)
    nothing = models.CreateArtifactRequestArtifactProperty()
    absent = models.CreateArtifactRequestArtifactProperty(
        url="https://nestforge-sandbox-private.oss-cn-hangzhou.aliyuncs.com/absent"
    )
    create = supplier.create_artifact
    assert refused(create, **{**fields, "version_name": None}) == ("MissingVersionName", 400)
    assert refused(create, **{**fields, "artifact_type": "Tarball"}) == ("InvalidParameter.ArtifactType", 400)
    assert refused(create, **{**fields, "artifact_property": None}) == ("MissingArtifactProperty", 400)
    assert refused(create, **{**fields, "artifact_property": nothing}) == ("InvalidParameter.ArtifactProperty", 400)
    assert refused(create, **{**fields, "artifact_property": absent}) == ("EntityNotExist.File", 404)
    assert refused(create, **{**IMAGE, "artifact_build_type": None}) == ("MissingArtifactBuildType", 400)
    assert refused(create, **{**fields, "artifact_id": "artifact-0"}) == ("EntityNotExist.Artifact", 404)
    create(**fields)
    assert refused(create, **fields) == ("EntityAlreadyExists.Artifact", 409)


def test_a_service_names_artifacts_that_exist_and_are_available(supplier: Supplier) -> None:
    url = supplier.upload(TEMPLATE)
    artifact_id = supplier.create_artifact(**file_fields(supplier)).artifact_id

    def service_with(version: str, identity: str = artifact_id) -> dict[str, Any]:
        relation = {"{{ computenest::file::node-tools }}": {"ArtifactId": identity, "ArtifactVersion": version}}
        return supplier.service_fields(deploy_metadata=deploy_metadata(url, FileArtifactRelation=relation))

    create = supplier.create_service
    assert refused(create, **service_with("1", "artifact-0")) == ("EntityNotExist.Artifact", 404)
    assert refused(create, **service_with("1")) == ("EntityNotExist.ArtifactVersion", 404)
    supplier.sandbox.show_passing_states(reads=1)
    supplier.release_artifact(artifact_id=artifact_id)
    assert refused(create, **service_with("1")) == ("InvalidParameter.DeployMetadata", 400)  # still on its way
    supplier.sandbox.show_passing_states(reads=0)
    assert create(**service_with("1")).service_id
    assert refused(supplier.delete_artifact, artifact_id=artifact_id) == ("OperationDenied.ArtifactInUse", 409)


def test_an_artifact_draft_is_not_fit_for_review(supplier: Supplier) -> None:
    artifact_id = supplier.create_artifact(**IMAGE).artifact_id
    relation = {"image-id": {"ArtifactId": artifact_id, "ArtifactVersion": "draft"}}
    service_id = supplier.draft(deploy_metadata=deploy_metadata(supplier.upload(TEMPLATE), ArtifactRelation=relation))
    assert refused(supplier.register_service, service_id=service_id) == ("OperationDenied.ArtifactStatus", 409)


def test_a_deleted_artifact_is_gone(supplier: Supplier) -> None:
    artifact_id = supplier.create_artifact(**file_fields(supplier)).artifact_id
    supplier.delete_artifact(artifact_id=artifact_id, artifact_version="draft")
    assert refused(supplier.get_artifact, artifact_id=artifact_id) == ("EntityNotExist.Artifact", 404)
    assert supplier.list_artifacts().total_count == 0


def test_repository_credentials_are_temporary(supplier: Supplier) -> None:
    answer = supplier.get_artifact_repository_credentials(artifact_type="File")
    assert answer.credentials.access_key_id.startswith("STS.")
    assert refused(supplier.get_artifact_repository_credentials) == ("MissingArtifactType", 400)


def test_a_file_is_put_into_the_folder_that_the_repository_credentials_open(supplier: Supplier) -> None:
    answer = supplier.get_artifact_repository_credentials(artifact_type="File")
    place = answer.available_resources[0]
    client = oss_client(supplier.sandbox, answer.credentials)
    key = f"{place.path}/tools.tar.gz"
    client.put_object(oss.PutObjectRequest(bucket=place.repository_name, key=key, body=b"content"))
    fields = file_fields(supplier)
    fields["artifact_property"].url = f"https://{place.repository_name}.oss-{place.region_id}.aliyuncs.com/{key}"
    assert supplier.create_artifact(**fields).artifact_id
    for elsewhere in (f"{place.path}x/tools.tar.gz", "tools.tar.gz"):
        request = oss.PutObjectRequest(bucket=place.repository_name, key=elsewhere, body=b"content")
        assert oss_refused(client.put_object, request) == ("AccessDenied", 403)
