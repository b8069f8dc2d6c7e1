"""One HTML file that loads nothing: style, data and script are in it, and its policy lets nothing else run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nestforge.web.bundle import STATIC, bundle
from nestforge.web.inline import content_security_policy, json_for_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestforge.web.document import Document

STYLES = (STATIC / "colours.css", STATIC / "page.css")


def page(entry: str, title: str, data: object, documents: Iterable[Document], *, live: bool = False) -> str:
    """Return the page whose script begins at the module `entry` of `static/` and finds `data` in it.

    `live` lets it hear from the server that it came from.
    """
    script = bundle(STATIC / entry)
    style = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    policy = content_security_policy([script], [style]) + ("; connect-src 'self'" if live else "")
    return (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{style}</style>\n"
        "</head><body>\n"
        f"<noscript><p>{escape(title)}: this page needs JavaScript. 此页面需要 JavaScript。</p></noscript>\n"
        f'<div id="documents" hidden>{"".join(map(_article, documents))}</div>\n'
        f'<script type="application/json" id="data">{json_for_script(data)}</script>\n'
        f"<script>{script}</script>\n"
        "</body></html>\n"
    )


def _article(document: Document) -> str:
    return (
        f'<article lang="{escape(document.language)}" data-path="{escape(document.path)}" '
        f'data-title="{escape(document.title)}">{document.html}</article>\n'
    )
