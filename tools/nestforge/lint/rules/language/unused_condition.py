"""R3218."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.used_names import condition_names
from nestforge.sources.nodes import entries, function_of, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3218", severity="warning")
def unused_condition(template: Template) -> Iterator[Finding]:
    """A condition that decides nothing.

    Mostly the resource that it was meant for has lost its `Condition`.

    Bad:  {Public: {"Fn::Equals": [{Ref: Net}, public]}} above {Type: ALIYUN::VPC::EIP}
    Good: {Public: {"Fn::Equals": [{Ref: Net}, public]}} above {Type: ALIYUN::VPC::EIP, Condition: Public}
    """
    used = {name for node in template.conditions.values() for name in template.recalled(condition_names, node)}
    for entry in (*template.resources.values(), *template.outputs.values()):
        used.add(scalar(entries(entry).get("Condition")) or "")
    for call in template.calls("Fn::If"):
        used.update(scalar(node) or "" for node in items(call.argument)[:1])
        if any(function_of(node) is not None for node in items(call.argument)[:1]):
            return  # a function says which
    for call in template.calls("Fn::And", "Fn::Or", "Fn::Not", "Condition", "Fn::TransformNamespace"):
        used.update(condition_names(call.node))
    for _, node in pairs(template.sections.get("Rules")):
        used.update(condition_names(node))
    for name in template.conditions if not template.has_transform else ():
        if name not in used:
            span = template.span_of_key("Conditions", name)
            yield Finding(span, f"nothing depends on the condition '{name}'", "use it, or take it away")
