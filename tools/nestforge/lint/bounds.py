"""How many bytes a value of the deployment can have at most."""

from __future__ import annotations

from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

_ESCAPED = pattern(r"\\[-.\[\](){}*+?^$|/\\]")
_SET = pattern(r"\[[^\]]*\]")

OTHER = 64
"""Bytes of an attribute or an id that is in no table here. [assumed]"""

PLACEHOLDER = 1024
"""Bytes of what Compute Nest puts in place of `{{ computenest::… }}`: an address in OSS. [assumed]"""

PSEUDO_PARAMETERS = {
    "ALIYUN::StackId": 36,  # a UUID
    "ALIYUN::StackName": 255,  # CreateStack: at most 255 characters, ASCII
    "ALIYUN::Region": 32,  # the longest today is cn-shanghai-finance-1
    "ALIYUN::NoValue": 0,
}

ATTRIBUTES = {
    "PrivateIps": 15,  # one IPv4 address in dotted form, as Fn::Select takes it out of the list
    "PrivateIp": 15,
    "PublicIps": 15,
    "PublicIp": 15,
    "InnerIps": 15,
    "EipAddress": 15,
    "CidrBlock": 18,
    "CurlCli": 2048,  # [assumed] curl, an address with a signature, and headers with a token
    "WindowsCurlCli": 2048,  # [assumed]
    "PowerShellCurlCli": 2048,  # [assumed]
    "URL": 2048,  # [assumed]
}

_RANDOM_STRING = "ALIYUN::RandomString"
_RANDOM_LENGTH = 32  # ROS manual: `length` is 32 where it is not given
_NUMBER = 24  # the longest decimal form of a double: -2.2250738585072014e-308


def parameter_bound(parameter: Node) -> int | None:
    """Return the longest value of a parameter in UTF-8, or None where nothing bounds it."""
    attributes = entries(parameter)
    allowed = [scalar(node) for node in items(attributes.get("AllowedValues"))]
    if allowed:
        return max(len((value or "").encode()) for value in allowed)
    kind = scalar(attributes.get("Type"))
    if kind == "Boolean":
        return len("false")
    if kind == "Number":
        return _number_bound(attributes)
    longest = scalar(attributes.get("MaxLength"))
    if kind != "String" or longest is None or not longest.isdigit():
        return None
    return int(longest) * (1 if admits_ascii_only(scalar(attributes.get("AllowedPattern"))) else 4)


def _number_bound(attributes: dict[str, Node]) -> int | None:
    bounds = [scalar(attributes.get(name)) for name in ("MinValue", "MaxValue")]
    if None in bounds:
        return None
    return max(_NUMBER, *(len(bound or "") for bound in bounds))


def attribute_bound(kind: str | None, attribute: str, properties: dict[str, Node]) -> int:
    """Return the longest value of an attribute of a resource of type `kind`."""
    if kind == _RANDOM_STRING:
        length = scalar(properties.get("length")) or ""
        return int(length) if length.isdigit() else _RANDOM_LENGTH
    return ATTRIBUTES.get(attribute, OTHER)


def admits_ascii_only(pattern: str | None) -> bool:
    """Return whether every text that the whole of `pattern` matches is ASCII; False where that is not plain.

    What looks ahead takes no character; a set that is written out takes what it lists; `.`, `\\w` and sets
    that exclude take anything.

    >>> admits_ascii_only("^[A-Za-z0-9_-]{16,64}$"), admits_ascii_only("^[^/]+$"), admits_ascii_only("[a-z]+")
    (True, False, False)
    """
    if pattern is None or not pattern.isascii():
        return False
    alternatives = _without_lookaheads(pattern)
    if not all(part.startswith("^") and part.endswith("$") for part in _alternatives(alternatives)):
        return False
    plain = _ESCAPED.sub("", alternatives)
    sets, rest = _SET.findall(plain), _SET.sub("", plain)
    return not any(s.startswith("[^") or "\\" in s for s in sets) and not ("." in rest or "\\" in rest)


def _alternatives(pattern: str) -> list[str]:
    """Split at the `|` that stand in no bracket."""
    parts, depth, inside = [""], 0, False
    escaped = False
    for character in pattern:
        if not escaped and character in "[]":
            inside = character == "[" or (inside and character != "]")
        elif not escaped and not inside and character in "()":
            depth += 1 if character == "(" else -1
        if character == "|" and not escaped and not inside and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
        escaped = character == "\\" and not escaped
    return parts


def _without_lookaheads(pattern: str) -> str:
    """Return `pattern` without its `(?=…)` and `(?!…)`."""
    while (start := min((i for i in (pattern.find("(?="), pattern.find("(?!")) if i >= 0), default=-1)) >= 0:
        depth, end, escaped = 0, start, False
        for end in range(start, len(pattern)):
            if not escaped:
                depth += {"(": 1, ")": -1}.get(pattern[end], 0)
            escaped = pattern[end] == "\\" and not escaped
            if depth == 0:
                break
        pattern = pattern[:start] + pattern[end + 1 :]
    return pattern
