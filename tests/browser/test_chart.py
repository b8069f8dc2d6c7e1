"""The chart of `nestforge capacity` as a browser draws it: a picture on its own, that asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.own_project import ROOT

if TYPE_CHECKING:
    from typing import Literal

    from playwright.sync_api import Page

CHART = ROOT / "docs" / "capacity.svg"
COLOURS = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn_in_both_colour_schemes(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(CHART.as_uri())
    told = "Requests at once by context length: 2 nodes, 0.88 of the GPU memory DeepSeek-R1, DeepSeek-V3; vLLM"
    picture = page.get_by_role("img", name=told)
    expect(picture).to_have_css("background-color", COLOURS[scheme])
    lines = page.locator("path.line")
    colours = lines.evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")
    assert len(colours) == 4  # a line and its key, for each engine
    assert not set(colours) & {COLOURS[scheme], "none"}


def test_no_text_leaves_the_picture_or_lies_on_another(page: Page) -> None:
    page.goto(CHART.as_uri())
    boxes = page.locator("text").evaluate_all(
        "all => all.map(one => { const { x, y, right, bottom } = one.getBoundingClientRect();"
        " return [x, y, right, bottom]; })"
    )
    whole = page.locator("svg").bounding_box()
    assert whole
    for place, (x, y, right, bottom) in enumerate(boxes):
        assert whole["x"] <= x < right <= whole["x"] + whole["width"]
        assert whole["y"] <= y < bottom <= whole["y"] + whole["height"]
        for left, top, end, low in boxes[:place]:
            assert right <= left or end <= x or bottom <= top or low <= y
