"""R7045."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.ports import lines_naming_ports, listeners, openings
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
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
    found = sorted(listeners(template)) if open_ else []
    named = lines_naming_ports(template) if found else {}
    for port, line in found:
        is_open = any(each.first <= port <= each.last for each in open_ or ())
        if not is_open and not named.get(port, set()) - {line}:
            message = f"no rule of the security groups opens port {port}, which the script listens on"
            help = f"open it with 'PortRange: {port}/{port}', or publish it as 127.0.0.1:{port}:…"
            yield Finding(Span(template.path, line), message, help)
