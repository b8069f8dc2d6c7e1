"""`Fn::GetJsonValue`: an entry of JSON text."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, items_of, map_of, parse_json, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def get_json_value(argument: Data) -> Data:
    """Return the entry as text; null where there is none, or nothing to look into."""
    key, given = items_of(argument, 2, 2)
    if given is None or given == "":
        return None
    data = parse_json(given) if isinstance(given, str) else given
    found = map_of(data, "the JSON value").get(text_of(key, "the key"))
    return None if found is None else as_text(found)
