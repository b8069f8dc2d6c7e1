"""`Fn::Base64`: its argument; the services that take it encode it themselves."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def base64(argument: Data) -> Data:
    """Return the argument unchanged; of one that is not known, only that it is a text."""
    return argument
