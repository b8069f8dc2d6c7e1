"""R3314."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import fault_of, literal_of
from nestforge.lint.placed_calls import placed_calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "encode the text again, with = at the end, or give a text to Fn::Base64Encode"


@rule("R3314")
def undecodable_base64(template: Template) -> Iterator[Finding]:
    """`Fn::Base64Decode` is given a text that is no Base64 of a text.

    Bad:  {"Fn::Base64Decode": "aGVsbG8"}
    Good: {"Fn::Base64Decode": "aGVsbG8="}
    """
    from nestforge.evaluate.functions.base64_decode import base64_decode

    for placed in placed_calls(template):
        if placed.function == "Fn::Base64Decode" and isinstance(given := literal_of(placed.argument), str):
            yield from fault_of(template, placed, base64_decode, given, _HELP)
