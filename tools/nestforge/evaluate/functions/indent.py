"""`Fn::Indent`: a text with its lines moved to the right."""

from __future__ import annotations

from nestforge.evaluate.arguments import check_length, integer_of, items_of, text_of, wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def indent(argument: Data) -> Data:
    """Indent `[text, level, width, first]`: by level times width spaces, the first line only if asked to."""
    text, level, *rest = items_of(argument, 2, 4)
    width = integer_of(rest[0], "the width", 0, 4) if rest else 2
    first = rest[1] if len(rest) > 1 else True
    if not isinstance(first, bool):
        wrong("the last argument", "a boolean", first)
    given = text_of(text, "the text")
    space = " " * (integer_of(level, "the level", 0, 20) * width)
    lines = given.split("\n")
    check_length(len(given) + len(lines) * len(space))
    moved = [space + line if line and (first or number) else line for number, line in enumerate(lines)]
    return "\n".join(moved)
