"""`Fn::MatchPattern`: whether a text matches a regular expression."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, text_of
from nestforge.evaluate.data import BOOLEAN, Unknown
from nestforge.evaluate.pattern import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def match_pattern(argument: Data) -> Data:
    """Match from the start of the text; the pattern comes first."""
    pattern, text = items_of(argument, 2, 2)
    found = matches(text_of(pattern, "the pattern"), text_of(text, "the text"))
    return Unknown(BOOLEAN, "a pattern that takes too long") if found is None else found
