"""Gives each test of publishing a desk with a sandbox of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SandboxUnderTest


@pytest.fixture
def desk(sandbox: SandboxUnderTest, tmp_path: Path) -> Desk:
    """Give a desk with the small package, nothing published."""
    return Desk(sandbox, tmp_path / "project")


@pytest.fixture
def online(desk: Desk) -> Desk:
    """Give a desk whose package is online as version 1."""
    desk.publish()
    return desk
