"""R3241."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import entries, items, pairs, scalar, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3241", severity="warning")
def rule_without_condition(template: Template) -> Iterator[Finding]:
    """A rule has a text where a function is to say whether something holds.

    An assertion fails only where it comes out as false: a text never does, and the assertion checks nothing.

    Bad:  Rules: {Fast: {Assertions: [{Assert: "true"}]}}
    Good: Rules: {Fast: {Assertions: [{Assert: {"Fn::Equals": [{Ref: Mode}, fast]}}]}}
    """
    for key, entry in pairs(template.sections.get("Rules")):
        found = entries(entry)
        given = [("RuleCondition", found.get("RuleCondition"))]
        given += [("Assert", entries(assertion).get("Assert")) for assertion in items(found.get("Assertions"))]
        for name, node in given:
            if node is not None and text(node) and text(node) not in template.conditions:
                message = f"{name} of the rule '{scalar(key)}' is the text '{text(node)}', which is no condition"
                yield Finding(template.span(node), message, "write a function, as Fn::Equals, Fn::Not or Fn::Contains")
