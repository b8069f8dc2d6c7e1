"""R3238."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_TYPES = ("Macro", "Eval")
_DATA_SOURCE = "DATASOURCE::"


@rule("R3238")
def unknown_local_type(template: Template) -> Iterator[Finding]:
    """A local is of a type that there is not: a local is a `Macro`, an `Eval` or a data source.

    Bad:  Locals: {Port: {Type: Number, Value: 80}}
    Good: Locals: {Port: {Type: Eval, Value: 80}}
    """
    for name, local in template.locals.items():
        node = entries(local).get("Type")
        kind = text(node)
        if node is not None and kind and kind not in _TYPES and not kind.startswith(_DATA_SOURCE):
            message = f"local '{name}' is of the type '{kind}', expected Macro, Eval or DATASOURCE::…"
            yield Finding(
                template.span(node),
                message,
                did_you_mean(kind, _TYPES) or "write Macro for text, Eval for a value that is computed once",
            )
