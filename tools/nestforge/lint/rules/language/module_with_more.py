"""R3235."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_FORBIDDEN = ("Metadata", "UpdatePolicy", "Count")


@rule("R3235")
def module_with_more(template: Template) -> Iterator[Finding]:
    """A resource of a module has what only other resources may have, or stands beside a `Transform`.

    Bad:  {Type: "MODULE::Acme::Web::Server", Version: v1, Count: 2}
    Good: {Type: "MODULE::Acme::Web::Server", Version: v1}
    """
    for name in template.resources:
        if not (template.type_of(name) or "").startswith("MODULE::"):
            continue
        for key, _ in pairs(template.resources[name]):
            if scalar(key) in _FORBIDDEN:
                yield Finding(
                    template.span(key), f"'{name}' is of a module, and can have no {scalar(key)}", "take it away"
                )
        if template.has_transform:
            span = template.span_of_key("Resources", name)
            yield Finding(
                span,
                f"'{name}' is of a module, which a template with a Transform cannot use",
                "take the Transform away, or the module",
            )
