"""The watch that the `page` fixture keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import is_own

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_page_runs_its_script(page: Page) -> None:
    page.set_content("<p id=said></p><script>document.querySelector('#said').textContent = 6 * 7</script>")
    assert page.text_content("#said") == "42"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("file:///tmp/preview.html", True),
        ("data:image/png;base64,AA==", True),
        ("http://127.0.0.1:8080/events", True),
        ("http://127.0.0.1.example.com/", False),
        ("https://fonts.example.com/a.woff2", False),
    ],
)
def test_only_the_page_itself_and_this_machine_are_its_own(address: str, expected: bool) -> None:
    assert is_own(address) is expected
