from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.own_project import copy_project

if TYPE_CHECKING:
    from pathlib import Path


def built(root: Path, umask: int, **environment: str) -> tuple[str, dict[str, bytes], dict[str, int]]:
    """Build in a process of its own; return the archive's sha256, the files and their modes."""
    done = subprocess.run(
        [sys.executable, "-m", "nestforge", "build", "--json"],
        cwd=root,
        umask=umask,
        env={**os.environ, "PYTHONHASHSEED": "random", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    files = {p.relative_to(root / "build").as_posix(): p for p in (root / "build" / "package").rglob("*")}
    return (
        json.loads(done.stdout.splitlines()[-1])["sha256"],
        {name: p.read_bytes() for name, p in files.items() if p.is_file()},
        {name: p.stat().st_mode for name, p in files.items()},
    )


def test_the_bytes_do_not_depend_on_folder_locale_time_zone_or_umask(tmp_path: Path) -> None:
    first = built(copy_project(tmp_path / "one"), 0o022, LC_ALL="C", TZ="UTC")
    second = built(copy_project(tmp_path / "two" / "deep er"), 0o077, LC_ALL="C.UTF-8", TZ="Asia/Shanghai")
    assert first == second


def test_nothing_is_rendered_when_nothing_changed_and_everything_when_a_file_was_touched(
    tmp_path: Path,
) -> None:
    root = copy_project(tmp_path / "project")

    def counts() -> tuple[int, int]:
        done = subprocess.run(
            [sys.executable, "-m", "nestforge", "build", "--json"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        report = json.loads(done.stdout)
        return report["rendered"], report["reused"]

    rendered, reused = counts()
    assert rendered > 0
    assert reused == 0
    assert counts() == (0, rendered)
    (root / "build" / "package" / "mkdocs.yml").write_text("edited by hand")
    assert counts() == (rendered, 0)
    script = root / "scripts" / "lib" / "bootstrap.sh"
    script.write_text(script.read_text() + "\n# one line more\n")
    assert counts() == (rendered, 0)
