"""`Fn::Base64Decode`: what Base64 stands for."""

from __future__ import annotations

from base64 import b64decode

from nestforge.evaluate.arguments import text_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def base64_decode(argument: Data) -> Data:
    """Decode to text, which must be UTF-8; null stays null."""
    if argument is None:
        return None
    text = text_of(argument, "the text")
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        raise Fault(f"{quoted(text)} is no Base64 of a text") from None
