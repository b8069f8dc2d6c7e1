"""The console: what it shows, and that nobody but its own page can act through it."""

from __future__ import annotations

import http.client
import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.sandbox.console_client import ConsoleClient
from tests.sandbox.official_sdk import REGION, Ros, Supplier, User, deploy_metadata, info
from tests.sandbox.test_service_instances import GOOD, TEMPLATE
from tests.sandbox.test_stacks import Held

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

SIMPLE = TEMPLATE.replace("{{ computenest::file::tools }}", "tools")


@pytest.fixture
def supplier(sandbox: SandboxUnderTest) -> Supplier:
    return Supplier(sandbox)


@pytest.fixture
def console(sandbox: SandboxUnderTest) -> ConsoleClient:
    return ConsoleClient(sandbox)


@pytest.fixture
def service_id(supplier: Supplier) -> str:
    return supplier.online(deploy_metadata=deploy_metadata(supplier.upload(SIMPLE)), version_name="first")


def order(service_id: str) -> dict[str, str]:
    return {"RegionId": REGION, "ServiceId": service_id, "Parameters": json.dumps(GOOD)}


def instances(console: ConsoleClient) -> list[str]:
    return [instance["id"] for instance in console.data("instances")]


def test_the_console_deploys_and_deletes_with_its_own_token(console: ConsoleClient, service_id: str) -> None:
    status, answer = console.act("deploy", order(service_id))
    assert status == 200, answer
    assert instances(console) == [answer["ServiceInstanceId"]]
    user = User(console.sandbox)
    assert user.settled(answer["ServiceInstanceId"]).status == "Deployed"
    status, _ = console.act("delete", {"RegionId": REGION, "ServiceInstanceId.1": answer["ServiceInstanceId"]})
    assert status == 200
    assert user.settled(answer["ServiceInstanceId"]).status == "Deleted"


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Console_Token": None},
        {"X_Console_Token": ""},
        {"X_Console_Token": "x" * 43},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": None},
    ],
)
@pytest.mark.parametrize("act", ["deploy", "delete", "delete-stack", "estimate"])
def test_nothing_happens_for_anybody_else(
    console: ConsoleClient, service_id: str, act: str, headers: dict[str, str | None]
) -> None:
    status, answer = console.act(act, order(service_id), **headers)
    assert (status, answer["Code"]) == (403, "Forbidden")
    assert instances(console) == []
    assert "CreateServiceInstance" not in console.sandbox.calls


def test_a_form_of_another_site_does_nothing(console: ConsoleClient, service_id: str) -> None:
    body = f"RegionId={REGION}&ServiceId={service_id}"
    status, _, _ = console.ask("POST", "/console/deploy", body, Content_Type="application/x-www-form-urlencoded")
    assert status == 403
    assert instances(console) == []


def test_a_token_ends_with_its_server(sandbox: SandboxUnderTest, console: ConsoleClient, service_id: str) -> None:
    old = console.token()
    sandbox.restart()
    assert console.token() != old
    assert console.act("deploy", order(service_id), X_Console_Token=old)[0] == 403


@pytest.mark.parametrize("path", ["/", "/console/data/services", "/console/changes"])
def test_a_name_that_a_page_elsewhere_chose_gets_no_answer(console: ConsoleClient, path: str) -> None:
    assert console.ask("GET", path, Host="sandbox.example.com")[0] == 421


def test_a_page_elsewhere_reads_nothing(console: ConsoleClient) -> None:
    status, headers, _ = console.ask("GET", "/console/data/services", Origin="https://example.com")
    assert status == 200
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert console.ask("GET", "/console/data/services", Sec_Fetch_Site="cross-site")[0] == 403
    assert console.ask("OPTIONS", "/console/deploy", Origin="https://example.com")[0] >= 400


def test_the_pages_let_nothing_else_run(console: ConsoleClient, service_id: str) -> None:
    link = f"/service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}"
    for path in ("/", link):
        status, headers, html = console.ask("GET", path)
        assert status == 200
        header = headers["content-security-policy"]
        meta = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        policy = unescape(meta[1]) if meta else header
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in header
    assert console.ask("GET", link.replace(service_id, "service-0"))[0] == 404


def test_an_object_cannot_act_as_the_console(console: ConsoleClient, supplier: Supplier) -> None:
    url = supplier.upload("<script>alert(1)</script>", name="page.html", visibility="public")
    bucket, key = url.removeprefix("https://").split(".")[0], url.split("/", 3)[3]
    status, headers, _ = console.ask("GET", f"/{bucket}/{key}")
    assert status == 200
    assert headers["content-security-policy"].startswith("sandbox;")
    assert headers["x-content-type-options"] == "nosniff"


def test_services_are_shown_with_versions_and_differences(
    console: ConsoleClient, supplier: Supplier, service_id: str
) -> None:
    changed = deploy_metadata(supplier.upload(SIMPLE.replace("10.0.0.0/8", "10.9.0.0/16")))
    fields = supplier.service_fields(service_id=service_id, version_name="second", deploy_metadata=changed)
    supplier.create_service(**fields)
    (service,) = console.data("services")
    assert [(v["version"], v["status"], v["name"]) for v in service["versions"]] == [
        ("draft", "Draft", "second"),
        ("1", "Online", "first"),
    ]
    page = console.data("service", id=service_id, version="draft")
    assert {"field": "VersionName", "before": "first", "after": "second"} in page["differences"]
    (template,) = page["files"]
    assert template["kind"] == "template"
    assert "+  Network: {Type: ALIYUN::ECS::VPC, Properties: {VpcName: {Ref: Name}, CidrBlock: 10.9.0.0/16}}" in (
        template["difference"].splitlines()
    )
    assert console.ask("GET", "/console/data/service?id=service-0")[0] == 404


def test_a_changed_document_is_shown_line_by_line(console: ConsoleClient, supplier: Supplier) -> None:
    first, second = (supplier.upload(f"# Manual\n{text}\n", "manual.md", "public") for text in ("old", "new" * 9_999))
    one = [info("en-US", "Service", long_description_url=first)]
    service_id = supplier.online(service_info=one)
    two = [info("en-US", "Service", long_description_url=second)]
    supplier.create_service(**supplier.service_fields(service_id=service_id, service_info=two))
    page = console.data("service", id=service_id, version="draft")
    (document,) = [file for file in page["files"] if file["kind"] == "document"]
    assert document["name"] == "en-US"
    old, new = document["difference"].splitlines()[-2:]
    assert old == "-old"
    assert new.startswith("+newnew")
    assert len(new) < 2_000


def test_an_instance_is_shown_with_all_that_belongs_to_it(console: ConsoleClient, service_id: str) -> None:
    instance_id = User(console.sandbox).deployed(service_id, parameters=GOOD).service_instance_id
    page = console.data("instance", id=instance_id)
    assert page["note"] == "recorded only; nothing ran"
    assert page["parameters"] == {"Password": "******"}
    assert {output["name"] for output in page["outputs"]} == {"Endpoint", "Login"}
    server = next(resource for resource in page["resources"] if resource["name"] == "Server")
    assert server["properties"]["Password"] == "****"
    assert server["attributes"]["PrivateIps"] == ["10.1.0.1", "10.1.0.2"]
    assert (page["events"][0]["status"], page["events"][-1]["status"]) == ("CREATE_IN_PROGRESS", "CREATE_COMPLETE")


def test_a_stack_made_by_itself_is_shown_and_deleted(console: ConsoleClient, service_id: str) -> None:
    ros = Ros(console.sandbox)
    own = ros.created(SIMPLE, name="alone", parameters=GOOD)
    User(console.sandbox).deployed(service_id, parameters=GOOD)
    (listed,) = console.data("stacks")
    assert (listed["id"], listed["name"], listed["status"]) == (own.stack_id, "alone", "CREATE_COMPLETE")
    page = console.data("stack", id=own.stack_id)
    assert page["parameters"] == {"Password": "******"}
    assert {resource["status"] for resource in page["resources"]} == {"CREATE_COMPLETE"}
    assert {output["name"] for output in page["outputs"]} == {"Endpoint", "Login"}
    assert page["events"]
    order = {"RegionId": REGION, "StackId": own.stack_id}
    assert console.act("delete-stack", order, X_Console_Token=None)[0] == 403
    assert ros.settled(own.stack_id).status == "CREATE_COMPLETE"
    assert console.act("delete-stack", order)[0] == 200
    assert ros.settled(own.stack_id).status == "DELETE_COMPLETE"
    assert [stack["status"] for stack in console.data("stacks")] == ["DELETE_COMPLETE"]
    assert console.ask("GET", "/console/data/stack?id=stack-0")[0] == 404


def test_calls_are_shown_without_secrets_and_shortened(console: ConsoleClient, service_id: str) -> None:
    console.act("deploy", order(service_id))
    supplier = Supplier(console.sandbox)
    data = supplier.get_upload_credentials(file_name="x", visibility="public").data
    Ros(console.sandbox).validate_template(template_body=SIMPLE + "#" * 10_000)
    text = json.dumps(console.data("calls"))
    assert GOOD["Password"] not in text
    assert data.access_key_id not in text
    assert data.access_key_secret not in text
    assert data.security_token not in text
    assert "more characters)" in text


def test_what_is_no_order_is_refused(console: ConsoleClient) -> None:
    own = {"Content_Type": "application/json", "X_Console_Token": console.token()}
    for body in ("", "[]", '{"ServiceId": 1}', "{"):
        assert console.ask("POST", "/console/deploy", body, **own)[0] == 400
    assert console.ask("POST", "/console/else", "{}", **own)[0] == 404
    assert console.act("deploy", {"RegionId": REGION, "ServiceId": "service-0"})[0] == 404


def test_whoever_watches_hears_of_changes(console: ConsoleClient, supplier: Supplier) -> None:
    connection = http.client.HTTPConnection(console.sandbox.endpoint, timeout=30)
    connection.request("GET", "/console/changes")
    stream = connection.getresponse()
    first = stream.readline()
    assert stream.readline() == b"\n"
    supplier.draft()
    second = stream.readline()
    assert first.startswith(b"data: ")
    assert second.startswith(b"data: ")
    assert first != second
    connection.close()


def test_a_deployment_under_way_is_shown_as_it_is(
    sandbox: SandboxUnderTest, console: ConsoleClient, service_id: str
) -> None:
    held = Held()
    sandbox.with_providers(ECS_VPC=held)
    _, answer = console.act("deploy", order(service_id))
    while not held.created:
        console.data("instances")
    page = console.data("instance", id=answer["ServiceInstanceId"])
    assert (page["status"], page["progress"], page["outputs"]) == ("Deploying", 0, [])
    assert [(r["name"], r["status"]) for r in page["resources"]] == [("Network", "CREATE_IN_PROGRESS")]
