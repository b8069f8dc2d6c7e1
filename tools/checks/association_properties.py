"""Write the bundled table of form components: `python tools/checks/association_properties.py [FILE]`.

FILE is `ros_association_property_specs.json` of the published package `iac-code` (Apache-2.0), which describes
the form of the ROS console; without it the package is downloaded. Names, kinds and marks are taken, no texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from nestforge.rosspec.association_properties import BUNDLED

PACKAGE = "iac-code==0.16.0"
SPECS = "iac_code/tools/cloud/aliyun/ros_validation/data/ros_association_property_specs.json"

ADDED = {
    "ALIYUN::CS::ManagedKubernetesCluster::PodCidr": "in use by published templates",
    "ALIYUN::Domain::DomainName": "in the ROS manual",
    "Auto": "in the ROS manual",
}
"""What the package does not know although the form does, and how that is known."""

REPLACEMENTS = {
    "ALIYUN::ALB::Instance::InstanceId": "ALIYUN::ALB::LoadBalancer::LoadBalancerId",
    "ALIYUN::CAS::Certificate": "ALIYUN::CAS::Certificate::CertificateId",
    "ALIYUN::ECS::Instance": "ALIYUN::ECS::Instance::InstanceId",
    "ALIYUN::ECS::Instance::ImageId": "ALIYUN::ECS::Image::ImageId",
    "ALIYUN::ECS::Instance::ZoneId": "ALIYUN::ECS::ZoneId",
    "ALIYUN::ECS::Instance:ZoneId": "ALIYUN::ECS::ZoneId",
    "ALIYUN::ECS::VSwitch::VSwitchId": "ALIYUN::VPC::VSwitch::VSwitchId",
    "ALIYUN::NLB::Instance::InstanceId": "ALIYUN::NLB::LoadBalancer::LoadBalancerId",
    "ALIYUN::SLB::Instance::InstanceId": "ALIYUN::SLB::LoadBalancer::LoadBalancerId",
}
"""For those that are deprecated: the package names no successor, these have the same component or its newer form."""


def main(arguments: list[str]) -> int:
    """Write the table and say how much it holds."""
    specs = json.loads(Path(arguments[0]).read_text(encoding="utf-8") if arguments else _downloaded())
    lines = [f"# from {PACKAGE}; made by tools/checks/association_properties.py", f"*\t\t{_common(specs)}"]
    components = specs["components"]
    for name, said in specs["association_properties"].items():
        form = components[said["component"]]["metadata"]
        mark = "deprecated" if said["deprecated"] else "closed" if form.get("additionalProperties") is False else ""
        successor = REPLACEMENTS.get(name, "") if said["deprecated"] else ""
        if successor and successor not in specs["association_properties"]:
            raise ValueError(f"{name}: there is no {successor}")
        lines.append(f"{name}\t{mark}{' ' * bool(successor)}{successor}\t{_keys(form)}")
    lines += [f"{name}\t\t" for name in ADDED]
    lines += [f"{name}\tother\t" for name in specs["excluded_association_properties"]]
    head, rest = lines[:2], sorted(lines[2:])
    Path(BUNDLED).write_text("\n".join([*head, *rest, ""]), encoding="utf-8")
    print(f"{len(rest)} association properties, {Path(BUNDLED).stat().st_size} bytes")
    return 0


def _downloaded() -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).iterdir()
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(SPECS).decode()


def _common(specs: dict[str, Any]) -> str:  # as JSON has it: ends here
    return _keys(specs["common_metadata"]["schema"])


def _keys(schema: dict[str, Any]) -> str:
    return " ".join(f"{name}{_inner(of)}" for name, of in sorted(schema.get("properties", {}).items()))


def _inner(schema: dict[str, Any]) -> str:
    """Return `[Class,Min]` for a key that takes a map with these keys, or a list of such maps."""
    keys = schema.get("items", schema).get("properties", {})
    return f"[{','.join(sorted(keys))}]" if keys else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
