"""What makes a package be made again, and what does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.own_project import copy_project

from nestforge.assemble.build_package import build_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.assemble.remembered import Remembered
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic

STRINGS = "i18n/en-US/strings.yaml"


def no_findings(build: Build, remembered: Remembered) -> list[Diagnostic]:
    return []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = copy_project(tmp_path / "project")
    assert build_package(str(root), no_findings)["reused"] == 0
    return root


def changed(project: Path) -> bool:
    """Build, and return whether anything was rendered."""
    report = build_package(str(project), no_findings)
    assert (report["rendered"] == 0) != (report["reused"] == 0)
    return report["reused"] == 0


def touch(path: Path) -> None:
    """Give a file another time of change, and nothing else."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def test_nothing_is_made_again_while_nothing_changes(project: Path) -> None:
    assert not changed(project)
    touch(project / "service/targets.yaml")  # where to publish, not what
    assert not changed(project)


def test_a_source_that_was_only_touched_is_known_again(project: Path) -> None:
    touch(project / STRINGS)
    before = (project / "build/state").read_bytes()
    assert not changed(project)
    assert (project / "build/state").read_bytes() != before
    assert not changed(project)


def same_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Inference engine", "Inference Engine"), encoding="utf-8")


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (STRINGS, same_size),
        ("build/package/manifest.json", touch),
        ("build/package/docs/index-ecs-two.md", remove),
        ("build/deepseek-dual-ecs-1.0.0.tar.gz", remove),
        ("build/state", remove),
        ("build/state", lambda path: path.write_text("\0" * 6)),
        ("build/state", lambda path: path.write_text("no state")),
    ],
)
def test_a_package_that_is_not_as_it_was_is_made_again(
    project: Path, path: str, change: Callable[[Path], object]
) -> None:
    change(project / path)
    assert changed(project)
    assert not changed(project)


def test_a_source_that_changes_while_it_is_read_is_seen_the_next_time(project: Path) -> None:
    def edit(build: Build, remembered: Remembered) -> list[Diagnostic]:
        same_size(project / STRINGS)
        return []

    touch(project / "build/package/manifest.json")
    assert build_package(str(project), edit)["reused"] == 0
    assert changed(project)
