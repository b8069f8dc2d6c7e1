"""R3316."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "write a name of the time zone database, such as Asia/Shanghai"


@rule("R3316")
def unknown_time_zone(template: Template) -> Iterator[Finding]:
    """`Fn::FormatTime` names a time zone that does not exist.

    Bad:  {"Fn::FormatTime": ["%Y-%m-%d", Asia/Peking]}
    Good: {"Fn::FormatTime": ["%Y-%m-%d", Asia/Shanghai]}
    """
    from nestforge.evaluate.functions.format_time import format_time

    yield from literal_faults(template, "Fn::FormatTime", format_time, ("", "UTC"), _HELP)
