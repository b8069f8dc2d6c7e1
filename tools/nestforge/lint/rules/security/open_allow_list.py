"""R9028."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.openings import is_anywhere
from nestforge.lint.resource_values import values_given_in
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_LIST = pattern(r"(?:SecurityI[Pp](?:List|Array|s)|IpWhite[Ll]ists?|(?:Public|Kibana)Whitelist)(?:\[\d+\])?")


@rule("R9028", severity="info")
def open_allow_list(template: Template) -> Iterator[Finding]:
    """A database or a queue takes connections from every address.

    Whatever reaches its network, and the whole internet where it has a public address, can try passwords.

    Bad:  {Type: ALIYUN::REDIS::Whitelist, Properties: {InstanceId: r-1, SecurityIps: 0.0.0.0/0}}
    Good: {Type: ALIYUN::REDIS::Whitelist, Properties: {InstanceId: r-1, SecurityIps: 192.168.0.0/16}}
    """
    seen: set[tuple[int, str]] = set()
    for given in values_given_in(template):
        literal = given.literal
        if literal is None or not _LIST.fullmatch(given.path):
            continue
        for address in map(str.strip, literal.value.split(",")):
            if is_anywhere(address) and (id(given.place), address) not in seen:
                seen.add((id(given.place), address))
                message = f"{given.path} lets {address} in{given.choice}"
                yield Finding(template.span(given.place), message, "name the addresses that need it")
