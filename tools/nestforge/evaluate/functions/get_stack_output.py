"""`Fn::GetStackOutput`: an output of another stack."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, text_of
from nestforge.evaluate.data import ANY, Unknown
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def get_stack_output(argument: Data) -> Data:
    """Return what only the other stack can tell: `[stack, output, region]`."""
    names = [text_of(item, "an argument") for item in items_of(argument, 2, 3)]
    return Unknown(ANY, f"output {quoted(names[1])} of stack {quoted(names[0])}")
