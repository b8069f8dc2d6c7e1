"""`Fn::MarketplaceImage`: the image of a product in the marketplace."""

from __future__ import annotations

from nestforge.evaluate.arguments import text_of
from nestforge.evaluate.data import STRING, Unknown
from nestforge.evaluate.shown import shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def marketplace_image(argument: Data) -> Data:
    """Return an unknown id: the marketplace decides which image it is."""
    return Unknown(STRING, f"the image of product {shown_text(text_of(argument, 'the product'))}")
