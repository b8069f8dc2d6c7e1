"""Take the pictures of the preview that README and the service documents show: form, topology and outputs.

Each language has its own, beside its document. They are taken with the Chromium of this machine, so their bytes
differ from one to another; what each showed is noted, and a test compares that with what the page shows now.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from base64 import b64decode
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from nestforge.lint.subjects import Subject
from nestforge.preview.build_page import build_page
from nestforge.preview.material import material_of
from nestforge.sources.project import load_project, pictures_folder
from nestforge.web.bundle import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent.parent
NOTES = ROOT / "tests/browser/pictures.json"
QUALITY = 80
"""Percent of WebP."""

NAMES = ("form", "topology", "outputs")
_WIDTHS = {"form": 760, "topology": 1440, "outputs": 1440}
_HEIGHT = 900
_OUTLINE = """() => {
  const outline = [...document.querySelectorAll("style")].map((style) => style.textContent);
  for (const each of document.querySelectorAll(".top, .top *, .side, .side *, main, main *")) {
    if (!each.checkVisibility()) continue;
    const own = [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
    outline.push([each.tagName, each.getAttribute("class"), each.value, each.checked, own].join(" "));
  }
  return outline;
}"""


def main() -> int:
    """Write the pictures and the notes of them; 2 where there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        print("needs chromium: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 2
    notes: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder, "preview.html")
        file.write_text(build_page(material_of(Subject("project", str(ROOT), "."))).html, encoding="utf-8")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for locale in load_project(ROOT).service.locales:
            for name in NAMES:
                path = ROOT / picture_path(locale.id, name)
                with posed(browser, file, locale.id, name) as page:
                    _take(page, path)
                    notes[picture_path(locale.id, name)] = {"file": digest(path.read_bytes()), "shows": shown(page)}
        browser.close()
    NOTES.write_text(f"{json.dumps(notes, indent=2, sort_keys=True)}\n", encoding="utf-8")
    return 0


def picture_path(language: str, name: str) -> str:
    """Return the place of a picture in the project."""
    return f"{pictures_folder(language)}/{name}.webp"


def digest(content: bytes) -> str:
    """Return the sha256 of some content."""
    return sha256(content).hexdigest()


@contextmanager
def posed(browser: Browser, file: Path, language: str, name: str) -> Iterator[Page]:
    """Give the page as its picture is taken, filled in so that every part of the drawing appears."""
    page = browser.new_page(viewport={"width": _WIDTHS[name], "height": _HEIGHT}, color_scheme="light")
    page.goto(file.as_uri())
    page.click(f"button[lang={language}]")
    page.check('[data-name="WhitelistConfirmation"] input')
    page.check('[data-name="SupportPublicAccess"] input')
    page.fill('[data-name="AllowedCidr"] input', "203.0.113.0/24")
    page.select_option('[data-name="KeyPairName"] select', "sample-key")
    page.wait_for_selector(".status .state.good")
    page.evaluate("document.querySelector('.side').scrollTop = 0; scrollTo(0, 0)")
    if name != "form":
        page.click(f"[role=tab][data-key={name}]")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    yield page
    page.close()


def shown(page: Page) -> str:
    """Return the digest of what a page shows and of what draws it; fonts and their sizes are no part of it."""
    drawing = [path.read_text(encoding="utf-8") for path in sorted((STATIC / "view/diagram").glob("*.js"))]
    return digest("\n".join([*page.evaluate(_OUTLINE), *drawing]).encode())


def _take(page: Page, path: Path) -> None:
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b64decode(taken["data"]))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    raise SystemExit(main())
