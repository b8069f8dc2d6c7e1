"""The variables of an `Fn::Sub`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.nodes import entries, items, scalar

if TYPE_CHECKING:
    from yaml.nodes import Node

VARIABLE = re.compile(r"\$\{([^}]*)\}")


def parts_of(argument: Node) -> tuple[Node, dict[str, Node]] | None:
    """Return the text and the own variables of an `Fn::Sub`; None where the text is not written out."""
    given = items(argument)
    text = given[0] if given else argument
    if scalar(text) is None:
        return None
    return text, entries(given[1]) if len(given) > 1 else {}


def variables_in(text: str) -> list[str]:
    """Return the names that `text` wants filled in; `${!Name}` is the text `${Name}` and none."""
    names = (match.group(1).strip() for match in VARIABLE.finditer(text))
    return list(dict.fromkeys(name for name in names if not name.startswith("!")))
