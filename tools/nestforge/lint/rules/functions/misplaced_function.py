"""R3305."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import CONDITIONAL, PLACES, placed_calls
from nestforge.lint.sections import ENTRIES, LITERAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SAID = {"N": "Resources and Outputs", "C": "Conditions and Rules", "K": "Count"}


@rule("R3305")
def misplaced_function(template: Template) -> Iterator[Finding]:
    """A function is called where ROS does not have it.

    Conditions, rules and `Count` are evaluated before there are resources; parameters and mappings hold no
    functions at all; and a comparison is for conditions, which `Fn::If` and `Condition` then name.

    Bad:  Conditions: {IsWeb: {"Fn::Equals": [{"Fn::Sub": "${Kind}"}, web]}}
    Good: Conditions: {IsWeb: {"Fn::Equals": [{Ref: Kind}, web]}}
    """
    for placed in placed_calls(template):
        function, signature = placed.function, placed.signature
        if signature is None or placed.place == "Locals" or (placed.around == "Fn::If" and function in CONDITIONAL):
            continue
        if placed.part in LITERAL and placed.section in ENTRIES:
            continue  # R3204 reports a function where a name belongs
        if placed.place in PLACES and PLACES[placed.place] in signature.places:
            continue
        if placed.place not in PLACES and (placed.depth or placed.function == "Condition"):
            continue  # the outermost has been reported
        message = f"{function} cannot be used in {placed.place}"
        if placed.place in PLACES:
            help = f"it can be used in {', '.join(_SAID[place] for place in signature.places)}"
        else:
            help = f"{placed.place} hold values that are written out"
        yield Finding(template.span(placed.node), message, help)
