"""The preview of this repository's service, used as a buyer would."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.accessibility import hindrances
from tests.browser.previews import LANGUAGES, PANELS, SCHEMES, field, opened, output, show, template_page
from tests.own_project import TEMPLATE, own_build

from nestforge.capacity.estimate import Question, estimate
from nestforge.evaluate.shown import plain
from nestforge.evaluate.stack import evaluate
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


A4_WITHOUT_MARGINS = 703
"""CSS pixels: 210 mm, less 12 mm at either side."""


def told(name: str, **values: str) -> str:
    """Return an output as our own evaluation tells it."""
    template = load_template(own_build().files[TEMPLATE].decode(), TEMPLATE, [])
    assert template is not None
    result = evaluate(template, values, {"ALIYUN::Region": "cn-hangzhou"}, "en")
    return str(plain(result.outputs[name].value.data))


def test_a_field_appears_with_the_choice_that_needs_it(page: Page, own: Path) -> None:
    opened(page, own)
    expect(field(page, "InstancePassword")).to_be_hidden()
    field(page, "LoginMethod").get_by_text("Password", exact=True).click()
    expect(field(page, "InstancePassword")).to_be_visible()
    expect(field(page, "KeyPairName")).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Now shown: Login password.")).to_have_count(1)


def test_a_value_out_of_range_is_told_as_it_is_typed(page: Page, own: Path) -> None:
    opened(page, own)
    context = field(page, "MaxModelLen")
    context.get_by_role("textbox").fill("10")
    expect(context.locator(".message")).to_have_text("Enter a whole number of tokens from 2048 to 163840.")
    expect(context.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".status .state")).to_contain_text("1 to correct: Longest context (tokens)")
    context.get_by_role("textbox").fill("4096")
    expect(context.locator(".message")).to_have_text("")


def test_each_parameter_has_its_own_message_where_the_template_is_one_line(page: Page, tmp_path: Path) -> None:
    parameters = {name: {"Type": "String", "Default": "a", "AllowedPattern": "[a-z]+"} for name in ("One", "Two")}
    text = json.dumps({"ROSTemplateFormatVersion": "2015-09-01", "Parameters": parameters})
    opened(page, template_page(text, tmp_path))
    field(page, "Two").get_by_role("textbox").fill("2")
    expect(field(page, "Two").locator(".message")).to_contain_text("[a-z]+")
    expect(field(page, "One").locator(".message")).to_have_text("")
    expect(page.locator(".status .state")).to_contain_text("1 to correct: Two")


DEPENDENT = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Kind: {Type: String, Default: small, AllowedValues: [small, large, other]}
  Zone:
    Type: String
    AssociationPropertyMetadata:
      AutoSelectFirst: true
      AllowedValues:
        - {Condition: {Fn::Equals: ['${Kind}', small]}, Value: [a, b]}
        - {Condition: {Fn::Equals: ['${Kind}', large]}, Value: [b, c, d, e, f]}
  Disk:
    Type: String
    Default: ''
    AssociationPropertyMetadata:
      AllowedValues:
        - {Condition: {Fn::Equals: ['${Kind}', large]}, Value: [fast]}
        - slow
  Size:
    Type: Number
    Default: 1
    AssociationPropertyMetadata:
      Value: [{Condition: {Fn::Equals: ['${Kind}', large]}, Value: 40}]
      MaxValue: [{Condition: {Fn::Equals: ['${Kind}', large]}, Value: 50}]
Outputs:
  Made: {Value: {Fn::Sub: '${Zone} ${Size}'}}
"""


def test_what_a_field_offers_and_takes_follows_another_field(page: Page, tmp_path: Path) -> None:
    opened(page, template_page(DEPENDENT, tmp_path))
    zone, disk, size = field(page, "Zone").get_by_role("combobox"), field(page, "Disk"), field(page, "Size")
    expect(zone.locator("option")).to_have_text(["a", "b"])
    expect(zone).to_have_value("a")
    disk.get_by_role("combobox").select_option("slow")
    field(page, "Kind").get_by_text("large").click()
    expect(zone.locator("option")).to_have_text(["b", "c", "d", "e", "f"])
    expect(zone).to_have_value("b")
    expect(disk.locator("option")).to_have_text(["fast", "slow"])
    expect(disk.get_by_role("combobox")).to_have_value("slow")
    expect(size.get_by_role("textbox")).to_have_value("40")
    show(page, "outputs")
    expect(output(page, "Made")).to_contain_text("b 40")
    disk.get_by_role("combobox").select_option("fast")
    size.get_by_role("textbox").fill("60")
    expect(size.locator(".message")).to_have_text("expected at most 50")
    field(page, "Kind").get_by_text("other").click()
    expect(size.get_by_role("textbox")).to_have_value("60")
    expect(size.locator(".message")).to_have_text("")
    expect(disk.locator(".message")).to_have_text("expected one of 'slow'")
    expect(output(page, "Made")).to_contain_text("b 60")


def test_what_the_form_filled_in_goes_with_what_it_was_filled_in_for(page: Page, tmp_path: Path) -> None:
    opened(page, template_page(DEPENDENT, tmp_path))
    size = field(page, "Size").get_by_role("textbox")
    for kind, value in (("large", "40"), ("other", "1"), ("large", "40")):
        field(page, "Kind").get_by_text(kind).click()
        expect(size).to_have_value(value)
    page.reload()
    expect(size).to_have_value("40")
    field(page, "Kind").get_by_text("small").click()
    expect(size).to_have_value("1")


def test_the_form_says_what_is_missing_until_all_is_there(page: Page, own: Path) -> None:
    opened(page, own)
    state = page.locator(".status .state")
    expect(state).to_have_text("2 to fill in: H20 instances are available to my account, Key pair")
    page.get_by_role("button", name="Go to the first").click()
    expect(field(page, "WhitelistConfirmation").get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    field(page, "KeyPairName").get_by_role("combobox").select_option("sample-key")
    expect(state).to_have_text("Ready to deploy")


def test_pickers_say_that_their_values_are_samples(page: Page, own: Path) -> None:
    opened(page, own)
    expect(field(page, "ZoneId").locator(".sample")).to_contain_text("Sample data")
    expect(field(page, "ZoneId").get_by_role("combobox")).to_have_value("cn-hangzhou-h")
    expect(field(page, "EcsInstanceType").locator(".sample")).to_have_count(0)


def test_the_addresses_follow_the_engine(page: Page, own: Path) -> None:
    opened(page, own)
    show(page, "outputs")
    expect(output(page, "PrivateEndpoint")).to_contain_text("WorkerInstanceGroup.PrivateIps[0]")
    field(page, "InferenceEngine").get_by_text("SGLang 0.4.3").click()
    expect(output(page, "PrivateEndpoint")).to_contain_text("MasterInstanceGroup.PrivateIps[0]")
    show(page, "topology")
    serving = page.locator(".diagram .tag.badge")
    expect(serving).to_have_count(1)
    badge, master = serving.bounding_box(), page.locator(".diagram .host").first.bounding_box()
    assert badge
    assert master
    assert badge["x"] < master["x"] + master["width"]


def test_a_sample_is_copied_as_it_would_be_pasted(page: Page, own: Path) -> None:
    opened(page, own)
    show(page, "outputs")
    page.get_by_role("button", name="Copy: API call sample (VPC)").click()
    expect(page.get_by_role("status").filter(has_text="Copied: API call sample (VPC)")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == told("PrivateAPIUserInstructions")


def test_a_copied_script_is_the_one_that_runs(page: Page, own: Path) -> None:
    opened(page, own)
    field(page, "InferenceEngine").get_by_text("SGLang 0.4.3").click()
    scripts = show(page, "scripts")
    expect(scripts.locator("summary")).to_have_text(
        [re.compile(r"on MasterInstanceGroup"), re.compile("Worker"), re.compile("Master")]
    )
    page.get_by_role("button", name="Copy: MasterCommand").click()
    expect(page.get_by_role("status").filter(has_text="Copied: MasterCommand")).to_have_count(1)
    template = load_template(own_build().files[TEMPLATE].decode(), TEMPLATE, [])
    assert template is not None
    values = {"InferenceEngine": "sglang-0.4.3", "ZoneId": "cn-hangzhou-h"}
    result = evaluate(template, values, {"ALIYUN::Region": "cn-hangzhou"}, "en")
    script = plain(result.resources["MasterCommand"].properties["CommandContent"].data)
    assert page.evaluate("navigator.clipboard.readText()") == script


def test_public_access_draws_an_address_and_who_may_use_it(page: Page, own: Path) -> None:
    opened(page, own)
    expect(page.locator(".diagram .arrow.public")).to_have_count(0)
    field(page, "SupportPublicAccess").get_by_role("switch").check()
    field(page, "AllowedCidr").get_by_role("textbox").fill("203.0.113.0/24")
    expect(page.locator(".diagram .arrow.public")).to_have_count(1)
    table = page.get_by_role("table")
    expect(table.get_by_role("row").filter(has_text="203.0.113.0/24")).to_contain_text("tcp 8000")


def test_an_existing_network_is_drawn_once(page: Page, own: Path) -> None:
    opened(page, own)
    field(page, "VpcOption").get_by_text("Use an existing VPC").click()
    expect(page.locator(".diagram .frame.vpc")).to_have_count(1)
    expect(page.locator(".diagram")).to_contain_text("Existing VPC")
    expect(page.locator(".diagram")).to_contain_text("ExistingVpc.CidrBlockhosts of the VPC")


def test_resources_show_properties_and_what_is_known_later(page: Page, own: Path) -> None:
    opened(page, own)
    resources = show(page, "resources")
    resources.get_by_text("EcsVSwitch", exact=True).click()
    properties = resources.locator('[data-name="EcsVSwitch"] dl')
    expect(properties).to_contain_text("192.168.1.0/24")
    expect(properties.locator(".later").first).to_have_text("known after creation EcsVpc")
    resources.get_by_role("searchbox").fill("runcommand")
    expect(resources.locator(".resources > li")).to_have_count(3)
    expect(resources).to_contain_text("Eip because EnablePublicAccess is false")


def test_the_fit_of_the_memory_is_that_of_the_command(page: Page, own: Path) -> None:
    opened(page, own)
    field(page, "InferenceEngine").get_by_text("SGLang 0.4.3").click()
    field(page, "MaxModelLen").get_by_role("textbox").fill("131072")
    field(page, "GpuMemoryUtilization").get_by_role("textbox").fill("0.7")
    catalog = own_build().project.catalog
    model, engine = catalog.models[0], next(one for one in catalog.engines if one.id == "sglang-0.4.3")
    answer = estimate(model, engine, catalog.machine, catalog.instances[0], Question(2, 0.7, 131072, 10_000))
    assert answer is not None
    memory = show(page, "memory")
    expect(memory.locator(".verdict")).to_have_text(f"Fits: {answer.requests} requests of 131,072 tokens at once.")
    expect(memory).to_contain_text(f"The cache holds {answer.tokens.least:,} tokens")
    told = memory.locator(".overcommitted")
    expect(told).to_have_count(0)
    field(page, "GpuMemoryUtilization").get_by_role("textbox").fill("0.95")
    expect(told).to_contain_text("4.8 GiB are beside it, and the reserve may need 9.9: with a share above 0.89")
    field(page, "InferenceEngine").get_by_text("vLLM 0.8.5.post1").click()
    expect(told).to_have_count(0)


def test_the_price_has_its_date_or_is_unknown(page: Page, own: Path) -> None:
    opened(page, own)
    price = page.locator(".status .price")
    expect(price).to_contain_text("unknown")
    known = next(one for one in own_build().project.catalog.instances if one.price is not None)
    field(page, "EcsInstanceType").get_by_role("combobox").select_option(known.id)
    assert known.price
    expect(price).to_contain_text(f"{known.price.per_hour * 2:g} USD an hour for 2 hosts")
    expect(price).to_contain_text(f"As of {known.price.date}")
    expect(price).to_contain_text("Not an official price.")
    field(page, "PayType").get_by_text("Subscription", exact=True).click()
    expect(price).to_contain_text("unknown")


def test_another_language_keeps_the_values(page: Page, own: Path) -> None:
    opened(page, own)
    field(page, "MaxModelLen").get_by_role("textbox").fill("4096")
    page.click("button[lang=zh-CN]")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", level=1)).to_have_text("DeepSeek-R1 与 DeepSeek-V3 双机版")
    expect(page.get_by_label("最大上下文长度（token）")).to_have_value("4096")
    expect(page.locator("button[lang=zh-CN]")).to_be_focused()
    expect(show(page, "documents").get_by_role("heading", level=3)).to_have_text(
        "DeepSeek-R1 与 DeepSeek-V3 双机部署文档"
    )


def test_a_predefined_set_fills_the_form(page: Page, own: Path) -> None:
    opened(page, own)
    page.locator(".packages").get_by_text("DeepSeek-V3", exact=True).click()
    expect(field(page, "Model").get_by_role("radio", name="DeepSeek-V3")).to_be_checked()
    expect(show(page, "outputs").locator("pre").first).to_contain_text("deepseek-ai/DeepSeek-V3")


def test_the_colours_follow_the_machine_and_the_switch(page: Page, own: Path) -> None:
    def back() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.emulate_media(color_scheme="light")
    opened(page, own)
    light = back()
    page.emulate_media(color_scheme="dark")
    dark = back()
    assert light != dark
    page.get_by_role("button", name="Light").click()
    assert back() == light
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    assert back() == dark


def test_the_keyboard_alone_reaches_everything(page: Page, own: Path) -> None:
    opened(page, own)
    page.locator("[role=tab]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Outputs")).to_be_focused()
    expect(page.get_by_role("tab", name="Outputs")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Findings")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.reload()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the results")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()


@pytest.mark.parametrize("width", [380, 1280])
def test_what_has_the_focus_is_seen(page: Page, own: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    opened(page, own)
    field(page, "SupportPublicAccess").get_by_role("switch").check()
    show(page, "outputs")
    page.reload()
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const focused = document.activeElement;
              if (focused === document.body) return null;
              const { left, top, width, height } = focused.getBoundingClientRect();
              const found = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2);
              const isSeen = focused.contains(found) || focused.matches("section, main");
              const isMarked = getComputedStyle(focused).outlineStyle !== "none";
              return { isFine: isSeen && isMarked, what: focused.outerHTML.slice(0, 120), above: found?.className };
            }"""
        )
        if stop is None:
            break
        hidden += [] if stop["isFine"] else [stop]
    else:
        raise AssertionError("the focus does not leave the page")
    assert not hidden


def test_what_was_chosen_outlives_a_reload_but_no_secret(page: Page, own: Path) -> None:
    opened(page, own, "zh-CN")
    field(page, "MaxModelLen").get_by_role("textbox").fill("4096")
    field(page, "ApiKey").locator("input").fill("0123456789abcdef0123")
    show(page, "scripts")
    page.reload()
    expect(field(page, "MaxModelLen").get_by_role("textbox")).to_have_value("4096")
    expect(field(page, "ApiKey").locator("input")).to_have_value("")
    expect(page.locator("[role=tab][data-key=scripts]")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [380, 1600])
def test_nothing_is_wider_than_the_window(page: Page, own: Path, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, own, language)
    for panel in PANELS:
        show(page, panel)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, panel


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chosen", ["topology", "documents"])
def test_print_has_every_part_unfolded_and_no_buttons(page: Page, own: Path, language: str, chosen: str) -> None:
    opened(page, own, language)
    show(page, chosen)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": A4_WITHOUT_MARGINS, "height": 1000})
    page.evaluate("window.onbeforeprint()")
    for panel in PANELS:
        expect(page.locator(f"[role=tabpanel][data-key={panel}]")).to_be_visible()
    expect(page.locator(".output").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    printed = "names => names.every(name => name.checkVisibility({ contentVisibilityAuto: true }))"
    assert page.locator(".resources summary .name, .resources dd, .script .line").evaluate_all(printed)
    assert page.locator(".resources dd").count() > 50
    assert page.locator(".script pre").count() == 3
    inside = "body *:not(input, select, textarea, .out-of-sight)"
    cut = """(inside) => [...document.querySelectorAll(inside)].filter((each) => {
      const { overflowX, overflowY } = getComputedStyle(each);
      const isWider = overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
      return isWider || (overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1);
    }).map((each) => each.outerHTML.slice(0, 100))"""
    assert page.evaluate(cut, inside) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4_WITHOUT_MARGINS
    shown = page.locator(".document a[href^=http]").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert "http" in shown
    page.evaluate("window.onafterprint()")
    assert page.locator(".resources details[open]").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_that_hinders_people(page: Page, own: Path, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, own, language)
    field(page, "MaxModelLen").get_by_role("textbox").fill("10")
    field(page, "SupportPublicAccess").get_by_role("switch").check()
    found = []
    for panel in PANELS:
        show(page, panel)
        found += [f"{panel}: {fault}" for fault in hindrances(page)]
    assert not found


def crossed(page: Page, what: str) -> list[str]:
    """Return the texts of what the arrows of the drawing run through: boxes, titles or tags."""
    found = page.evaluate(
        """(what) => {
          const points = [...document.querySelectorAll(".diagram .arrow")].map((arrow) => {
            const matrix = arrow.getScreenCTM();
            const length = arrow.getTotalLength();
            const steps = [...Array(Math.max(0, Math.floor(length) - 6)).keys()].map((step) => step + 3);
            return steps.map((step) => arrow.getPointAtLength(step).matrixTransform(matrix));
          }).flat();
          return [...document.querySelectorAll(what)].filter((each) => {
            const { left, right, top, bottom } = each.getBoundingClientRect();
            return points.some(({ x, y }) => left + 1 < x && x < right - 1 && top + 1 < y && y < bottom - 1);
          }).map((each) => each.textContent || each.getAttribute("class"));
        }""",
        what,
    )
    return [str(text) for text in found]


@pytest.mark.parametrize("width", [380, 760, 1600])
@pytest.mark.parametrize(("engine", "serving"), [("vLLM 0.8.5", 1), ("SGLang", 0)])
@pytest.mark.parametrize("network", ["Create a VPC", "Use an existing VPC"])
def test_no_arrow_runs_through_a_box_or_a_title(
    page: Page, own: Path, engine: str, serving: int, network: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    opened(page, own)
    page.check('[data-name="SupportPublicAccess"] input')
    page.fill('[data-name="AllowedCidr"] input', "203.0.113.0/24")
    page.fill('[data-name="SshCidr"] input', "198.51.100.7/32")
    field(page, "VpcOption").get_by_text(network).click()
    field(page, "InferenceEngine").get_by_text(engine).first.click()
    show(page, "topology")
    expect(page.locator(".diagram .arrow")).to_have_count(4)
    expect(page.locator(".diagram .host").nth(serving)).to_have_class("host serving")
    assert not crossed(page, ".diagram :is(.host, .source, .gpu)")
    assert not crossed(page, ".diagram .frame-title")
    drawing = page.locator(".diagram").bounding_box()
    assert drawing
    assert drawing["x"] + drawing["width"] <= width
    assert page.locator(".diagram").evaluate("drawing => drawing.getScreenCTM().a") > 0.99  # texts keep their size


TWO_ZONES = {
    "ROSTemplateFormatVersion": "2015-09-01",
    "Resources": {
        "Net": {"Type": "ALIYUN::ECS::VPC", "Properties": {"CidrBlock": "10.0.0.0/8"}},
        **{
            name: made
            for zone in ("A", "B")
            for name, made in {
                f"Switch{zone}": {"Type": "ALIYUN::ECS::VSwitch", "Properties": {"VpcId": {"Ref": "Net"}}},
                f"Group{zone}": {
                    "Type": "ALIYUN::ECS::SecurityGroup",
                    "Properties": {
                        "VpcId": {"Ref": "Net"},
                        "SecurityGroupIngress": [
                            {"IpProtocol": "tcp", "PortRange": f"{port}/{port}", "SourceCidrIp": f"192.0.{port}.0/24"}
                            for port in range(20, 25)
                        ],
                    },
                },
                f"Host{zone}": {
                    "Type": "ALIYUN::ECS::Instance",
                    "Properties": {
                        "VSwitchId": {"Ref": f"Switch{zone}"},
                        "SecurityGroupId": {"Ref": f"Group{zone}"},
                        "InstanceType": "ecs.g7.large",
                    },
                },
                f"Eip{zone}": {"Type": "ALIYUN::VPC::EIP", "Properties": {"Bandwidth": 5}},
                f"Bound{zone}": {
                    "Type": "ALIYUN::VPC::EIPAssociation",
                    "Properties": {"AllocationId": {"Ref": f"Eip{zone}"}, "InstanceId": {"Ref": f"Host{zone}"}},
                },
            }.items()
        },
    },
}


@pytest.mark.parametrize("width", [380, 760, 1600])
def test_what_stands_below_is_reached_along_the_side(page: Page, tmp_path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    opened(page, template_page(json.dumps(TWO_ZONES), tmp_path))
    expect(page.locator(".diagram .host")).to_have_count(2)
    assert page.locator(".diagram .arrow.public").count() == 2
    assert not crossed(page, ".diagram :is(.host, .source)")
    left = 12 - page.locator(".diagram .source").count() + 1
    expect(page.locator(".diagram")).to_contain_text(f"and {left} more")
    assert page.get_by_role("table").nth(0).get_by_role("row").count() == 11
    assert page.get_by_role("table").nth(1).get_by_role("row").filter(has_text="HostB").count() == 1
