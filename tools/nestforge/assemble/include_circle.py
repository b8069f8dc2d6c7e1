"""Say where templates that include each other without end close the circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.model.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Container
    from types import TracebackType

_BODY = "top-level template code"
"""What Jinja2 calls the body of a template in a traceback."""


def include_circle(traceback: TracebackType | None, files: Container[str], path: str) -> Diagnostic:
    """Return the finding at the include that leads back, from the traceback of a RecursionError."""
    chain: list[str] = []
    span = Span(path, 1)
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename in files:
            if code.co_name == _BODY and code.co_filename in chain:
                circle = [*chain[chain.index(code.co_filename) :], code.co_filename]
                message = f"'{circle[0]}' includes itself" + _way(circle)
                return Diagnostic(
                    span, "R2007", "include-circle", message, "take out this include, or put it in a condition"
                )
            if code.co_name == _BODY:
                chain.append(code.co_filename)
            span = Span(code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return _finding(span, "this calls itself without end", "let it end by a condition")


def _finding(span: Span, message: str, help: str) -> Diagnostic:
    return Diagnostic(span, "R2007", "include-circle", message, help)


def _way(circle: list[str]) -> str:
    return f", by way of {', '.join(circle[1:-1])}" if len(circle) > 2 else ""
