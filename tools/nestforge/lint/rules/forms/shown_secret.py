"""R4020."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import is_for_secret, parameters_of
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.form_fields import Field
    from nestforge.sources.template import Template

_SHORT_NAME = pattern(r"(?<![Bb]y)(?<=[A-Za-z0-9_])Pass$|_pass$|_PASS$")
_LABEL = pattern(r"(?i)\bpassword$|密码$|密碼$")


@rule("R4020", severity="warning")
def shown_secret(template: Template) -> Iterator[Finding]:
    """A parameter for a password, a key or a token is not `NoEcho`.

    Everyone who can see the stack can read it, in the console and through the API.

    Bad:  {Type: String, AssociationProperty: ALIYUN::ECS::Instance::Password}
    Good: {Type: String, NoEcho: true, AssociationProperty: ALIYUN::ECS::Instance::Password}
    """
    for field in parameters_of(template):
        if field.type in ("String", "") and not field.is_secret and (is_for_secret(field) or _is_called_so(field)):
            message = f"'{field.name}' is for a secret, and shown"
            yield Finding(template.span(field.key), message, "add `NoEcho: true`")


def _is_called_so(field: Field) -> bool:
    """Return whether the name ends in Pass, or what the form shows of it in `password`."""
    if field.association or "AllowedValues" in field.attributes:
        return False
    label = field.attributes.get("Label")
    labels = [label] if isinstance(label, ScalarNode) else entries(label).values()
    return bool(_SHORT_NAME.search(field.name)) or any(_LABEL.search((scalar(text) or "").strip()) for text in labels)
