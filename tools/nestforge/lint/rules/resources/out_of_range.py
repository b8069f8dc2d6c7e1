"""R3106."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3106")
def out_of_range(template: Template) -> Iterator[Finding]:
    """A property is given a number that is smaller or greater than its type takes.

    Every value counts that a condition, a mapping or a parameter can give it: each is a deployment that fails.

    Bad:  {Type: ALIYUN::ROS::WaitCondition, Properties: {Timeout: 90000, Handle: {Ref: Handle}}}
    Good: {Type: ALIYUN::ROS::WaitCondition, Properties: {Timeout: 43200, Handle: {Ref: Handle}}}
    """
    for given in values_given_in(template):
        of = given.of
        literal = given.literal if of.minimum is not None or of.maximum is not None else None
        if literal is None:
            continue
        value = number(str(literal.value))
        if value is None:
            continue  # R3104 reports what is no number
        if of.minimum is not None and value < of.minimum:
            wanted, limit = f"at least {of.minimum:g}", of.minimum
        elif of.maximum is not None and value > of.maximum:
            wanted, limit = f"at most {of.maximum:g}", of.maximum
        else:
            continue
        message = f"{given.path} must be {wanted}, not {literal.value}{given.choice}"
        yield Finding(template.span(given.place), message, f"the nearest that it takes is {limit:g}")
