"""The review criteria that a template can break.

Source: "Review criteria of Compute Nest" in the documentation, read in part; the names of the issues'
types and that each of these is mandatory are [assumed].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sandbox.ros_template import references, section

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSWORD = re.compile(r"password|passwd|pwd", re.IGNORECASE)
_CIDR = re.compile(r"cidr", re.IGNORECASE)
_CREDENTIALS = re.compile(r"access_?key(_?(id|secret))?|secret_?(access_?)?key|ak|sk", re.IGNORECASE)
# The native way to take a secret; it has neither a pattern nor an echo.
_SECRET_TYPE = "ALIYUN::OOS::SecretParameter::Value"
_NETWORKS = ("ALIYUN::ECS::VPC", "ALIYUN::ECS::VSwitch", "ALIYUN::VPC::VPC", "ALIYUN::VPC::VSwitch")
_WORLD = ("0.0.0.0/0", "::/0")
_NEVER_OPEN = {22: "SSH", 6379: "Redis, as Ray uses it", 8265: "Ray's dashboard"}


@dataclass(frozen=True, slots=True)
class CriterionIssue:
    """What a reviewer would send back."""

    position: str
    type: str
    property: str
    value: str
    association: str = ""
    level: str = "Mandatory"


def criterion_issues(template: dict[str, object]) -> Iterator[CriterionIssue]:
    """Yield the issues of one template. `Default: ''` makes a hidden parameter deployable; it is no default."""
    created = _created_ranges(template)
    for name, parameter in section(template, "Parameters").items():
        place = f"Parameters.{name}"
        association = str(parameter.get("AssociationProperty") or "")
        default = parameter.get("Default")
        has_default = default is not None and default != ""
        if _CREDENTIALS.fullmatch(name):
            yield CriterionIssue(place, "AsksForCredentials", "ParameterKey", name)
        if _PASSWORD.search(name) or association.endswith("Password"):
            yield from _secret_issues(place, parameter, association, has_default)
        if _CIDR.search(name) and name not in created and has_default:
            yield CriterionIssue(place, "SourceCidrHasDefault", "Default", str(default), association)
    for name, resource in section(template, "Resources").items():
        for rule in _rules(resource.get("Properties")):
            ports = str(rule["PortRange"])
            if _is_open(rule) and (why := _sensitive(ports)):
                yield CriterionIssue(f"Resources.{name}", "OpenToTheWorld", "PortRange", f"{ports} ({why})")


def _secret_issues(
    place: str, parameter: dict[str, object], association: str, has_default: bool
) -> Iterator[CriterionIssue]:
    if has_default:
        yield CriterionIssue(place, "SecretHasDefault", "Default", "***", association)
    if parameter.get("Type") == _SECRET_TYPE:
        return
    if str(parameter.get("NoEcho")).lower() != "true":
        yield CriterionIssue(place, "SecretIsEchoed", "NoEcho", str(parameter.get("NoEcho")), association)
    if not parameter.get("AllowedPattern"):
        yield CriterionIssue(place, "SecretWithoutPattern", "AllowedPattern", "", association)


def _created_ranges(template: dict[str, object]) -> set[str]:
    """Return the parameters that say which range the stack creates; they are no one's source address."""
    names: set[str] = set()
    for resource in section(template, "Resources").values():
        properties = resource.get("Properties")
        if resource.get("Type") in _NETWORKS and isinstance(properties, dict):
            names |= {name for _, name in references(properties.get("CidrBlock"))}
    return names


def _rules(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if "PortRange" in value:
            yield value
        for item in value.values():
            yield from _rules(item)
    elif isinstance(value, list):
        for item in value:
            yield from _rules(item)


def _is_open(rule: dict[str, object]) -> bool:
    return any(leaf in _WORLD for key in ("SourceCidrIp", "Ipv6SourceCidrIp") for leaf in _leaves(rule.get(key)))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield value


def _sensitive(ports: str) -> str | None:
    first, _, last = ports.partition("/")
    if ports == "-1/-1":
        return "every port"
    if not first.isdigit() or not last.isdigit():
        return None  # known at deployment only
    return ", ".join(why for port, why in _NEVER_OPEN.items() if int(first) <= port <= int(last)) or None
