"""`Fn::FormatTime`: the time of the evaluation, in a format."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, text_of
from nestforge.evaluate.data import STRING, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def format_time(argument: Data) -> Data:
    """Return an unknown text: the stack is created later. A time zone that does not exist is an error."""
    given = items_of(argument, 1, 2) if isinstance(argument, list) else [argument]
    text_of(given[0], "the format")
    if len(given) == 2:
        zone = text_of(given[1], "the time zone")
        from zoneinfo import available_timezones

        zones = available_timezones()
        if zones and zone not in zones:  # a minimal system has no list of them
            raise Fault(f"there is no time zone {quoted(zone)}")
    return Unknown(STRING, "the time of creation")
