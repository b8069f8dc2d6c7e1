"""The built package as a reviewer reads it. `make snapshots` rewrites; the difference is reviewed like code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.own_project import own_build

FOLDER = Path(__file__).parent / "package"
NAMES = (
    ".computenest/config.yaml",
    ".computenest/ros_templates/dual-ecs.yaml",
    "docs/index-ecs-two.md",
    "docs/index-ecs-two-en.md",
    "mkdocs.yml",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_package_is_as_it_was_reviewed(name: str) -> None:
    built = own_build().files[name].decode()
    snapshot = FOLDER / name.removeprefix(".")
    if os.environ.get("NESTFORGE_SNAPSHOTS") == "write":
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        snapshot.write_text(built, encoding="utf-8")
    assert snapshot.read_text(encoding="utf-8") == built, "review the difference, then `make snapshots`"


def test_every_text_of_the_package_has_a_snapshot_or_is_made_of_reviewed_sources() -> None:
    reviewed_elsewhere = (".svg", ".png", ".webp", ".gz", "manifest.json")
    rest = [name for name in own_build().files if not name.endswith(reviewed_elsewhere)]
    assert sorted(rest) == sorted(NAMES)
