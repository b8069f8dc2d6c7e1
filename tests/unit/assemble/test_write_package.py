"""A package is written whole or not at all: the disk fills up, someone presses Ctrl-C, a build was killed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.own_project import copy_project

from nestforge.assemble.write_package import CannotWrite, building, write_package

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = {"config.yaml": b"before", "docs/index.md": b"before"}
AFTER = {"config.yaml": b"after", "docs/index.md": b"after", "docs/new.md": b"after"}


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_package(tmp_path, BEFORE, "service-1.tar.gz", b"first")
    return tmp_path


def test_the_new_package_takes_the_place_of_the_old_one(written: Path) -> None:
    write_package(written, AFTER, "service-2.tar.gz", b"second")
    assert content(written / "package") == AFTER
    assert sorted(p.name for p in written.iterdir()) == ["package", "service-2.tar.gz"]


@pytest.mark.parametrize("renames", [0, 1])
def test_ctrl_c_while_the_folders_change_places_leaves_the_old_one(
    written: Path, renames: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    rename = os.rename

    def interrupted(source: str, target: str) -> None:
        if len(done) == renames:
            monkeypatch.undo()
            raise KeyboardInterrupt
        done.append(target)
        rename(source, target)

    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_package(written, AFTER, "service-2.tar.gz", b"second")
    assert content(written) == {
        **{f"package/{path}": data for path, data in BEFORE.items()},
        "service-1.tar.gz": b"first",
    }


def test_what_a_killed_build_left_is_swept_away(written: Path) -> None:
    (written / ".package-killed" / "package").mkdir(parents=True)
    write_package(written, AFTER, "service-2.tar.gz", b"second")
    assert not (written / ".package-killed").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file")
    with pytest.raises(CannotWrite, match="build: File exists") as cannot, building(tmp_path / "build"):
        pass
    assert f"move {tmp_path / 'build'} away" in str(cannot.value.help)
    assert "from before" not in str(cannot.value.help)


def run(project: Path, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run `nestforge build`, in which no file may grow beyond `largest` bytes: what a full disk does."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    command = [sys.executable, "-B", "-m", "nestforge", "build", "--project", str(project)]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)


def test_a_full_disk_keeps_the_package_from_before(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert run(project).returncode == 0
    before = content(project / "build" / "package")
    strings = project / "i18n" / "en-US" / "strings.yaml"
    strings.write_text(strings.read_text(encoding="utf-8").replace("Inference engine", "Engine"), encoding="utf-8")
    failed = run(project, largest=20_000)
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"error: cannot write the package below {project / 'build'}: File too large")
    assert "the package from before is untouched" in failed.stderr
    assert content(project / "build" / "package") == before
    assert not list((project / "build").glob(".package-*"))
    assert run(project).returncode == 0
    assert content(project / "build" / "package") != before


def test_a_full_disk_at_the_first_build_leaves_no_half_package(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert run(project, largest=20_000).returncode == 1
    assert not (project / "build" / "package").exists()
