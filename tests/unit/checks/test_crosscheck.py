"""The comparison with another validator: its table, its mistakes, and what counts as an answer."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from checks.crosscheck.__main__ import TABLE, in_template
from checks.crosscheck.differences import Difference, explained
from checks.crosscheck.mistakes import KINDS, rewritten, seeded
from checks.crosscheck.opinions import Said
from nestforge.lint.check import check_template

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name: {Type: String}
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties: {VpcName: {Ref: Name}, EnableIpv6: true, Tags: []}
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupType: normal
      VpcId: {Ref: Vpc}
      SecurityGroupName: web
      SecurityGroupIngress: []
  Waiting:
    Type: ALIYUN::ROS::WaitCondition
    Properties: {Handle: {Ref: Handle}, Timeout: 60, Count: 1}
  Handle: {Type: ALIYUN::ROS::WaitConditionHandle}
  Cluster:
    Type: ALIYUN::ECS::Instance
    Properties: {InstanceType: ecs.g7.large, DiskMappings: [], SystemDiskCategory: cloud_essd, NetworkOptions: {}}
"""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "list-for-a-structure"])
def test_a_mistake_changes_the_template_by_its_number_alone(kind: str) -> None:
    first = seeded(TEMPLATE, kind, Random("7"))
    assert first is not None
    assert first != rewritten(TEMPLATE)
    assert first == seeded(TEMPLATE, kind, Random("7"))


def test_what_the_table_says_of_ours_is_so() -> None:
    missed = {row.kind for row in explained(TABLE) if row.reported_by in ("theirs", "none")}
    for kind in KINDS.keys() - missed - {"list-for-a-structure"}:
        text = seeded(TEMPLATE, kind, Random("1")) or ""
        assert any(found.severity == "error" for found in check_template(text, "t.yaml")), kind


def test_an_error_is_answered_in_the_same_entry_only() -> None:
    theirs = [Said("ROS4001", True, 9, ""), Said("ROS5103", True, 16, ""), Said("ROS5301", False, 3, "")]
    ours = [Said("R3001", True, 14, ""), Said("R3105", True, 3, ""), Said("R3109", True, 22, "")]
    found = list(in_template(TEMPLATE, theirs, ours))
    assert found == [Difference(theirs="ROS5103"), Difference(ours="R3109")]


@pytest.mark.parametrize(
    "rows",
    ['[[mistake]]\nkind = "a"\nreported_by = "ours"\n', '[[template]]\nours = "R1"\nreason = "b"\n' * 2],
    ids=["no reason", "twice"],
)
def test_each_difference_has_one_reason(rows: str, tmp_path: Path) -> None:
    table = tmp_path / "table.toml"
    table.write_text(rows, encoding="utf-8")
    with pytest.raises(ValueError, match="one row with a reason"):
        explained(table)
