"""`Fn::Split`: the parts of a text."""

from __future__ import annotations

from nestforge.evaluate.arguments import LONGEST_LIST, check_length, items_of, text_of
from nestforge.evaluate.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def split(argument: Data) -> Data:
    """Cut the text at each delimiter; null has no parts."""
    delimiter, text = items_of(argument, 2, 2)
    if text is None:
        return []
    between = text_of(delimiter, "the delimiter")
    if not between:
        raise Fault("the delimiter is empty")
    whole = text_of(text, "the text")
    check_length(whole.count(between), LONGEST_LIST)
    return list(whole.split(between))
