"""R3312."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "write a block such as 10.0.0.0/16, up to 256 parts, and the bits that are left to each"


@rule("R3312")
def invalid_cidr_split(template: Template) -> Iterator[Finding]:
    """`Fn::Cidr` is asked for blocks that its block of addresses does not have.

    It takes a block of IPv4, a count from 1 to 256, and the number of bits that are left to each part.

    Bad:  {"Fn::Cidr": [10.0.0.0/8, 300, 8]}
    Good: {"Fn::Cidr": [10.0.0.0/8, 200, 8]}
    """
    from nestforge.evaluate.functions.cidr import cidr

    yield from literal_faults(template, "Fn::Cidr", cidr, ("0.0.0.0/0", 1, 1), _HELP)
