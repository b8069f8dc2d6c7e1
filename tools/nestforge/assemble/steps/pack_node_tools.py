"""Pack what the nodes share into the File artifact that they fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.archive import tar_gz
from nestforge.assemble.layout import node_tools_path

if TYPE_CHECKING:
    from nestforge.model.build import Build

FOLDERS = ("scripts/lib/", "scripts/node/")


def pack_node_tools(build: Build) -> Build:
    """Add the archive of `scripts/lib` and `scripts/node`: too large for a command, the same on all nodes."""
    tools = {
        path.removeprefix("scripts/"): text.encode()
        for path, text in build.project.files.items()
        if path.startswith(FOLDERS)
    }
    return build.with_files({node_tools_path(build.project.service): tar_gz(tools)})
