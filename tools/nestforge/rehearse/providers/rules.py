"""ALIYUN::ECS::SecurityGroupIngress and -Egress: a rule that is a resource of its own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.network.security_group import BadRule, read_rule
from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.found import find_group
from nestforge.rehearse.providers.properties import refuse, required
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.rehearse.network.security_group import Rule
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource


def readable_rule(world: LocalWorld, entry: Mapping[str, Data], side: str) -> Rule:
    """Return a rule; `side` is Source or Dest. Raises ResourceFailed."""
    others = (f"{side}PrefixListId", f"Ipv6{side}CidrIp", f"{side}GroupOwnerId", "SourcePortRange")
    refuse(entry, others, "only ranges of IPv4 addresses and groups of the same account are")
    try:
        rule = read_rule(entry, side)
    except BadRule as error:
        raise ResourceFailed(f"a rule of it is not one: {error}") from None
    if isinstance(rule.peers, str):
        find_group(world, rule.peers)
    return rule


@dataclass(frozen=True, slots=True)
class RuleProvider:
    """Adds a rule to a group; `side` is Source for what comes in, Dest for what goes out."""

    world: LocalWorld
    side: str

    async def create(self, wanted: Wanted) -> Made:
        """Add the rule. Raises ResourceFailed."""
        group = find_group(self.world, required(wanted.properties, "SecurityGroupId"))
        rule_id = f"sgr-{secrets.token_hex(10)}"
        rules = group.ingress if self.side == "Source" else group.egress
        rules[rule_id] = [readable_rule(self.world, wanted.properties, self.side)]
        try:
            with as_failure():
                await self.world.apply_groups()
        except BaseException:
            del rules[rule_id]
            raise
        return Made(rule_id, {})

    async def delete(self, resource: StackResource) -> None:
        """Take the rule out; sessions that it let begin go on."""
        for group in self.world.groups.values():
            group.ingress.pop(resource.physical_id, None)
            group.egress.pop(resource.physical_id, None)
        with as_failure():
            await self.world.apply_groups()
