"""`Fn::Base64Encode`: a text in Base64."""

from __future__ import annotations

from base64 import b64encode

from nestforge.evaluate.arguments import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def base64_encode(argument: Data) -> Data:
    """Encode the text's UTF-8; null stays null."""
    return (
        None if argument is None else b64encode(text_of(argument, "the text").encode("utf-8", "surrogatepass")).decode()
    )
