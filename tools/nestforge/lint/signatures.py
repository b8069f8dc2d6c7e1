"""What each intrinsic function takes and returns; ROS manual, function reference.

The table is data for the rules about calls. Where a function may be used is said a second time in the
evaluator, whose table is too much to load for a template; a test keeps the two the same.
"""

from __future__ import annotations

from nestforge.lint.kinds import BOOLEAN, LIST, MAP, NUMBER, TEXT
from nestforge.model.named_tuple import NamedTuple

SCALAR = (TEXT, NUMBER, BOOLEAN)
JSON = (TEXT, LIST, MAP)
ANY: tuple[str, ...] = ()
"""Whatever is given."""


class Argument(NamedTuple):
    """One argument: the kinds that it can be of, beside null; `written` where no function may give it.

    `entries` are the kinds of what is in a list or a map.
    """

    what: str
    kinds: tuple[str, ...]
    written: bool = False
    entries: tuple[str, ...] = ANY


class Signature(NamedTuple):
    """`least` to `most` arguments (None: any number more, all like the last).

    `alone`: the function takes one argument as it is, not in a list; `either`: both. `returns` is the kind of
    the result, None where that depends. `places` are those of `Place` in short: Resources and Outputs (N),
    Conditions and Rules (C), Count (K).
    """

    arguments: tuple[Argument, ...]
    least: int
    most: int | None
    returns: str | None = None
    places: str = "NCK"
    alone: bool = False
    either: bool = False

    def argument(self, index: int) -> Argument | None:
        """Return what the argument at a place must be."""
        if index < len(self.arguments):
            return self.arguments[index]
        return self.arguments[-1] if self.most is None else None


def _one(what: str, kinds: tuple[str, ...], returns: str | None, places: str = "NCK") -> Signature:
    return Signature((Argument(what, kinds),), 1, 1, returns, places, alone=True)


_CONDITION = Argument("the condition", (TEXT, BOOLEAN, MAP))
_VALUE = Argument("the value", ANY)
_NUMBERS = (NUMBER, TEXT)

SIGNATURES: dict[str, Signature] = {
    "Ref": _one("the name", (TEXT,), None),
    "Condition": _one("the name of the condition", (TEXT,), BOOLEAN, "C"),
    "Fn::Add": Signature((Argument("a summand", (NUMBER, TEXT, LIST, MAP)),), 2, None),
    "Fn::And": Signature((_CONDITION,), 2, None, BOOLEAN, "C"),
    "Fn::Any": _one("the list", (LIST,), BOOLEAN),
    "Fn::Avg": Signature(
        (Argument("the number of digits", _NUMBERS), Argument("the list", (LIST,), entries=_NUMBERS)), 2, 2, NUMBER
    ),
    "Fn::Base64": _one("the text", SCALAR, TEXT, "N"),
    "Fn::Base64Decode": _one("the text", SCALAR, TEXT),
    "Fn::Base64Encode": _one("the text", SCALAR, TEXT),
    "Fn::Calculate": Signature(
        (
            Argument("the expression", SCALAR, written=True),
            Argument("the number of digits", _NUMBERS),
            Argument("the list of values", (LIST,), entries=_NUMBERS),
        ),
        2,
        3,
        NUMBER,
    ),
    "Fn::Cidr": Signature(
        (
            Argument("the block", (TEXT,)),
            Argument("the count", _NUMBERS),
            Argument("the number of bits", _NUMBERS),
        ),
        3,
        3,
        LIST,
    ),
    "Fn::Contains": Signature((Argument("the list", (LIST,)), _VALUE), 2, 2, BOOLEAN),
    "Fn::EachMemberIn": Signature(
        (Argument("the first list", (LIST,)), Argument("the second list", (LIST,))), 2, 2, BOOLEAN
    ),
    "Fn::Equals": Signature((_VALUE, Argument("the other value", ANY)), 2, 2, BOOLEAN, "C"),
    "Fn::FindInMap": Signature(
        (Argument("the mapping", (TEXT,)), Argument("the first key", SCALAR), Argument("the second key", SCALAR)), 3, 3
    ),
    "Fn::FormatTime": Signature(
        (Argument("the format", (TEXT,)), Argument("the time zone", (TEXT,))), 1, 2, TEXT, either=True
    ),
    "Fn::GetAZs": _one("the region", (TEXT,), LIST),
    "Fn::GetAtt": Signature(
        (Argument("the resource", (TEXT,)), Argument("the attribute", (TEXT,))), 2, 2, None, "N", either=True
    ),
    "Fn::GetJsonValue": Signature(
        (Argument("the key", SCALAR, written=True), Argument("the JSON text", JSON)), 2, 2, TEXT
    ),
    "Fn::GetStackOutput": Signature(
        (Argument("the stack", (TEXT,)), Argument("the output", (TEXT,)), Argument("the region", (TEXT,))),
        2,
        3,
        None,
        "N",
    ),
    "Fn::If": Signature((Argument("the condition", (TEXT,)), _VALUE, _VALUE), 3, 3),
    "Fn::Indent": Signature(
        (
            Argument("the text", SCALAR),
            Argument("the level", _NUMBERS),
            Argument("the width", _NUMBERS),
            Argument("whether the first line moves", (BOOLEAN, TEXT)),
        ),
        2,
        4,
        TEXT,
    ),
    "Fn::Index": Signature((_VALUE, Argument("the list", (LIST,))), 2, 2, NUMBER),
    "Fn::Join": Signature(
        (Argument("the delimiter", (TEXT, NUMBER)), Argument("the list", (LIST,), entries=SCALAR)), 2, 2, TEXT
    ),
    "Fn::Jq": Signature((Argument("'First' or 'All'", (TEXT,)), Argument("the program", (TEXT,)), _VALUE), 3, 3),
    "Fn::Length": _one("the value", (TEXT, LIST, MAP), NUMBER),
    "Fn::ListMerge": Signature((Argument("a list", (LIST,)),), 1, None, LIST),
    "Fn::MarketplaceImage": _one("the product code", (TEXT,), TEXT, "N"),
    "Fn::MatchPattern": Signature((Argument("the pattern", (TEXT,)), Argument("the text", SCALAR)), 2, 2, BOOLEAN),
    "Fn::Max": _one("the list of numbers", (LIST,), NUMBER),
    "Fn::MemberListToMap": Signature(
        (
            Argument("the key for names", (TEXT,), written=True),
            Argument("the key for values", (TEXT,), written=True),
            Argument("the list", (LIST,), entries=(TEXT,)),
        ),
        3,
        3,
        MAP,
    ),
    "Fn::MergeMap": Signature((Argument("the first map", (MAP,)), Argument("the second map", (MAP,))), 2, 2, MAP),
    "Fn::MergeMapToList": Signature((Argument("a map", (MAP,)),), 1, None, LIST),
    "Fn::Min": _one("the list of numbers", (LIST,), NUMBER),
    "Fn::Not": Signature((_CONDITION,), 1, 1, BOOLEAN, "C", either=True),
    "Fn::Or": Signature((_CONDITION,), 2, None, BOOLEAN, "C"),
    "Fn::Replace": Signature(
        (Argument("the map of replacements", (MAP,), entries=SCALAR), Argument("the text", SCALAR)), 2, 2, TEXT
    ),
    "Fn::ResourceFacade": _one("the attribute", (TEXT,), None),
    "Fn::Select": Signature(
        (
            Argument("the index", _NUMBERS),
            Argument("the list or map", JSON),
            Argument("the default", ANY),
            Argument("the message", SCALAR),
        ),
        2,
        4,
    ),
    "Fn::SelectMapList": Signature((Argument("the key", SCALAR), Argument("the list", (LIST,))), 2, 2, LIST),
    "Fn::Split": Signature(
        (Argument("the delimiter", (TEXT,), written=True), Argument("the text", SCALAR)), 2, 2, LIST
    ),
    "Fn::Str": _one("the value", ANY, TEXT),
    "Fn::Sub": Signature(
        (Argument("the text", SCALAR), Argument("the map of variables", (MAP,))), 1, 2, TEXT, "N", either=True
    ),
    "Fn::TransformNamespace": Signature(
        (Argument("what is named", (TEXT,)), Argument("the namespace", (TEXT,)), _VALUE), 3, 3
    ),
}
