"""`Fn::MemberListToMap`: `.member.0.Name=key`, `.member.0.Value=value` as a map."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, list_of, text_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted, shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def member_list_to_map(argument: Data) -> Data:
    """Return the map of `[nameKey, valueKey, members]`, as Heat's function of this name does."""
    names = items_of(argument, 3, 3)
    name_key, value_key = (text_of(name, "the key") for name in names[:2])
    members: dict[str, dict[str, str]] = {}
    for entry in list_of(names[2], "the list"):
        text = text_of(entry, "a member")
        way, equals, value = text.partition("=")
        number, _, key = way.removeprefix(".member.").partition(".")
        if not equals or not key:
            raise Fault(f"the member is {quoted(text)}, expected '.member.0.{shown_text(name_key)}=…'")
        members.setdefault(number, {})[key] = value
    return {own[name_key]: own.get(value_key, "") for own in members.values() if name_key in own}
