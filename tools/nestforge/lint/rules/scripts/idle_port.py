"""R7046."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.ports import has_unseen_listeners, is_default_port, lines_naming_ports, listeners, openings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_WELL_KNOWN = (22, 80, 443, 3389)
"""SSH, web servers and remote desktops, which images bring along."""


@rule("R7046", severity="info")
def idle_port(template: Template) -> Iterator[Finding]:
    """A rule opens a port that nothing in the template names.

    Looked at are templates whose scripts say what they listen on: a container with the network of its host does
    not, and many programs have a port that they take by themselves. What listens on the port later, unforeseen, is
    open to whom the rule lets in.

    Bad:  PortRange 9000/9000, where the script runs `docker run -p 8000:8000 image`
    Good: PortRange 8000/8000, where the script runs `docker run -p 8000:8000 image`
    """
    open_ = [each for each in openings(template) or () if each.first == each.last and each.is_public]
    open_ = [each for each in open_ if each.first not in _WELL_KNOWN]
    listening = listeners(template) if open_ else set()
    if not listening or has_unseen_listeners(template):
        return
    named = lines_naming_ports(template)
    for opening in open_:
        is_heard = any(each.first <= opening.first <= each.last for each in listening)
        if not is_heard and opening.first not in named and not is_default_port(opening.first, template):
            message = f"port {opening.first} is open, and nothing in the template listens on it or names it"
            yield Finding(template.span(opening.node), message, "take the rule away, or say what it is for")
