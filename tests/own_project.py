"""This repository's own service as test data: copies of it, and what they build."""

from __future__ import annotations

import base64
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

from nestforge.assemble.inputs import inputs_hash
from nestforge.assemble.pipeline import assemble
from nestforge.assemble.source_files import FOLDERS
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.model.build import Build

ROOT = Path(__file__).parent.parent
TEMPLATE = ".computenest/ros_templates/dual-ecs.yaml"


def copy_project(to: Path) -> Path:
    """Copy the sources to `to` and return it."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, to / folder)
    return to


def build_at(root: Path) -> Build:
    """Assemble the project at `root`; it must have no finding."""
    build = assemble(load_project(root), inputs_hash(str(root)))
    assert not build.diagnostics
    return build


@cache
def own_build() -> Build:
    """Assemble this repository's service, once per test process."""
    return build_at(ROOT)


@cache
def own_template() -> dict[str, object]:
    """Return the rendered template as data."""
    return cast("dict[str, object]", yaml.safe_load(own_build().files[TEMPLATE]))


def command_text(command: str, values: Mapping[str, str], engine: str, kind: str) -> str:
    """Return the content of a RunCommand as ROS evaluates it, each value of the header given directly."""
    template = own_template()
    mappings = cast("dict[str, dict[str, dict[str, str]]]", template["Mappings"])
    resources = cast("dict[str, dict[str, dict[str, dict[str, list[object]]]]]", template["Resources"])
    _, parts = cast("tuple[str, list[object]]", resources[command]["Properties"]["CommandContent"]["Fn::Join"])
    text, names = cast("dict[str, tuple[str, dict[str, object]]]", parts[0])["Fn::Sub"]
    assert set(names) == set(values), "the test gives every value of the header and no other"
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", base64.b64encode(value.encode()).decode())
    last = parts[3]
    if isinstance(last, dict):
        role = cast("list[str]", last["Fn::FindInMap"])[2]
        last = mappings["Scripts"][kind][role]
    return text + mappings["Engines"][engine]["Settings"] + cast("str", parts[2]) + cast("str", last)
