"""The report: as a page, for other programs, and what it lets expect of the real hosts."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

from nestforge.capacity.loading import loading_seconds
from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.report.estimate import estimate
from nestforge.rehearse.report.page import as_page, duration
from nestforge.rehearse.report.report import DRY, HOSTS, Difference, Report, as_json
from nestforge.rehearse.report.timeline import timeline
from nestforge.rehearse.result import Checked, Rehearsed, Step

COMMAND = "ALIYUN::ECS::RunCommand"
STEPS = (
    Step("Vpc", "ALIYUN::ECS::VPC", 0, 1, "CREATE_COMPLETE", ""),
    Step("MasterCommand", COMMAND, 2, 30, "CREATE_COMPLETE", ""),
    Step("WorkerCommand", COMMAND, 32, 40, "CREATE_COMPLETE", ""),
    Step("FinalCheck", COMMAND, 72, 90, "CREATE_COMPLETE", ""),
)
KEYS = Checked("keys", "The API answers with its key only.", 2.5, (Observation("GET /", "401", "401", holds=True),))
ONE = Rehearsed("vllm, public", {"engine": "vllm", "access": "public"}, "Deployed", "", 162, STEPS, (KEYS,), ())
REPORT = Report(
    package="ab" * 32,
    service="deepseek",
    version="1.0.0",
    tier=HOSTS,
    selection="every pair of choices",
    began="2026-11-24T10:00:00Z",
    seconds=200,
    rehearsed=(ONE,),
    differences=(Difference("tensor parallelism", "8", "1", "a CPU has no GPUs"),),
    not_confined=("the kernel",),
    not_proven=("NCCL",),
    estimates={ONE.name: estimate(ONE, 1000, 1800)},
)
HOSTILE = "<script>alert(1)</script>&\"'\u202e"


def test_passed_means_up_checked_and_gone() -> None:
    assert REPORT.passed
    for spoilt in (
        replace(ONE, status="DeployedFailed"),
        replace(ONE, checks=()),
        replace(ONE, left=("a mount",)),
        replace(ONE, checks=(replace(KEYS, problem="no answer"),)),
        replace(ONE, checks=(replace(KEYS, observations=()),)),
        replace(ONE, checks=(KEYS, replace(KEYS, observations=(Observation("GET /", "401", "200", holds=False),)))),
    ):
        assert not replace(REPORT, rehearsed=(ONE, spoilt)).passed
    assert not replace(REPORT, rehearsed=()).passed


def test_other_programs_read_what_passed_and_everything_that_was_seen() -> None:
    found = json.loads(as_json(REPORT))
    assert (found["schema"], found["passed"], found["tier"]) == (1, True, "hosts")
    (one,) = found["rehearsed"]
    assert (one["passed"], one["checks"][0]["passed"]) == (True, True)
    assert one["checks"][0]["observations"][0] == {"what": "GET /", "expected": "401", "got": "401", "holds": True}
    assert one["steps"][1]["seconds"] == 30


def test_the_real_hosts_take_the_commands_and_the_weights_at_least() -> None:
    known = estimate(ONE, loading_seconds(642, 1000, "PL2"), 1800)
    assert known.scripts == 70  # without the last one, which waits for the engine
    assert round(known.loading) == round(642 * 1024 / 620)
    assert known.least == known.scripts + known.loading


class _Texts(HTMLParser):
    """Collects the elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_whatever_a_deployment_says_is_text_in_the_page() -> None:
    step = Step(HOSTILE, HOSTILE, 0, 1, "CREATE_FAILED", HOSTILE)
    seen = Observation(HOSTILE, HOSTILE, HOSTILE, holds=False)
    check = Checked("keys", HOSTILE, 1, (seen,), HOSTILE)
    hostile = Rehearsed(HOSTILE, {HOSTILE: HOSTILE}, "DeployedFailed", HOSTILE, 1, (step,), (check,), (HOSTILE,))
    page = _Texts()
    page.feed(as_page(replace(REPORT, rehearsed=(hostile, ONE), service=HOSTILE)))
    assert "script" not in page.tags
    assert page.text.count("<script>alert(1)</script>") >= 10
    assert "✗ Did not pass: 1 of 2 deployments" in page.text


def test_the_page_says_what_differed_and_what_is_not_proven() -> None:
    page = _Texts()
    page.feed(as_page(REPORT))
    for said in ("a CPU has no GPUs", "the kernel", "NCCL", "at least 17 min 50 s", "Nothing was left"):
        assert said in page.text
    dry = _Texts()
    dry.feed(as_page(replace(REPORT, tier=DRY)))
    assert "stand-ins alone: nothing was deployed" in dry.text


def test_the_picture_has_a_bar_for_each_resource_in_proportion() -> None:
    picture = ElementTree.fromstring(timeline(ONE))
    bars = picture.findall("{http://www.w3.org/2000/svg}rect")
    assert len(bars) == len(STEPS)
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert abs(widths[3] / widths[1] - 3) < 0.01
    assert float(bars[3].attrib["x"]) + widths[3] <= 860 - 60
    ElementTree.fromstring(timeline(replace(ONE, name=HOSTILE, steps=())))


def test_durations_are_read_by_people() -> None:
    assert [duration(seconds) for seconds in (0.4, 59.4, 60, 185)] == ["0 s", "59 s", "1 min 0 s", "3 min 5 s"]
