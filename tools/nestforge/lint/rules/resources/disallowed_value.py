"""R3105."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import is_absent, is_filled_in_later, same
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 12
"""Values that a message lists; more would hide what it says."""


@rule("R3105")
def disallowed_value(template: Template) -> Iterator[Finding]:
    """A property is given a value that is none of those its type allows.

    Every value counts that a condition, a mapping or a parameter can give it: each is a deployment that fails.

    Bad:  {Type: ALIYUN::VPC::EIP, Properties: {InternetChargeType: PayByHour}}
    Good: {Type: ALIYUN::VPC::EIP, Properties: {InternetChargeType: PayByTraffic}}
    """
    for given in values_given_in(template):
        literal = given.literal if given.of.allowed else None
        if literal is None or literal.value in given.of.allowed:
            continue
        if is_absent(literal) or is_filled_in_later(literal):
            continue
        allowed = [str(value) for value in given.of.allowed]
        if not any(same(str(literal.value), value) for value in allowed):
            shown = ", ".join(allowed[:_SHOWN]) + (", …" if len(allowed) > _SHOWN else "")
            message = f"{given.path} must be one of {shown}, not '{literal.value}'{given.choice}"
            yield Finding(
                template.span(given.place),
                message,
                did_you_mean(str(literal.value), allowed)
                or "write one of them, or bound the parameter with AllowedValues",
            )
