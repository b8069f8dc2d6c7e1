"""`Fn::Str`: a value as text."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def str_(argument: Data) -> Data:
    """Return the text; lists and maps become JSON."""
    return as_text(argument)
