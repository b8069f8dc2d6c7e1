"""`Fn::Length`: how much there is."""

from __future__ import annotations

from nestforge.evaluate.arguments import wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def length(argument: Data) -> Data:
    """Count the characters of a text or the entries of a list or a map; null has none."""
    if argument is None:
        return 0
    if isinstance(argument, (str, list, dict)):
        return len(argument)
    return wrong("the argument", "a string, a list, a map or null", argument)
