"""`Fn::Any`: whether one entry of a list is true."""

from __future__ import annotations

from nestforge.evaluate.arguments import list_of
from nestforge.evaluate.data import BOOLEAN, Unknown, first_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def any_(argument: Data) -> Data:
    """Return whether there is one; one that is true decides, whatever is not known of the others."""
    if argument is None:
        return None
    entries = list_of(argument, "the argument")
    if any(entry for entry in entries if not isinstance(entry, Unknown)):
        return True
    unknown = first_unknown(entries)
    return False if unknown is None else Unknown(BOOLEAN, unknown.of, faulty=unknown.faulty)
