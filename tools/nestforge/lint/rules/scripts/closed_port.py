"""R7045."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line
from nestforge.lint.ports import lines_naming_ports, listeners, openings

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
    for first, last, line, written in found:
        is_open = any(each.first <= last and first <= each.last for each in open_ or ())
        if not is_open and not any(first <= port <= last and lines - {line} for port, lines in named.items()):
            shown = str(first) if first == last else f"{first}-{last}"
            ports = f"port {shown}" if first == last else f"one of the ports {shown}"
            message = f"no rule of the security groups opens {ports}, which the script listens on"
            help = f"open it with 'PortRange: {first}/{last}', or publish it as 127.0.0.1:{shown}:…"
            span = place_in_line(template.path, line, template.lines[line - 1], written)
            yield Finding(span, message, help)
