"""Pack what the nodes share into the File artifact that they fetch."""

from __future__ import annotations

from nestforge.assemble.archive import tar_gz
from nestforge.assemble.layout import node_tools_path
from nestforge.model.build import Made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build

FOLDERS = ("scripts/lib/", "scripts/node/")


def pack_node_tools(build: Build) -> Made:
    """Return the archive of `scripts/lib` and `scripts/node`: too large for a command, the same on all nodes."""
    files = build.project.files
    tools = {path.removeprefix("scripts/"): files[path].encode() for path in files if path.startswith(FOLDERS)}
    return Made({node_tools_path(build.project.service): tar_gz(tools)})
