"""R3232."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3232")
def local_in_substitution(template: Template) -> Iterator[Finding]:
    """`Fn::Sub` names a local in its text; it knows parameters and resources, and what its own map has.

    Bad:  {"Fn::Sub": "http://${Address}"}
    Good: {"Fn::Sub": ["http://${Address}", {Address: {Ref: Address}}]}
    """
    for use in uses_of(template):
        if use.function == "Fn::Sub" and use.name in template.locals and use.written == f"${{{use.name}}}":
            message = f"Fn::Sub does not know the local '{use.name}' by itself"
            yield Finding(use.span(template), message, f"give it in the map: {use.name}: {{Ref: {use.name}}}")
