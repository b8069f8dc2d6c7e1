"""Requests and answers as the official SDK has them, without a server."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from nestforge.cloud.access import Access, Key
from nestforge.cloud.errors import CloudRefused, FieldUnknown
from nestforge.cloud.retry import Retry
from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.cloud.sdk_wire import Wire
from nestforge.cloud.traffic import Traffic

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json


class Client:
    """Answers each operation with what is next, and keeps the requests as they would be sent."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Any:
        def call(request: Any) -> Any:
            self.requests.append((operation, request.to_map()))
            answer = self.answers.pop(0)
            return SimpleNamespace(body=SimpleNamespace(to_map=lambda: answer))

        return call


def supplier_of(client: Client) -> SdkSupplier:
    access = Access("cn-hangzhou", "host", "host", "host", Key("id", "secret"))
    quiet = Retry(lambda seconds: None, lambda line: None)
    supplier = SdkSupplier(Wire(access, None, quiet, Traffic()))
    supplier.__dict__["_client"] = client
    return supplier


def test_every_page_of_a_list_is_read() -> None:
    rows = [{"ArtifactId": f"a-{n}", "Name": "x", "Tags": [{"Key": "k", "Value": "v"}]} for n in range(3)]
    client = Client({"Artifacts": rows[:2], "NextToken": "more"}, {"Artifacts": rows[2:], "NextToken": ""})
    found = supplier_of(client).list_artifacts({"k": "v"})
    assert [(a.artifact_id, dict(a.tags)) for a in found] == [(f"a-{n}", {"k": "v"}) for n in range(3)]
    assert [request.get("NextToken") for _, request in client.requests] == [None, "more"]


def test_an_empty_page_is_no_end() -> None:
    client = Client({"NextToken": "more"}, {"Artifacts": [{"ArtifactId": "a"}]})
    assert [a.artifact_id for a in supplier_of(client).list_artifacts({})] == ["a"]


def test_metadata_travels_as_compact_json_and_comes_back_as_data() -> None:
    sent: dict[str, Json] = {"DeployMetadata": {"Name": "双机", "List": [1, 2]}, "ServiceType": "private"}
    answer = {"ServiceId": "s", "Version": "draft", "Status": "Draft", "DeployMetadata": '{"Name": "双机"}', "Tags": []}
    client = Client({"ServiceId": "s"}, {**answer, "ServiceInfos": [{"Locale": "zh-CN"}]})
    supplier = supplier_of(client)
    assert supplier.create_service(sent, {"k": "v"}, None, "token") == "s"
    _, request = client.requests[0]
    assert request["DeployMetadata"] == '{"Name":"双机","List":[1,2]}'
    assert (request["ClientToken"], request["Tag"]) == ("token", [{"Key": "k", "Value": "v"}])
    assert "ServiceId" not in request
    service = supplier.get_service("s", "draft")
    assert service.definition == {"DeployMetadata": {"Name": "双机"}, "ServiceInfo": [{"Locale": "zh-CN"}]}


def test_a_field_that_the_operation_does_not_have_is_not_lost_in_silence() -> None:
    client = Client()
    with pytest.raises(FieldUnknown, match="CreateService has no field Colour"):
        supplier_of(client).create_service({"Colour": "blue"}, {}, None, "token")
    assert not client.requests


def test_an_update_of_an_artifact_leaves_out_what_cannot_be_changed() -> None:
    client = Client({})
    supplier_of(client).update_artifact("a", {"Name": "x", "ArtifactType": "File", "Description": "new"}, "token")
    assert client.requests == [("update_artifact", {"ArtifactId": "a", "Description": "new", "ClientToken": "token"})]


def test_tags_are_removed_by_name() -> None:
    client = Client({})
    supplier_of(client).untag_service("s", ["one", "two"])
    ((operation, request),) = client.requests
    assert operation == "un_tag_resources"
    assert (request["ResourceType"], request["ResourceId"], request["TagKey"]) == ("service", ["s"], ["one", "two"])
    assert "All" not in request


def test_credentials_refused_inside_a_good_answer_are_a_refusal() -> None:
    client = Client({"Code": "Forbidden", "Message": "no", "RequestId": "7-7"})
    with pytest.raises(CloudRefused, match=r"GetUploadCredentials: Forbidden: no \(request id 7-7\)"):
        supplier_of(client).upload_ticket("x", public=False)


def test_an_artifact_s_property_that_is_no_json_is_none() -> None:
    row = {"ArtifactVersion": "1", "Status": "Available"}
    answers = [{**row, "ArtifactProperty": text} for text in ('{"Url": "https://x/y"}', "{", '["list"]', "")]
    supplier = supplier_of(Client(*answers))
    assert [supplier.get_artifact("a", "1").url for _ in answers] == ["https://x/y", "", "", ""]
