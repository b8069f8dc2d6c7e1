"""R9021."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.openings import openings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R9021", severity="warning")
def any_to_any_rule(template: Template) -> Iterator[Finding]:
    """A security group lets everyone reach every port.

    Whatever listens on the hosts, also what is meant for the other host only, is open to the internet.

    Bad:  {IpProtocol: all, PortRange: -1/-1, SourceCidrIp: 0.0.0.0/0}
    Good: {IpProtocol: tcp, PortRange: 443/443, SourceCidrIp: 0.0.0.0/0}
    """
    for opening in openings_of(template):
        if opening.is_whole:
            which = "every port" if opening.protocol == "all" else f"every {opening.protocol} port"
            yield Finding(template.span(opening.place), f"{which} is {opening.said}", "open the ports that are served")
