"""R4021."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import is_for_secret, parameters_of
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4021", severity="warning")
def secret_with_default(template: Template) -> Iterator[Finding]:
    """A secret parameter has a Default, which is the same for everyone and written in the template.

    Whoever does not change it has a password that is public.

    Bad:  {Type: String, NoEcho: true, Default: Admin@123}
    Good: {Type: String, NoEcho: true}
    """
    for field in parameters_of(template):
        default = field.attributes.get("Default")
        if default is None or default.tag.endswith(":null") or not scalar(default) or "{{" in (scalar(default) or ""):
            continue
        if field.type in ("String", "") and (field.is_secret or is_for_secret(field)):
            message = f"the secret '{field.name}' has a default that everyone can read"
            yield Finding(template.span(default), message, "leave it out, or make one with ALIYUN::RandomString")
