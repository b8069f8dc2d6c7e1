"""The sandbox's console in a browser: followed live, in each language, for every width, keyboard and colour scheme.

The tests ask for the page last, so that it is closed before the server that it listens to.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.accessibility import hindrances
from tests.sandbox.official_sdk import Ros, Supplier, User, deploy_metadata, info
from tests.sandbox.test_stacks import Held

from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from tests.conftest import SandboxUnderTest

    from nestforge.evaluate.made import Made
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
TEMPLATE = f"""\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Title: {{Type: String, Default: '{HOSTILE}'}}
  Password: {{Type: String, NoEcho: true}}
Resources:
  Network: {{Type: ALIYUN::ECS::VPC, Properties: {{VpcName: {{Ref: Title}}}}}}
  Guard: {{Type: ALIYUN::ECS::SecurityGroup, Properties: {{VpcId: {{Ref: Network}}}}}}
Outputs:
  Title: {{Value: {{Ref: Title}}, Description: '{HOSTILE}'}}
  Login: {{Value: {{Fn::Sub: 'root:${{Password}}'}}}}
"""
GIVEN = {"Password": "a-Secret-of-9"}


@pytest.fixture
def service_id(sandbox: SandboxUnderTest) -> str:
    supplier = Supplier(sandbox)
    return supplier.online(
        deploy_metadata=deploy_metadata(supplier.upload(TEMPLATE)),
        version_name=HOSTILE,
        service_info=[info("en-US", "Small service"), info("zh-CN", "小服务")],
    )


@pytest.fixture
def user(sandbox: SandboxUnderTest) -> User:
    return User(sandbox)


def opened(page: Page, user: User, place: str = "") -> Page:
    page.goto("about:blank")  # or only the part after # would change, and what was shown stay for a while
    page.goto(f"http://{user.sandbox.endpoint}/{place}")
    return page


def test_services_and_their_differences_are_shown(user: User, service_id: str, page: Page) -> None:
    opened(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Services")
    expect(page.get_by_role("cell", name="Small service")).to_be_visible()
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Small service")
    assert page.url.endswith(f"#/service/{service_id}/1")
    page.get_by_text("DeployMetadata", exact=True).click()
    expect(page.get_by_role("region", name="DeployMetadata")).to_contain_text("TemplateConfigs")


def test_a_draft_shows_what_it_changes_and_leads_to_its_form(user: User, service_id: str, page: Page) -> None:
    supplier = Supplier(user.sandbox)
    changed = deploy_metadata(supplier.upload(TEMPLATE.replace("Guard:", "Gate:")))
    fields = supplier.service_fields(service_id=service_id, version_name="second", deploy_metadata=changed)
    supplier.create_service(**fields)
    opened(page, user, f"#/service/{service_id}/draft")
    differences = page.get_by_role("region", name="Differences to version 1")
    expect(differences.get_by_role("row").filter(has_text="VersionName")).to_contain_text(f"{HOSTILE}second")
    page.get_by_text("Template default", exact=True).click()
    expect(page.locator(".added").filter(has_text="Gate:")).to_be_visible()
    expect(page.locator(".removed").filter(has_text="Guard:")).to_be_visible()
    page.get_by_role("link", name="Open the form").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    expect(page.get_by_role("tab", name="Findings")).to_have_count(0)  # nothing has been linted


def test_language_and_colours_go_along_from_page_to_page(user: User, service_id: str, page: Page) -> None:
    opened(page, user)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="深色").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("服务")
    page.get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name="部署").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("小服务")
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_service_is_deployed_with_the_form_at_its_link(user: User, service_id: str, page: Page) -> None:
    opened(page, user, f"service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Small service")
    page.get_by_role("textbox", name="Password").fill(GIVEN["Password"])
    page.get_by_role("textbox", name="Title").fill("mine")
    page.get_by_role("button", name="Estimate").click()
    expect(page.get_by_text("Nothing in it has a price.")).to_be_visible()
    page.get_by_role("tab", name="Outputs").click()
    expect(page.get_by_role("tabpanel", name="Outputs")).to_contain_text("mine")
    page.get_by_role("button", name="Deploy").click()
    page.wait_for_url("**/#/instance/si-*")
    expect(page.get_by_text("Deployed", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Title")).to_have_text("mine")
    assert GIVEN["Password"] not in str(user.sandbox.log)


def test_the_form_is_in_the_language_that_is_chosen_and_shows_the_documents(user: User, page: Page) -> None:
    supplier = Supplier(user.sandbox)
    document = supplier.upload(f"# Manual\n\n{HOSTILE}\n", name="manual.md", visibility="public")
    service_id = supplier.online(
        deploy_metadata=deploy_metadata(supplier.upload(TEMPLATE)),
        service_info=[info("en-US", "Small service", long_description_url=document), info("zh-CN", "小服务")],
    )
    page.set_viewport_size({"width": 380, "height": 800})
    opened(page, user, f"service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("小服务")
    expect(page.get_by_role("button", name="部署")).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.get_by_role("tab", name="Documents").click()
    expect(page.get_by_role("heading", name="Manual")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text(HOSTILE)
    assert page.locator("article img, article script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_an_instance_is_followed_while_it_comes_and_goes(user: User, service_id: str, page: Page) -> None:
    held = Held()
    user.sandbox.with_providers(ECS_SecurityGroup=held)
    opened(page, user, "#/instances")
    expect(page.get_by_text("Nothing has been deployed yet")).to_be_visible()
    user.create_service_instance(service_id=service_id, parameters=GIVEN, name="mine")
    page.get_by_role("link", name="mine").click()
    resources = page.get_by_role("region", name="Resources")
    expect(resources.get_by_text("CREATE_IN_PROGRESS")).to_have_count(1)
    expect(resources.get_by_text("CREATE_COMPLETE")).to_have_count(1)
    held.goes_well(user.sandbox, "Guard")
    expect(page.get_by_text("Deployed", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Login")).to_have_text("root:a-Secret-of-9")
    expect(page.get_by_text("On this instance: recorded only; nothing ran.")).to_be_visible()
    page.get_by_role("button", name="Copy Login").click()
    assert page.evaluate("navigator.clipboard.readText()") == "root:a-Secret-of-9"
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Delete").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_text("Deleted", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    assert held.deleted == ["Guard"]


def test_what_is_open_stays_open_when_something_changes(user: User, service_id: str, page: Page) -> None:
    user.deployed(service_id, parameters=GIVEN, name="mine")
    opened(page, user, "#/calls")
    first = page.get_by_role("row").nth(1)
    first.get_by_text("Request and reply").click()
    expect(first.get_by_role("region", name="Reply")).to_be_visible()
    action = first.locator("code").first.inner_text()
    user.list_service_instances()
    expect(page.get_by_role("row").nth(1)).to_contain_text("ListServiceInstances")
    moved = page.get_by_role("row").nth(2)
    expect(moved.locator("code").first).to_have_text(action)
    expect(moved.get_by_role("region", name="Reply")).to_be_visible()
    assert GIVEN["Password"] not in page.content()


HOSTILE_TEXTS = (
    HOSTILE,
    "</script><script>alert(1)</script>",
    "\u202eright-to-left\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 javascript:alert(1)",
    "long-" + "x" * 190,
)


def hostile_template(text: str) -> str:
    return json.dumps(
        {
            "ROSTemplateFormatVersion": "2015-09-01",
            "Description": text,
            "Parameters": {
                "Title": {"Type": "String", "Default": text, "Label": text, "Description": text},
                "Password": {"Type": "String", "NoEcho": True},
            },
            "Resources": {
                "Network": {"Type": "ALIYUN::ECS::VPC", "Properties": {"VpcName": {"Ref": "Title"}}},
                "Guard": {"Type": "ALIYUN::ECS::SecurityGroup", "Properties": {"VpcId": {"Ref": "Network"}}},
            },
            "Outputs": {"Title": {"Value": {"Ref": "Title"}, "Description": text, "Label": text}},
        }
    )


class Rude:
    """A provider that says something hostile in a log, and as the reason of a failure."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def create(self, wanted: Wanted) -> Made:
        wanted.tell(self._text)
        raise ResourceFailed(self._text)

    async def delete(self, resource: StackResource) -> None:
        raise AssertionError("nothing was created")


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
def test_hostile_texts_stay_texts(user: User, page: Page, text: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    supplier = Supplier(user.sandbox)
    document = supplier.upload(f"# {text}\n\n{text}\n\n[{text}](javascript:alert(1))\n", "manual.md", "public")
    service_id = supplier.online(
        deploy_metadata=deploy_metadata(supplier.upload(hostile_template(text))),
        version_name=text,
        service_info=[info("en-US", text, long_description_url=document, short_description=text)],
    )
    given = {**GIVEN, "Title": text}
    good = user.deployed(service_id, parameters=given)
    user.sandbox.with_providers(ECS_SecurityGroup=Rude(text))
    failed = user.settled(user.create_service_instance(service_id=service_id, parameters=given).service_instance_id)
    alone = Ros(user.sandbox).created(hostile_template(text), name="alone", parameters=given, disable_rollback=True)
    page.set_viewport_size({"width": 380, "height": 800})
    seen = ""
    for place in (
        "#/services",
        f"#/service/{service_id}/1",
        "#/instances",
        f"#/instance/{good.service_instance_id}",
        f"#/instance/{failed.service_instance_id}",
        "#/stacks",
        f"#/stack/{alone.stack_id}",
        "#/calls",
    ):
        opened(page, user, place)
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        for folded in page.locator("summary").all():
            folded.click()
        assert page.locator("main :is(img, script, iframe, [onerror], a[href^='javascript'])").count() == 0, place
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, place
        seen += page.locator("main").text_content() or ""
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    assert seen.count(text) > 15
    opened(page, user, f"#/stack/{alone.stack_id}")
    expect(page.get_by_role("region", name="Log")).to_contain_text(text)
    expect(page.get_by_role("region", name="Events")).to_contain_text(text)
    opened(page, user, f"service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    page.get_by_role("tab", name="Documents").click()
    expect(page.get_by_role("article")).to_contain_text(text)
    page.get_by_role("tab", name="Outputs").click()
    expect(page.get_by_role("tabpanel", name="Outputs")).to_contain_text(text)
    assert page.locator("#page :is(img, script, iframe, a[href^='javascript'])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert not dialogs


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Give the address of a page of another origin on this machine, as a developer's own server may have one."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title>")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_elsewhere_neither_reads_nor_acts(
    user: User, service_id: str, chromium: Browser, elsewhere: str
) -> None:
    user.deployed(service_id, parameters=GIVEN, name="mine")
    console = f"http://{user.sandbox.endpoint}"
    order = {"RegionId": "cn-hangzhou", "ServiceId": service_id, "Parameters": json.dumps(GIVEN)}
    acts = ["CreateServiceInstance", "DeleteServiceInstances", "DeleteStack", "GetServiceEstimateCost"]
    before = [call for call in user.sandbox.calls if call in acts]
    with chromium.new_page() as page:  # the browser reports what it refuses as errors
        page.goto(elsewhere)
        read = page.evaluate(
            """async ([console, order]) => {
              const tried = async (path, options) => {
                try {
                  const answer = await fetch(console + path, options);
                  return answer.type === "opaque" ? "" : await answer.text();
                } catch {
                  return "";
                }
              };
              const body = JSON.stringify(order);
              const json = { "Content-Type": "application/json" };
              const guess = { ...json, "X-Console-Token": "guess" };
              const read = [];
              for (const path of ["/", "/console/data/services", "/console/data/calls", "/console/data/instances"]) {
                read.push(await tried(path), await tried(path, { mode: "no-cors" }));
              }
              for (const act of ["deploy", "delete", "delete-stack", "estimate"]) {
                read.push(
                  await tried(`/console/${act}`, { method: "POST", body, headers: json }),
                  await tried(`/console/${act}`, { method: "POST", body, headers: guess }),
                  await tried(`/console/${act}`, { method: "POST", body, mode: "no-cors" }),
                );
                navigator.sendBeacon(`${console}/console/${act}`, body);
                const form = document.createElement("form");
                const action = `${console}/console/${act}`;
                Object.assign(form, { method: "post", action, enctype: "text/plain", target: act });
                const field = document.createElement("input");
                Object.assign(field, { name: body.slice(0, -1) + ', "x": "', value: '"}' });
                form.append(field);
                const frame = document.createElement("iframe");
                frame.name = act;
                document.body.append(frame, form);
                const answered = new Promise((resolve) => frame.addEventListener("load", resolve));
                form.submit();
                await answered;
              }
              const frame = document.createElement("iframe");
              frame.src = console;
              const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
              document.body.append(frame);
              await loaded;
              try {
                read.push(frame.contentDocument?.body.textContent ?? "");
              } catch {
                read.push("");
              }
              const heard = await new Promise((resolve) => {
                const changes = new EventSource(`${console}/console/changes`);
                changes.onmessage = ({ data }) => resolve(data);
                changes.onerror = () => resolve("");
              });
              return [...read, heard].join("");
            }""",
            [console, order],
        )
    assert read == ""
    assert [call for call in user.sandbox.calls if call in acts] == before
    assert [each.name for each in user.list_service_instances().service_instances] == ["mine"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("button", "heading", "language"), [("中文", "服务", "zh-CN"), ("English", "Services", "en-US")]
)
def test_languages_colours_and_a_narrow_page(
    user: User, service_id: str, page: Page, scheme: str, button: str, heading: str, language: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    page.set_viewport_size({"width": 380, "height": 800})
    instance = user.deployed(service_id, parameters=GIVEN)
    opened(page, user)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.evaluate("document.documentElement.lang") == language
    for place in ("#/services", f"#/service/{service_id}/1", f"#/instance/{instance.service_instance_id}", "#/calls"):
        page.evaluate("place => { location.hash = place }", place)
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_hinders_people(user: User, service_id: str, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    instance = user.deployed(service_id, parameters=GIVEN)
    stack = Ros(user.sandbox).created(TEMPLATE, parameters=GIVEN)
    order = f"service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}"
    found = []
    for place in (
        "#/services",
        f"#/service/{service_id}/1",
        "#/instances",
        f"#/instance/{instance.service_instance_id}",
        "#/stacks",
        f"#/stack/{stack.stack_id}",
        "#/calls",
        order,
    ):
        opened(page, user, place)
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        for folded in page.locator("main summary:visible").all():
            folded.click()
        found += [f"{place}: {fault}" for fault in hindrances(page)]
    assert not found


def test_what_is_refused_is_said(user: User, service_id: str, chromium: Browser) -> None:
    with chromium.new_page() as page:  # the browser itself reports answers of 400 and 404 as errors
        opened(page, user, "#/service/service-0")
        expect(page.get_by_role("heading", level=1)).to_have_text("Not there")
        expect(page.get_by_role("alert")).to_contain_text("EntityNotExist.Service")
        opened(page, user, f"service/instance/create/cn-hangzhou?type=user&ServiceId={service_id}")
        page.get_by_role("button", name="Deploy").click()
        expect(page.get_by_role("alert")).to_contain_text("The Parameter Password was not provided.")
