from __future__ import annotations

import pytest

from nestforge.assemble.near_path import near_path

KNOWN = (
    "ros_templates/dual-ecs.yaml.j2",
    "ros_templates/parts/conditions.yaml.j2",
    "ros_templates/parts/hosts.yaml.j2",
    "scripts/lib/ray.sh",
    "scripts/sglang/master.sh",
    "scripts/vllm/master.sh",
    "scripts/vllm/worker.sh",
)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("ros_templates/parts/condition.yaml.j2", "ros_templates/parts/conditions.yaml.j2"),
        ("ros_templates/Dual-ECS.yaml.j2", "ros_templates/dual-ecs.yaml.j2"),
        ("ros_templates/part/hosts.yaml.j2", "ros_templates/parts/hosts.yaml.j2"),
        ("scripts/sglang/worker.sh", None),
        ("scripts/lib/bootstrap.sh", None),
        ("etc/passwd", None),
    ],
)
def test_the_file_that_was_meant_is_named_and_no_other(path: str, meant: str | None) -> None:
    assert near_path(path, KNOWN) == (f"did you mean '{meant}'?" if meant else None)
