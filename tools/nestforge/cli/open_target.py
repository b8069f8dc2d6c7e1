"""Open the cloud of a target for a command that needs it to be there already."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.cloud.cloud import Cloud
    from nestforge.model.service import Target


class SandboxNotRunning(NestforgeError):
    """The target is the sandbox, and none runs."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "the sandbox is not running", help="start it: nestforge sandbox start, or publish: nestforge publish"
        )


class NothingBuilt(NestforgeError):
    """There is no package, so it is not known what the service is called."""

    def __init__(self) -> None:
        super().__init__("there is no package in build/package", help="make it: nestforge build")


def open_target(target: Target, root: Path, tell: Callable[[str], None]) -> tuple[Cloud, str]:
    """Return the cloud of the target, and the address of its console. Raises SandboxNotRunning."""
    from nestforge.cloud.access import alibaba_cloud_access, sandbox_access
    from nestforge.cloud.sdk_cloud import open_cloud

    if target.kind != "sandbox":
        return open_cloud(alibaba_cloud_access(target), time.sleep, tell), target.console.rstrip("/")
    from nestforge.sandbox import process

    found = process.running(root / ".nestforge" / "sandbox")
    if found is None:
        raise SandboxNotRunning
    access = sandbox_access(target, found.endpoint, found.access_key_id, found.access_key_secret)
    return open_cloud(access, time.sleep, tell), found.console.rstrip("/")
