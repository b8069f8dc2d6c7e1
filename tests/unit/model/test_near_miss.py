from __future__ import annotations

import pytest

from nestforge.model.near_miss import did_you_mean, slip_of

ENGINES = ("vllm-0.8.5.post1", "vllm-0.8.2", "sglang-0.4.3")


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("vllm-0.8.5", ENGINES, "vllm-0.8.5.post1"),
        ("VLLM-0.8.5", ENGINES, "vllm-0.8.5.post1"),
        ("vllm-0.8.3", ENGINES, "vllm-0.8.2"),
        ("ports", ("port", "ports_of_the_engine_on_the_private_interface"), "port"),
        ("s", ENGINES, None),
        ("triton", ENGINES, None),
    ],
)
def test_the_nearest_name_or_none(name: str, known: tuple[str, ...], meant: str | None) -> None:
    assert did_you_mean(name, known) == (f"did you mean '{meant}'?" if meant else None)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("min", ("Min", "Max"), "Min"),
        ("mon", ("Min", "Max"), None),
        ("vpcid", ("VpcId", "VPCId"), None),
        ("Labels", ("Label", "labels"), "labels"),
        ("DepensOn", ("DependsOn", "Type"), "DependsOn"),
        ("Lable", ("Label", "Value"), "Label"),
        ("Mixx", ("Minx", "Maxx"), None),
        ("DependingOn", ("DependsOn",), None),
    ],
)
def test_a_slip_is_one_letter_and_leaves_no_choice(name: str, known: tuple[str, ...], meant: str | None) -> None:
    assert slip_of(name, known) == meant


@pytest.mark.parametrize(("count", "meant"), [(2_000, "did you mean 'name-1999'?"), (2_001, None)])
def test_of_many_names_only_likely_ones_are_compared_and_of_more_none(count: int, meant: str | None) -> None:
    names = [f"name-{number}" for number in range(count)]
    assert did_you_mean("name-1999x", [*names[:-1], "name-1999"]) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Fn::Refs", "did you mean 'Ref'?"),
        ("Fn::Unknown", None),
        ("Fn::Jion", "did you mean 'Fn::Join'?"),
        ("ALIYUN::Nope", None),
        ("ALIYUN::ECS", None),
        ("ALIYUN::VPC::Znode", "did you mean 'ALIYUN::MSE::Znode'?"),
        ("ALIYUN::VPC::Disk", None),
        ("ALIYUN::ESC::Disk", "did you mean 'ALIYUN::ECS::Disk'?"),
        ("ALIYUN::ECS::Dsik", "did you mean 'ALIYUN::ECS::Disk'?"),
    ],
)
def test_what_names_share_as_their_namespace_makes_them_no_nearer(name: str, meant: str | None) -> None:
    known = ["Ref", "Fn::Or", "Fn::Not", "Fn::Join", "ALIYUN::MSE::Znode", "ALIYUN::ENS::Disk", "ALIYUN::ECS::Disk"]
    assert did_you_mean(name, known) == meant
