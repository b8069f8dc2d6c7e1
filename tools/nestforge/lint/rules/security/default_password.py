"""R9024."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import is_for_secret, parameters_of
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import is_absent, is_filled_in_later
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_PASSWORDS = ("Password", "PassWord", "Passwd", "AccessKeySecret", "PrivateKey")


@rule("R9024", severity="warning")
def default_password(template: Template) -> Iterator[Finding]:
    """A resource is given a password that is written in the template.

    It is the same for every buyer, and each of them can read it.

    Bad:  {Type: ALIYUN::ECS::InstanceGroup, Properties: {Password: Admin@123}}
    Good: {Type: ALIYUN::ECS::InstanceGroup, Properties: {Password: {Ref: InstancePassword}}}
    """
    reported_as_default = {
        field.name: scalar(field.attributes["Default"])
        for field in parameters_of(template)
        if "Default" in field.attributes and (field.is_secret or is_for_secret(field))
    }
    for given in values_given_in(template):
        literal = given.literal if given.of.kind == "string" and given.path.endswith(_PASSWORDS) else None
        if literal is None:
            continue
        if is_absent(literal) or is_filled_in_later(literal):
            continue
        if any(reported_as_default.get(name) == literal.value for name in given.value.branch.parameters):
            continue
        message = f"{given.path} is written in the template{given.choice}"
        yield Finding(template.span(given.place), message, "take it from a parameter with `NoEcho: true`")
