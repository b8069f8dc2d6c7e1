"""Take the pictures of the preview that README and the service documents show: form, topology and outputs.

Each language has its own, beside its document. They are taken with the Chromium of this machine, so their bytes
differ from one to another.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from nestforge.lint.subjects import Subject
from nestforge.preview.build_page import build_page
from nestforge.preview.material import material_of
from nestforge.sources.project import load_project, pictures_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent.parent
QUALITY = 80
"""Percent of WebP."""

_WIDE = {"width": 1440, "height": 900}
_NARROW = {"width": 760, "height": 900}


def main() -> int:
    """Write the pictures; 2 where there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        print("needs chromium: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder, "preview.html")
        file.write_text(build_page(material_of(Subject("project", str(ROOT), "."))).html, encoding="utf-8")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for locale in load_project(ROOT).service.locales:
            _take(browser, file, locale.id)
        browser.close()
    return 0


def _take(browser: Browser, file: Path, language: str) -> None:
    for name, size in (("form", _NARROW), ("topology", _WIDE), ("outputs", _WIDE)):
        page = browser.new_page(viewport={"width": size["width"], "height": size["height"]}, color_scheme="light")
        page.goto(file.as_uri())
        page.click(f"button[lang={language}]")
        _fill_in(page)
        if name != "form":
            page.click(f"[role=tab][data-key={name}]")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        taken = page.context.new_cdp_session(page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
        )
        path = ROOT / pictures_folder(language) / f"{name}.webp"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b64decode(taken["data"]))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
        page.close()


def _fill_in(page: Page) -> None:
    """Choose what makes every part of the drawing appear."""
    page.check('[data-name="WhitelistConfirmation"] input')
    page.check('[data-name="SupportPublicAccess"] input')
    page.fill('[data-name="AllowedCidr"] input', "203.0.113.0/24")
    page.select_option('[data-name="KeyPairName"] select', "sample-key")
    page.wait_for_selector(".status .state.good")
    page.evaluate("document.querySelector('.side').scrollTop = 0; scrollTo(0, 0)")


if __name__ == "__main__":
    raise SystemExit(main())
