"""The console's page: one HTML file whose policy lets nothing else run or load."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nestforge import __version__
from nestforge.sandbox.account import REGION
from nestforge.web.bundle import STATIC, bundle
from nestforge.web.inline import content_security_policy, json_for_script

_OWN = Path(__file__).parent / "static"


def shell(token: str) -> tuple[str, str]:
    """Return the page, and the policy that its header says."""
    script, style = _script(), _style()
    policy = content_security_policy([script], [style])
    data = {"token": token, "version": __version__, "region": REGION}
    html = (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>nestforge sandbox</title>\n"
        f"<style>{style}</style>\n"
        "</head><body>\n"
        "<noscript><p>The console needs JavaScript. 控制台需要 JavaScript。</p></noscript>\n"
        f'<script type="application/json" id="data">{json_for_script(data)}</script>\n'
        f"<script>{script}</script>\n"
        "</body></html>\n"
    )
    return html, f"{policy}; connect-src 'self'; frame-ancestors 'none'"


@cache
def _script() -> str:
    return bundle(_OWN / "console.js")


@cache
def _style() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (STATIC / "colours.css", _OWN / "console.css"))
