"""`Fn::GetAZs`: the zones of a region."""

from __future__ import annotations

from nestforge.evaluate.arguments import text_of
from nestforge.evaluate.data import LIST, Unknown
from nestforge.evaluate.shown import shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def get_azs(argument: Data) -> Data:
    """Return an unknown list: which zones there are, and in which order, the service decides."""
    return Unknown(LIST, f"the zones of {shown_text(text_of(argument, 'the region'))}")
