"""R3320."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import function_of, items, pairs, scalar, text
from nestforge.sources.substitution import variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3320", severity="warning")
def unused_variable(template: Template) -> Iterator[Finding]:
    """`Fn::Sub` is given a variable that its text does not have.

    Bad:  {"Fn::Sub": ["http://${Adress}", {Address: 10.0.0.1}]}
    Good: {"Fn::Sub": ["http://${Address}", {Address: 10.0.0.1}]}
    """
    for call in template.calls("Fn::Sub"):
        given = items(call.argument)
        written = text(given[0]) if given else None
        if len(given) != 2 or written is None or function_of(given[1]) is not None:
            continue
        used = variables_in(written)
        for key, _ in pairs(given[1]):
            name = scalar(key) or ""
            if name not in used and not name.startswith("Fn::"):
                message = f"the text of this Fn::Sub has no '${{{name}}}'"
                yield Finding(template.span(key), message, did_you_mean(name, used) or "take the variable away")
