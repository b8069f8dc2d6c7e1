"""Check the rules: what a template asserts about the values of its parameters."""

from __future__ import annotations

from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.locale import localized
from nestforge.evaluate.sentences import sentence
from nestforge.sources.nodes import entries, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluator import Evaluator
    from nestforge.sources.template import Template


def check_rules(template: Template, evaluator: Callable[[], Evaluator], locale: str) -> None:
    """Report each assertion that is exactly false, where its rule applies."""
    for name, rule in entries(template.sections.get("Rules")).items():
        parts = entries(rule)
        when = parts.get("RuleCondition")
        if when is not None and _truth(when, evaluator()) is not True:
            continue
        for assertion in items(parts.get("Assertions")):
            claim = entries(assertion).get("Assert")
            scope = evaluator()
            if claim is None:
                scope.faulty(assertion, Fault(f"rule '{name}' asserts nothing", kind=Kind.MALFORMED_SECTION))
            elif _truth(claim, scope) is False:
                text = localized(entries(assertion).get("AssertDescription"), locale)
                message = text or sentence("rule", locale, rule=name)
                scope.faulty(claim, Fault(message, None, Kind.VIOLATED_RULE))


def _truth(node: Node, scope: Evaluator) -> Data:
    try:
        return scope.truth_of(node).data
    except Fault as fault:
        return scope.faulty(node, fault).data
