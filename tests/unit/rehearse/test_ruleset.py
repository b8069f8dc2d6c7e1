"""The packet filter of a router, as the text that it loads."""

from __future__ import annotations

import pytest

from nestforge.rehearse.network.ruleset import Port, ruleset
from nestforge.rehearse.network.security_group import BadRule, SecurityGroup, read_rule


def _lines(group: SecurityGroup, chain: str) -> list[str]:
    ports = [Port("port1", "10.0.0.1", ("sg",), "203.0.113.1"), Port("port2", "10.0.0.2", ("other",))]
    groups = {"sg": group, "other": SecurityGroup("other", "vpc")}
    text = ruleset(ports, groups, [("100.100.100.200", 80)], {"10.0.0.253"})
    body = text.split(f"  chain {chain} {{\n")[1].split("  }\n")[0]
    return [line.strip() for line in body.splitlines()]


def _group(*entries: dict[str, object], enterprise: bool = True) -> SecurityGroup:
    rules = [read_rule(entry, "Source") for entry in entries]
    return SecurityGroup("sg", "vpc", enterprise, ingress={"all": rules})


def test_rules_stand_in_the_order_of_their_priority_and_drops_before_what_is_accepted() -> None:
    web: dict[str, object] = {"IpProtocol": "tcp", "PortRange": "80/81", "SourceCidrIp": "0.0.0.0/0", "Priority": 2}
    ping: dict[str, object] = {"IpProtocol": "icmp", "PortRange": "-1/-1", "SourceCidrIp": "10.0.0.0/8"}
    assert _lines(_group(web, {**web, "Policy": "drop"}, ping), "to-port1") == [
        "ip saddr 10.0.0.0/8 meta l4proto icmp accept",
        "ip saddr 0.0.0.0/0 tcp dport 80-81 drop",
        "ip saddr 0.0.0.0/0 tcp dport 80-81 accept",
        "drop",
    ]


def test_a_rule_about_a_group_means_its_members_and_nothing_where_there_are_none() -> None:
    every: dict[str, object] = {"IpProtocol": "all", "PortRange": "-1/-1"}
    rules = _lines(_group({**every, "SourceGroupId": "other"}, {**every, "SourceGroupId": "nobody"}), "to-port1")
    assert rules == ["ip saddr { 10.0.0.2 } accept", "drop"]


def test_members_of_a_basic_group_come_first_and_what_goes_out_is_free() -> None:
    assert _lines(_group(enterprise=False), "to-port1") == ["ip saddr { 10.0.0.1 } accept", "drop"]
    assert _lines(_group(enterprise=False), "from-port1") == ["ip daddr { 10.0.0.1 } return"]
    assert _lines(_group(enterprise=True), "from-port1") == ["drop"]


def test_a_public_address_leads_to_its_machine_alone() -> None:
    assert 'iifname "internet" ip daddr 203.0.113.1 dnat to 10.0.0.1' in _lines(_group(), "prerouting")
    forward = _lines(_group(), "forward")
    assert forward[-1] == 'oifname "internet" ip saddr 10.0.0.1 accept'
    assert not [line for line in forward if "10.0.0.2" in line]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"IpProtocol": "http"}, "IpProtocol is 'http'"),
        ({"PortRange": "-1/-1"}, "PortRange is '-1/-1'"),
        ({"PortRange": "90/80"}, "PortRange is '90/80'"),
        ({"IpProtocol": "icmp"}, "icmp has no ports"),
        ({"Policy": "reject"}, "Policy is 'reject'"),
        ({"Priority": 101}, "Priority is 101"),
        ({"Priority": "high"}, "Priority is 'high'"),
        ({"SourceCidrIp": "10.0.0.0/33"}, "SourceCidrIp is '10.0.0.0/33'"),
        ({"SourceCidrIp": ""}, "neither SourceCidrIp nor SourceGroupId"),
    ],
)
def test_a_bad_rule_says_what_is_wrong(changed: dict[str, object], why: str) -> None:
    good: dict[str, object] = {"IpProtocol": "tcp", "PortRange": "80/80", "SourceCidrIp": "10.0.0.0/8"}
    assert read_rule(good, "Source").accept
    with pytest.raises(BadRule, match=why):
        read_rule({**good, **changed}, "Source")
