"""A service document as HTML: what it says stays text, and nothing in it is loaded or run."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

from nestforge.web.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

_ABSOLUTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?:|mailto:|//)", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^\w\- ]")
_FRONT = re.compile(r"\A---\n(?:.*\n){0,200}?---(?:\n|\Z)")
_DEEPER = 2
"""Levels by which headings go down: the page and the part of it that shows documents have their own."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its path; `language` is a BCP 47 tag, `html` what is between the tags of an article."""

    path: str
    language: str
    title: str
    html: str


def document(path: str, text: str, language: str, prefix: str, read: Callable[[str], bytes | None]) -> Document:
    """Return a document. `prefix` begins the names of its headings in the page; `read` gives files of the package."""
    parser = _Parser("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(_FRONT.sub("", text, count=1))
    titles = [_plain(inner) for opening, inner in pairwise(tokens) if opening.type == "heading_open"]
    _Page(path, prefix, read).rewrite(tokens)
    return Document(path, language, next(iter(titles), path), parser.renderer.render(tokens, parser.options, {}))


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's own name
        """Accept SVG pictures as well: a published document carries its diagram, and in an <img> nothing of it runs."""
        return url.startswith("data:image/svg+xml;") or super().validateLink(url)


class _Page:
    """Turns what would lead somewhere into what stays inside the page."""

    def __init__(self, path: str, prefix: str, read: Callable[[str], bytes | None]) -> None:
        self.folder = posixpath.dirname(path)
        self.prefix = prefix
        self.read = read
        self.names: Counter[str] = Counter()

    def rewrite(self, tokens: list[Token]) -> None:
        for place, token in enumerate(tokens):
            if token.type == "heading_open":
                token.tag = _deeper(token.tag)
                token.attrSet("id", self._name_of(_plain(tokens[place + 1])))
            elif token.type == "heading_close":
                token.tag = _deeper(token.tag)
            elif token.type in ("fence", "code_block"):
                self._code(token)
            elif token.type in ("table_open", "table_close"):
                _scrolled(token)
            for inner in token.children or ():
                if inner.type == "link_open":
                    self._link(inner)
                elif inner.type == "image":
                    self._image(inner)

    def _name_of(self, heading: str) -> str:
        name = _NO_LETTER.sub("", heading.strip().lower()).replace(" ", "-")
        self.names[name] += 1
        return f"{self.prefix}{name}" + (f"-{self.names[name] - 1}" if self.names[name] > 1 else "")

    def _link(self, token: Token) -> None:
        target = str(token.attrGet("href") or "")
        token.attrs = {}
        if target.startswith("#"):
            token.attrSet("href", f"#{self.prefix}{unquote(target[1:])}")
        elif _OUTSIDE.match(target):
            token.attrs = {"href": target, "rel": "noopener noreferrer", "target": "_blank"}
        else:
            token.attrs = {"class": "inert", "title": unquote(target)}

    def _image(self, token: Token) -> None:
        target = unquote(str(token.attrGet("src") or ""))
        if target.lower().startswith("data:"):
            return
        found = None
        if not _ABSOLUTE.match(target):
            found = picture(posixpath.normpath(posixpath.join(self.folder, target)), self.read)
        if found is not None:
            token.attrSet("src", found)
            return
        token.type, token.tag, token.attrs = "html_inline", "", {}
        token.content = f'<span class="no-picture">{escape(token.content or target)} ({escape(target)})</span>'

    def _code(self, token: Token) -> None:
        """Blocks of code can be wider than the page: the keyboard must reach what scrolls."""
        words = token.info.split()
        language = escape(words[0], quote=True) if words else ""
        token.type = "html_block"
        token.content = (
            f'<pre class="code" tabindex="0" data-language="{language}"><code>{escape(token.content)}</code></pre>\n'
        )


def _scrolled(token: Token) -> None:
    opening = token.type == "table_open"
    token.type = "html_block"
    token.content = '<div class="wide" tabindex="0"><table>\n' if opening else "</table></div>\n"


def _deeper(tag: str) -> str:
    return f"h{min(6, int(tag[1:]) + _DEEPER)}"


def _plain(token: Token) -> str:
    return "".join(_texts(token.children or ()))


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.content for token in tokens if token.type in ("text", "code_inline")]
