"""R3315."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "mend the expression: a bracket or a backslash may have none beside it"


@rule("R3315")
def invalid_match_pattern(template: Template) -> Iterator[Finding]:
    """The pattern of `Fn::MatchPattern` is no regular expression.

    The pattern is the first argument, the text the second.

    Bad:  {"Fn::MatchPattern": ["[a-z", {Ref: Name}]}
    Good: {"Fn::MatchPattern": ["[a-z]+", {Ref: Name}]}
    """
    from nestforge.evaluate.functions.match_pattern import match_pattern

    yield from literal_faults(template, "Fn::MatchPattern", match_pattern, ("", ""), _HELP, only=(0,))
