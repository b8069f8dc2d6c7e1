"""R3217."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.used_names import mapping_names_of_forms
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3217", severity="warning")
def unused_mapping(template: Template) -> Iterator[Finding]:
    """A mapping that no `Fn::FindInMap` looks into.

    Bad:  {Mappings: {Ports: {web: {http: 80}}}, Outputs: {Port: {Value: 80}}}
    Good: {Mappings: {Ports: {web: {http: 80}}}, Outputs: {Port: {Value: {"Fn::FindInMap": [Ports, web, http]}}}}
    """
    looked_up = [items(call.argument)[:1] for call in template.calls("Fn::FindInMap")]
    names = [scalar(node) for given in looked_up for node in given]
    if None in names or template.has_transform:
        return  # a function says which
    in_forms = mapping_names_of_forms(template)
    for name in template.mappings:
        if name not in names and name not in in_forms:
            span = template.span_of_key("Mappings", name)
            yield Finding(span, f"nothing looks into the mapping '{name}'", "use it, or take it away")
