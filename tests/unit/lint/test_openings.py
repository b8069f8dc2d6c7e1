"""What a security group lets in, and under which choice."""

from __future__ import annotations

from nestforge.lint.openings import openings_of
from nestforge.sources.template import load_template

TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Public: {Type: Boolean}
  Office: {Type: String, Default: 0.0.0.0/0}
  Port: {Type: String, AllowedValues: [443/443, 6379/6379]}
Conditions:
  IsPublic: {"Fn::Equals": [true, {Ref: Public}]}
Resources:
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress: [RULE]
"""


def said(rule: str) -> list[tuple[int, int, str]]:
    template = load_template(TEMPLATE.replace("RULE", rule), "t.yaml", [])
    assert template is not None
    return [(found.first, found.last, found.said) for found in openings_of(template)]


def test_a_condition_that_opens_a_port_is_named() -> None:
    rule = "{IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: {'Fn::If': [IsPublic, 0.0.0.0/0, 10.0.0.0/8]}}"
    assert said(rule) == [(22, 22, "open to 0.0.0.0/0 (where condition 'IsPublic' is true)")]


def test_a_default_that_opens_a_port_is_named() -> None:
    rule = "{IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: {Ref: Office}}"
    assert said(rule) == [(22, 22, "open to 0.0.0.0/0 (by the default of parameter 'Office')")]


def test_each_port_that_can_be_chosen_is_one() -> None:
    rule = "{IpProtocol: tcp, PortRange: {Ref: Port}, Ipv6SourceCidrIp: '::/0'}"
    assert [(first, last) for first, last, _ in said(rule)] == [(443, 443), (6379, 6379)]


def test_what_is_closed_or_no_range_is_none() -> None:
    for rule in (
        "{IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0, Policy: Drop}",
        "{IpProtocol: tcp, PortRange: 22, SourceCidrIp: 0.0.0.0/0}",
        "{IpProtocol: gre, PortRange: -1/-1, SourceCidrIp: 0.0.0.0/0}",
        "{IpProtocol: tcp, PortRange: 22/22, SourceGroupId: sg-1}",
        "{'Fn::If': [IsPublic, {IpProtocol: tcp, PortRange: 22/22}, {Ref: 'ALIYUN::NoValue'}]}",
    ):
        assert said(rule) == [], rule
