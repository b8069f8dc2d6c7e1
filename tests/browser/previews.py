"""Previews in a file of their own, and how a test opens and reads one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.subjects import Subject
from nestforge.preview.build_page import build_page
from nestforge.preview.material import material_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

LANGUAGES = ("en-US", "zh-CN")
SCHEMES = ("light", "dark")
PANELS = ("topology", "outputs", "resources", "scripts", "memory", "documents", "card", "findings")


def written(kind: str, path: Path, to: Path) -> Path:
    """Write the preview of a project, a package or a template to `to`, and return that."""
    to.write_text(build_page(material_of(Subject(kind, str(path), str(path)))).html, encoding="utf-8")
    return to


def template_page(text: str, folder: Path) -> Path:
    """Write a template into `folder`, and its preview beside it; return that."""
    template = folder / "template.yaml"
    template.write_text(text, encoding="utf-8")
    return written("template", template, folder / "preview.html")


def opened(page: Page, file: Path, language: str = "en-US") -> Page:
    """Open a preview in a language."""
    page.goto(file.as_uri())
    page.click(f"button[lang={language}]")
    return page


def field(page: Page, name: str) -> Locator:
    """Return the field of a parameter."""
    return page.locator(f'.field[data-name="{name}"]')


def show(page: Page, panel: str) -> Locator:
    """Choose a tab and return its panel."""
    page.click(f"[role=tab][data-key={panel}]")
    return page.locator(f"[role=tabpanel][data-key={panel}]")


def output(page: Page, name: str) -> Locator:
    """Return an output; its tab must be the one that is shown."""
    return page.locator(f'.output[data-name="{name}"]')
