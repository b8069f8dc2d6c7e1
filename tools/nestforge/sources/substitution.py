"""The variables of an `Fn::Sub`."""

from __future__ import annotations

from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

VARIABLE = pattern(r"\$\{([^}]*)\}")


def parts_of(argument: Node) -> tuple[Node, dict[str, Node]] | None:
    """Return the text and the own variables of an `Fn::Sub`; None where the text is not written out."""
    given = items(argument)
    text = given[0] if given else argument
    if scalar(text) is None:
        return None
    return text, entries(given[1]) if len(given) > 1 else {}


def variables_in(text: str) -> dict[str, str]:
    """Return the names that `text` wants filled in, each as it is written; `${!Name}` is the text `${Name}`."""
    found = {match.group(1).strip(): match.group() for match in VARIABLE.finditer(text)}
    return {name: written for name, written in found.items() if not name.startswith("!")}
