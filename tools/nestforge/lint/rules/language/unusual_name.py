"""R3220."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_PLAIN = pattern(r"[A-Za-z0-9]+")


@rule("R3220", severity="info")
def unusual_name(template: Template) -> Iterator[Finding]:
    """The name of a parameter or of a local has other characters than letters and digits.

    That is what the manual allows. ROS takes more, the tools around it may not.

    Bad:  Parameters: {instance-type: {Type: String}}
    Good: Parameters: {InstanceType: {Type: String}}
    """
    for section in ("Parameters", "Locals"):
        for key, _ in pairs(template.sections.get(section)):
            name = scalar(key)
            if name is not None and name != "<<" and not _PLAIN.fullmatch(name):
                yield Finding(
                    template.span(key), f"'{name}' has more than letters and digits", "take letters and digits alone"
                )
