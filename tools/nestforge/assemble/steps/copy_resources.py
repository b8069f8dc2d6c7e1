"""Put the icon into the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.layout import icon_path

if TYPE_CHECKING:
    from nestforge.model.build import Build


def copy_resources(build: Build) -> Build:
    """Add the icon as it is."""
    service = build.project.service
    return build.with_files({icon_path(service): build.project.binaries[f"service/{service.icon}"]})
