"""R3323."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3323")
def facade_outside_template(template: Template) -> Iterator[Finding]:
    """`Fn::ResourceFacade` is called in a template that is no resource of another one.

    Bad:  {"Fn::ResourceFacade": Metadata}
    Good: {Ref: Metadata}
    """
    for call in template.calls("Fn::ResourceFacade"):
        yield Finding(
            template.span(call.node),
            "there is no resource around this template",
            "use it in the template of a nested stack alone",
        )
