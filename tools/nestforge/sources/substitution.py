"""The variables of an `Fn::Sub`."""

from __future__ import annotations

from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from yaml.nodes import Node

VARIABLE = pattern(r"\$\{([^}]*)\}")
_LONGEST_NAME = 255
"""Characters in which the end of a resource's name is looked for; published ones have 62 at most."""


def parts_of(argument: Node) -> tuple[Node, dict[str, Node]] | None:
    """Return the text and the own variables of an `Fn::Sub`; None where the text is not written out."""
    given = items(argument)
    text = given[0] if given else argument
    if scalar(text) is None:
        return None
    return text, entries(given[1]) if len(given) > 1 else {}


def attribute_in(written: str, resources: Container[str]) -> tuple[str, str]:
    """Return the resource and the attribute that `Web.PrivateIps` or `Web[1].PrivateIps` names.

    Names of resources can have dots themselves: ROS manual, Fn::GetAtt. Of none such, the first dot is the end.
    """
    end = written.rfind(".", 0, _LONGEST_NAME)
    while end > 0:
        if written[:end].partition("[")[0] in resources:
            return written[:end], written[end + 1 :]
        end = written.rfind(".", 0, end)
    resource, _, attribute = written.partition(".")
    return resource, attribute


def variables_in(text: str) -> dict[str, str]:
    """Return the names that `text` wants filled in, each as it is written; `${!Name}` is the text `${Name}`."""
    found = {match.group(1).strip(): match.group() for match in VARIABLE.finditer(text)}
    return {name: written for name, written in found.items() if not name.startswith("!")}
