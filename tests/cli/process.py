"""The command as a process of its own, and a project for it to work on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = ("alibaba_cloud_", "alibabacloud_", "oss_access_key")


def command(*arguments: str) -> list[str]:
    """Return how the command is started."""
    return [sys.executable, "-m", "nestforge", *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without proxies and without anybody's credentials, nor a network to ask for some."""
    kept = {n: v for n, v in os.environ.items() if not n.lower().startswith(HIDDEN) and "proxy" not in n.lower()}
    return {**kept, "HOME": str(home), "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "PYTHONUTF8": "1", **more}


def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the project, its standard input closed."""
    return subprocess.run(
        command(*arguments),
        cwd=project,
        env=environment(project, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
