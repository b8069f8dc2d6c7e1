"""R4020."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import is_for_secret, parameters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4020", severity="warning")
def shown_secret(template: Template) -> Iterator[Finding]:
    """A parameter for a password, a key or a token is not `NoEcho`.

    Everyone who can see the stack can read it, in the console and through the API.

    Bad:  {Type: String, AssociationProperty: ALIYUN::ECS::Instance::Password}
    Good: {Type: String, NoEcho: true, AssociationProperty: ALIYUN::ECS::Instance::Password}
    """
    for field in parameters_of(template):
        if field.type in ("String", "") and not field.is_secret and is_for_secret(field):
            message = f"'{field.name}' is for a secret, and shown"
            yield Finding(template.span(field.key), message, "add `NoEcho: true`")
