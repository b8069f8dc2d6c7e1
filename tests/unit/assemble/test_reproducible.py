from __future__ import annotations

import json
import os
import shutil
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


def a_locale(folder: Path) -> dict[str, str]:
    """Return the settings of a locale that is neither C nor UTF-8, which `localedef` makes in `folder`.

    On a system without the sources of locales, of one that `locale -a` has beyond C; else of one that is not
    there, which Python takes for C.
    """
    made = "zh_CN.GB18030"
    command = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(folder / made)]
    if shutil.which("localedef") and subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return {"LC_ALL": made, "LOCPATH": str(folder)}
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    other = [name for name in listed if not name.startswith(("C", "POSIX"))]
    return {"LC_ALL": other[-1] if other else made}


def test_the_bytes_do_not_depend_on_folder_locale_time_zone_or_umask(tmp_path: Path) -> None:
    first = built(copy_project(tmp_path / "one"), 0o022, LC_ALL="C", TZ="UTC", PYTHONUTF8="1")
    # Without its UTF-8 mode Python reads and writes in the encoding of the locale, unless it is told one.
    as_the_locale_has_it = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    settings: list[tuple[int, dict[str, str]]] = [
        (0o077, {**a_locale(tmp_path), "LANG": "de_DE.UTF-8", "TZ": "Asia/Shanghai"}),
        (0o002, {"LC_ALL": "", "LC_CTYPE": "POSIX", "LANG": "tr_TR.ISO-8859-9", "TZ": "America/St_Johns"}),
    ]
    for number, (umask, environment) in enumerate(settings):
        other = copy_project(tmp_path / f"deep er {number}")
        assert built(other, umask, **as_the_locale_has_it, **environment) == first


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
