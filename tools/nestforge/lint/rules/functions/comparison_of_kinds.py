"""R3310."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import BOOLEAN, LIST, MAP, NULL, NUMBER, SAID, kind_of, kinds_of
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3310", severity="warning")
def comparison_of_kinds(template: Template) -> Iterator[Finding]:
    """`Fn::Equals` compares a parameter with a value of another type, which is never the same.

    By Alibaba Cloud's own validator ROS does not convert here: the number 1 is not the text '1', true is not 'true'.
    No error, since the template deploys, with the other branch, and no server was asked whether it converts. [assumed]
    `make corpus` over 882 public templates finds none.

    Bad:  {"Fn::Equals": [{Ref: IsPublic}, 'true']}
    Good: {"Fn::Equals": [{Ref: IsPublic}, true]}
    """
    for placed in placed_calls(template):
        if placed.function != "Fn::Equals" or len(given := items(placed.argument)) != 2:
            continue
        kinds = [kinds_of(node, template) for node in given]
        calls = [function_of(node) for node in given]
        if None in kinds or not any(calls) or any("{{" in (scalar(node) or "") for node in given):
            continue
        one, other = (kind or frozenset() for kind in kinds)
        if not one & other and NULL not in one | other:
            first, second = (" or ".join(sorted(SAID[kind] for kind in kind_set)) for kind_set in (one, other))
            message = f"{first} is compared with {second}, and never equals it"
            yield Finding(template.span(placed.argument), message, _help(given, calls))


def _help(given: list[Node], calls: list[tuple[str, Node] | None]) -> str:
    literal = next((node for node, called in zip(given, calls, strict=True) if called is None), None)
    if literal is None or kind_of(literal) in (LIST, MAP):
        return "compare values of the same kind"
    return "put the value in quotes" if kind_of(literal) in (NUMBER, BOOLEAN) else "take the quotes away"
