"""R9023."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.openings import openings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_LOGINS = {22: "SSH", 3389: "RDP", 5900: "VNC"}


@rule("R9023", severity="info")
def exposed_login(template: Template) -> Iterator[Finding]:
    """A security group lets everyone try to log in to the hosts.

    With a password, someone will guess for as long as the hosts run.

    Bad:  {IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0}
    Good: {IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: {Ref: OfficeCidrBlock}}
    """
    for opening in openings_of(template):
        named = [f"{port} ({what})" for port, what in _LOGINS.items() if opening.first <= port <= opening.last]
        if named and opening.protocol == "tcp" and not opening.is_whole:
            help = "name the addresses that need it, or log in through Workbench"
            yield Finding(template.span(opening.place), f"port {', '.join(named)} is {opening.said}", help)
