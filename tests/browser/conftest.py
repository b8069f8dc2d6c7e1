"""The distribution's Chromium for the tests in a browser, and pages in it that may load nothing from elsewhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.previews import written
from tests.own_project import ROOT
from tests.programs import need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

_OWN = ("file", "data", "blob", "about")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give a browser for the tests of one file: while it lives, no other test can run an event loop of its own."""
    need("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the preview of this repository's service."""
    return written("project", ROOT, tmp_path_factory.mktemp("own") / "preview.html")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Give a page; the test fails when the page reports an error or asks anything of another machine."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: None if is_own(request.url) else problems.append(f"asked for {request.url}"))
    yield page
    context.close()
    assert not problems


def is_own(address: str) -> bool:
    """Return whether an address is part of the page, or of this machine."""
    parts = urlsplit(address)
    return parts.scheme in _OWN or parts.hostname == "127.0.0.1"
