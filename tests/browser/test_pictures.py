"""The pictures in README and in the service documents show the page as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.browser.previews import LANGUAGES
from tests.own_project import ROOT

from checks.screenshots import NAMES, NOTES, digest, picture_path, posed, shown

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_shows_what_the_page_shows(chromium: Browser, own: Path, language: str, name: str) -> None:
    path = picture_path(language, name)
    noted = json.loads(NOTES.read_text(encoding="utf-8"))[path]
    with posed(chromium, own, language, name) as page:
        now = {"file": digest((ROOT / path).read_bytes()), "shows": shown(page)}
        assert noted == now, f"{path} is stale: make screenshots"
        page.evaluate("document.querySelector('.price').append('other words')")
        assert shown(page) != noted["shows"]
