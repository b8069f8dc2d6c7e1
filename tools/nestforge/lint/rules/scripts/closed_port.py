"""R7045."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.ports import listeners, openings
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7045", severity="info")
def closed_port(template: Template) -> Iterator[Finding]:
    """A script listens on a port that no rule of the template's security groups opens.

    Nobody reaches it from another machine. A port that is named elsewhere too, as that of a proxy on the same
    machine is, is left out.

    Bad:  docker run -p 8000:8000 image, where the rules open port 80 alone
    Good: docker run -p 8000:8000 image, where a rule has PortRange 8000/8000
    """
    open_ = openings(template)
    for found in sorted(listeners(template)) if open_ else ():
        if any(each.first <= found.port <= each.last for each in open_ or ()):
            continue
        elsewhere = (line for number, line in enumerate(template.lines, 1) if number != found.line)
        if not any(re.search(rf"(?<!\d){found.port}(?!\d)", line) for line in elsewhere):
            message = f"no rule of the security groups opens port {found.port}, which the script listens on"
            help = f"open it with 'PortRange: {found.port}/{found.port}', or publish it as 127.0.0.1:{found.port}:…"
            yield Finding(Span(template.path, found.line), message, help)
