"""What else has attributes of its own shape."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from nestforge.sandbox.paper.addresses import public_addresses
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.sandbox.stacks.provider import Wanted

_CLASSES = {
    "lettersdigits": string.ascii_letters + string.digits,
    "letters": string.ascii_letters,
    "lowercase": string.ascii_lowercase,
    "uppercase": string.ascii_uppercase,
    "digits": string.digits,
    "hexdigits": string.digits + "ABCDEF",
    "octdigits": string.octdigits,
}
"""Classes by the documentation of ALIYUN::RandomString; the class of punctuation is left to it."""

_LONGEST = 512
_NOBODY = "https://recorded-only.invalid"
"""`.invalid` is reserved (RFC 2606): what is sent there reaches nobody."""


def address_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return the address of an EIP."""
    return {
        "EipAddress": public_addresses(wanted, 1)[0],
        "Isp": str(wanted.properties.get("Isp", "BGP")),
        "OrderId": "",
    }


def association_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return what the associated EIP has."""
    allocation = wanted.properties.get("AllocationId")
    for other in wanted.others():
        if other.type == "ALIYUN::VPC::EIP" and other.physical_id == allocation:
            return {"AllocationId": other.physical_id, "EipAddress": str(other.attributes["EipAddress"])}
    return {"AllocationId": str(allocation)}


def command_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return the ids of a command that is not run: it has no results."""
    instances = wanted.properties.get("InstanceIds")
    return {
        "CommandId": f"c-{secrets.token_hex(10)}",
        "InvokeInstances": instances if isinstance(instances, list) else [],
        "InvokeResults": [],
    }


def handle_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return commands that look like ROS's, to an address that does not exist."""
    url = f"{_NOBODY}/waitcondition/{physical_id}"
    return {
        "CurlCli": f"curl -X POST -H 'Content-Type: application/json' {url}",
        "WindowsCurlCli": f'curl -X POST -H "Content-Type: application/json" {url}',
        "PowerShellCurlCli": f"Invoke-RestMethod -Method POST -ContentType application/json -Uri {url}",
        "URL": url,
        "Headers": {"Content-Type": "application/json"},
    }


def condition_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return the data of a wait that no signal came to."""
    return {
        "Data": "{}",
        "ErrorData": "{}",
        "JoinedErrorData": "",
        "LastData": "",
        "LastErrorData": "",
        "JoinedLastErrorData": "",
    }


def random_text(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return a text that really is random: `length` characters, of each class at least its `min`."""
    length = _number(wanted.properties.get("length", 32))
    asked = wanted.properties.get("character_classes")
    chosen: list[str] = []
    alphabet = ""
    for entry in asked if isinstance(asked, list) else []:
        of_class = entry if isinstance(entry, dict) else {"class": entry}
        characters = _CLASSES.get(str(of_class.get("class", "lettersdigits")))
        if characters is None:
            raise ResourceFailed(f"its class '{of_class.get('class')}' is not one of {', '.join(_CLASSES)}")
        chosen += [secrets.choice(characters) for _ in range(_number(of_class.get("min", 1)))]
        alphabet += characters
    alphabet = alphabet or _CLASSES[str(wanted.properties.get("sequence", "lettersdigits"))]
    chosen += [secrets.choice(alphabet) for _ in range(length - len(chosen))]
    secrets.SystemRandom().shuffle(chosen)
    return {"value": "".join(chosen[:length])}


def _number(value: object) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= _LONGEST:
        raise ResourceFailed(f"'{text}' is not a number from 0 to {_LONGEST}")
    return int(text)
