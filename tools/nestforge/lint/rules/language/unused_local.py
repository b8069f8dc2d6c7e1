"""R3219."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.used_names import used_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3219", severity="warning")
def unused_local(template: Template) -> Iterator[Finding]:
    """A local that nothing refers to.

    Bad:  {Locals: {Port: {Value: 80}}, Outputs: {Port: {Value: 80}}}
    Good: {Locals: {Port: {Value: 80}}, Outputs: {Port: {Value: {Ref: Port}}}}
    """
    used = used_names(template)
    for name in template.locals:
        if used is not None and name not in used:
            span = template.span_of_key("Locals", name)
            yield Finding(span, f"nothing refers to the local '{name}'", "use it, or take it away")
