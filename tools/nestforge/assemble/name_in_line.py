"""Show the name that a finding is about; Jinja2 knows lines only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Mapping


def name_in_line(span: Span, message: str, files: Mapping[str, str]) -> Span:
    """Return the place of the last name that `message` quotes and its line holds once, else `span`.

    What is wrong is quoted last: "'x' has no 'y'", "expected token 'in', got 'of'".
    """
    lines = files.get(span.path, "").splitlines()
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    for name in reversed(re.findall(r"'([^']+)'", message)):
        found = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", line))
        if len(found) == 1:
            return Span(span.path, span.line, found[0].start() + 1, span.line, found[0].end() + 1)
    return span
