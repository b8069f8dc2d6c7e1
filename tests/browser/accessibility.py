"""What keeps people from using a page, as axe-core finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page


def hindrances(page: Page) -> list[str]:
    """Return what axe calls serious or critical."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}"
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]
