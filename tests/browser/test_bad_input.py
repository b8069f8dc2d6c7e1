"""What a page does with templates that are wrong, hostile or very large, and with files that break while it is open."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.previews import PANELS, field, show, template_page

from nestforge.lint.subjects import Subject
from nestforge.preview.build_page import build_page
from nestforge.preview.material import material_of
from nestforge.preview.server import PreviewServer, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from nestforge.preview.build_page import Preview

HOSTILE = (
    '<img src=x onerror="window.caught=1">',
    "</script><script>window.caught=1</script>",
    "<!--<script>",
    "${__proto__} {{constructor}} javascript:window.caught=1",
    "\u202eright-to-left\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "long " + "x" * 900,
    "&lt;b&gt; &amp; \" ' `",
)


def everywhere(text: str) -> str:
    """Return a template that has a text wherever one can stand."""
    both = {"en": text, "zh-cn": text}
    return json.dumps(
        {
            "ROSTemplateFormatVersion": "2015-09-01",
            "Description": both,
            "Metadata": {
                "ALIYUN::ROS::Interface": {
                    "ParameterGroups": [{"Parameters": ["Free", "Chosen", text], "Label": {"default": both}}]
                }
            },
            "Parameters": {
                "Free": {
                    "Type": "String",
                    "Label": both,
                    "Description": both,
                    "ConstraintDescription": both,
                    "Default": text,
                    "MaxLength": 1,
                    "AssociationPropertyMetadata": {"Placeholder": text},
                },
                "Chosen": {
                    "Type": "String",
                    "Default": text,
                    "AllowedValues": [text, "other"],
                    "AssociationPropertyMetadata": {"ValueLabelMapping": {text: both}},
                },
                text: {"Type": "String", "Default": text},
            },
            "Conditions": {text: {"Fn::Equals": [text, {"Ref": "Free"}]}},
            "Resources": {
                text: {"Type": text, "Properties": {text: text, "list": [text, {text: text}]}},
                "Net": {"Type": "ALIYUN::ECS::VPC", "Properties": {"CidrBlock": text, "VpcName": text}},
                "Group": {
                    "Type": "ALIYUN::ECS::SecurityGroup",
                    "Properties": {
                        "VpcId": {"Ref": "Net"},
                        "SecurityGroupIngress": [{"IpProtocol": text, "PortRange": text, "SourceCidrIp": text}],
                    },
                },
                "Host": {
                    "Type": "ALIYUN::ECS::InstanceGroup",
                    "Properties": {
                        "InstanceType": text,
                        "VpcId": {"Ref": "Net"},
                        "SecurityGroupId": {"Ref": "Group"},
                        "SystemDiskCategory": text,
                    },
                },
                "Command": {
                    "Type": "ALIYUN::ECS::RunCommand",
                    "Properties": {"CommandContent": text, "Type": "RunShellScript", "InstanceIds": [text]},
                },
            },
            "Outputs": {text: {"Label": both, "Description": both, "Value": f"{text}\n{text}"}},
        }
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_text_in_every_field(page: Page, tmp_path: Path, text: str) -> None:
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(template_page(everywhere(text), tmp_path).as_uri())
    for language in ("zh-CN", "en-US"):
        page.click(f"button[lang={language}]")
        for panel in (name for name in PANELS if name != "memory"):  # a template by itself has no catalog
            shown = show(page, panel)
            for summary in shown.locator("summary").all():
                summary.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 800, panel
    assert page.evaluate("window.caught") is None
    assert page.locator("script").count() == 2
    assert page.locator("#page img").count() == 0
    labels = field(page, "Free").locator(".label")
    assert (labels.text_content() or "").removesuffix("*") == text
    assert field(page, "Free").locator("input").input_value() == text


def large(count: int) -> str:
    hosts = {
        f"Host{number}": {
            "Type": "ALIYUN::ECS::InstanceGroup",
            "Properties": {
                "InstanceType": {"Ref": "InstanceType"},
                "VpcId": {"Ref": "Net"},
                "VSwitchId": {"Ref": "Switch"},
                "SecurityGroupId": {"Ref": "Group"},
            },
        }
        for number in range(count - 3)
    }
    net = {
        "Net": {"Type": "ALIYUN::ECS::VPC", "Properties": {"CidrBlock": "10.0.0.0/8"}},
        "Switch": {
            "Type": "ALIYUN::ECS::VSwitch",
            "Properties": {"VpcId": {"Ref": "Net"}, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.1.0.0/16"},
        },
        "Group": {"Type": "ALIYUN::ECS::SecurityGroup", "Properties": {"VpcId": {"Ref": "Net"}}},
    }
    parameters = {"InstanceType": {"Type": "String", "Default": "ecs.g7.large"}}
    return json.dumps(
        {"ROSTemplateFormatVersion": "2015-09-01", "Parameters": parameters, "Resources": {**net, **hosts}}
    )


def test_five_thousand_resources_are_shown_in_part_and_drawn_as_one(page: Page, tmp_path: Path) -> None:
    """Elements are counted, not seconds: what is drawn does not grow with the template until it is asked for."""
    page.goto(template_page(large(5000), tmp_path).as_uri())
    page.click("button[lang=en-US]")
    expect(page.locator(".diagram .host")).to_have_count(1)
    expect(page.locator(".diagram")).to_contain_text("× 4997")
    assert page.evaluate("document.querySelectorAll('*').length") < 600
    resources = show(page, "resources")
    expect(resources.locator(".resources > li")).to_have_count(100)
    assert page.evaluate("document.querySelectorAll('*').length") < 3000
    resources.get_by_role("searchbox").fill("Host499")
    expect(resources.locator(".resources > li")).to_have_count(8)
    resources.get_by_role("searchbox").fill("")
    resources.get_by_role("button", name="Show all 5000").click()
    expect(resources.locator(".resources > li")).to_have_count(5000)


def test_thousands_of_networks_and_outputs_are_drawn_in_part_until_all_are_asked_for(
    page: Page, tmp_path: Path
) -> None:
    names = [f"Net{number}" for number in range(1500)]
    net = {"Type": "ALIYUN::ECS::VPC", "Properties": {"CidrBlock": "10.0.0.0/8"}}
    outputs = {f"Of{name}": {"Value": {"Fn::Sub": f"one\n${{{name}}}"}} for name in names}
    text = {"ROSTemplateFormatVersion": "2015-09-01", "Resources": dict.fromkeys(names, net), "Outputs": outputs}
    page.goto(template_page(json.dumps(text), tmp_path).as_uri())
    page.click("button[lang=en-US]")
    expect(page.locator(".diagram")).to_contain_text("and 1488 more")
    shown = show(page, "outputs")
    expect(shown.locator(".output")).to_have_count(50)
    assert page.evaluate("document.querySelectorAll('*').length") < 1500
    shown.get_by_role("button", name="Show all 1500").click()
    expect(shown.locator(".output")).to_have_count(1500)
    expect(shown.locator(".output").last).to_contain_text("OfNet1499")


BROKEN = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Size:
    Type: Nmber
    Default: 3
Resources:
  Net:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlok: 10.0.0.0/8
Outputs:
  Id:
    Value: {Ref: Nte}
"""


def test_a_template_with_errors_shows_them_in_their_place(page: Page, tmp_path: Path) -> None:
    page.goto(template_page(BROKEN, tmp_path).as_uri())
    page.click("button[lang=en-US]")
    expect(field(page, "Size").locator(".finding.error")).to_contain_text("Nmber")
    resources = show(page, "resources")
    resources.locator("summary").first.click()
    expect(resources.locator(".finding")).to_contain_text("CidrBlok")
    expect(show(page, "outputs").locator(".finding")).to_contain_text("Nte")
    expect(page.locator(".status .state")).to_contain_text("The template has errors: 3. See the findings.")
    assert show(page, "findings").locator(".finding").count() >= 3


def test_in_a_template_of_one_line_each_fault_still_has_its_own_place(page: Page, tmp_path: Path) -> None:
    size = {"Type": "Number", "Default": 3, "MaxValue": 5}
    broken = {"Type": "ALIYUN::ECS::VPC", "Properties": {"CidrBlok": "10.0.0.0/8"}}
    resources = {"Broken": broken, "Fine": {"Type": "ALIYUN::ECS::VPC"}}
    template = {"ROSTemplateFormatVersion": "2015-09-01", "Parameters": {"Size": size}, "Resources": resources}
    page.goto(template_page(json.dumps(template), tmp_path).as_uri())
    page.click("button[lang=en-US]")
    field(page, "Size").get_by_role("textbox").fill("9")
    expect(field(page, "Size").locator(".message")).not_to_be_empty()
    shown = show(page, "resources")
    for summary in shown.locator("summary").all():
        summary.click()
    expect(shown.locator('[data-name="Broken"] .finding')).to_contain_text("CidrBlok")
    expect(shown.locator('[data-name="Fine"] .finding')).to_have_count(0)


def test_a_file_that_is_no_template_shows_why(page: Page, tmp_path: Path) -> None:
    page.goto(template_page("a: [", tmp_path).as_uri())
    expect(page.locator("#results .finding")).to_contain_text("template.yaml:")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Give what writes the template that is served, and returns the address."""
    template = tmp_path / "template.yaml"
    ready: Future[int] = Future()
    running: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

    def make(version: str) -> Preview:
        return build_page(material_of(Subject("template", str(template), str(template))), live=version)

    async def run() -> None:
        server = PreviewServer(make, template.read_bytes)
        task = asyncio.create_task(serve(server, 0, ready.set_result))
        running.set_result((asyncio.get_running_loop(), task))
        await asyncio.gather(task, return_exceptions=True)

    thread = Thread(target=lambda: asyncio.run(run()))

    def write(text: str) -> str:
        template.write_text(text, encoding="utf-8")
        if not thread.is_alive():
            thread.start()
        return f"http://127.0.0.1:{ready.result()}/"

    yield write
    loop, task = running.result()
    loop.call_soon_threadsafe(task.cancel)
    thread.join()


def test_the_page_follows_the_file_and_keeps_the_last_good_one(page: Page, served: Callable[[str], str]) -> None:
    def template(label: str) -> str:
        return json.dumps(
            {"ROSTemplateFormatVersion": "2015-09-01", "Parameters": {"P": {"Type": "String", "Label": label}}}
        )

    page.goto(served(template("first")))
    page.click("button[lang=en-US]")
    field(page, "P").locator("input").fill("typed")
    served(template("second"))
    expect(field(page, "P").locator(".label")).to_contain_text("second")
    expect(field(page, "P").locator("input")).to_have_value("typed")
    served("a: [")
    expect(page.locator("#notice")).to_contain_text("last good page")
    expect(page.locator("#notice .finding")).to_contain_text("template.yaml:1")
    expect(field(page, "P").locator(".label")).to_contain_text("second")
    served(template("third"))
    expect(field(page, "P").locator(".label")).to_contain_text("third")
    expect(page.locator("#notice")).to_be_empty()
    page.goto("about:blank")  # before the server ends, which the page would tell
