"""`Fn::SelectMapList`: the values that a list of maps has under a key."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, list_of, map_of, text_of
from nestforge.evaluate.data import LIST, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def select_map_list(argument: Data) -> Data:
    """Return the values of `[key, maps]`; a map without the key is skipped."""
    key, maps = items_of(argument, 2, 2)
    if isinstance(maps, Unknown):
        return Unknown(LIST, maps.of, faulty=maps.faulty)
    name = text_of(key, "the key")
    found: list[Data] = []
    for entry in list_of(maps, "the list"):
        if isinstance(entry, Unknown):
            return Unknown(LIST, entry.of, faulty=entry.faulty)
        own = map_of(entry, "an entry")
        if name in own:
            found.append(own[name])
    return found
