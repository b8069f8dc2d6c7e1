"""Know which source line every rendered line came from.

Jinja2 forgets lines once it renders. While it reads a template, each stretch of text gets a mark at the
start of each of its lines: two control characters, which neither YAML nor Markdown admits, around the file
and a line. Marks pass through includes, macros, loops and `indent`; `unmark` takes them out again
and keeps what they said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token

from nestforge.model.build import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import TokenStream

_OPEN, _CLOSE = "\x02", "\x03"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*):([0-9]+){_CLOSE}")
_LEADING = re.compile(f"(?:[ \t]|{_OPEN}[^{_OPEN}{_CLOSE}]*{_CLOSE})*")


def mark(path: str, line: int) -> str:
    """Return the mark of a line of `path`."""
    return f"{_OPEN}{path}:{line}{_CLOSE}"


def marked(path: str, text: str) -> str:
    """Return `text`, the whole content of `path`, with a mark at the start of each line."""
    lines = text.splitlines(keepends=True)
    return "".join(mark(path, number) + line for number, line in enumerate(lines, 1))


def unmark(text: str, path: str) -> tuple[str, tuple[Origin, ...]]:
    """Return `text`, rendered from the template `path`, without marks, and each line's origin."""
    origin = Origin(path, 1)
    lines: list[str] = []
    origins: list[Origin] = []
    for line in text.split("\n"):
        leading = _LEADING.match(line)
        marks = _MARK.findall(leading.group() if leading else "")
        if marks:
            source, at = marks[-1]
            origin = Origin(source, int(at))
        bare = _MARK.sub("", line)
        lines.append(bare if bare.strip() else "")
        origins.append(origin)
    return "\n".join(lines), tuple(origins)


class MarkLines(Extension):
    """Put a mark at the start of every line of text while Jinja2 reads a template."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of `stream`, its text marked."""
        path = stream.name or ""
        for token in stream:
            if token.type == "data":
                lines = token.value.splitlines(keepends=True)
                with_marks = (mark(path, token.lineno + i) + line for i, line in enumerate(lines))
                yield Token(token.lineno, "data", "".join(with_marks))
            elif token.type == "variable_begin":
                yield Token(token.lineno, "data", mark(path, token.lineno))
                yield token
            else:
                yield token
