"""`Fn::EachMemberIn`: whether a list has all entries of another."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, list_of
from nestforge.evaluate.data import BOOLEAN, Unknown, first_unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.same import key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


MOST = 10_000
"""Entries of each list, by ROS."""


def each_member_in(argument: Data) -> Data:
    """Return whether the second list has each entry of the first."""
    first, second = items_of(argument, 2, 2)
    for given in (first, second):
        if isinstance(given, Unknown):
            return Unknown(BOOLEAN, given.of, faulty=given.faulty)
    members, all_of = list_of(first, "the first argument"), list_of(second, "the second argument")
    if max(len(members), len(all_of)) > MOST:
        raise Fault(f"a list has more than {MOST:,} entries")
    unknown = first_unknown([*members, *all_of])
    if unknown is not None:
        return Unknown(BOOLEAN, unknown.of, faulty=unknown.faulty)
    return {key_of(member) for member in members} <= {key_of(entry) for entry in all_of}
