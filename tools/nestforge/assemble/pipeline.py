"""The steps from the sources to a package, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.missing_sources import missing_sources
from nestforge.assemble.steps.configure_service import configure_service
from nestforge.assemble.steps.copy_resources import copy_resources
from nestforge.assemble.steps.list_manifest import list_manifest
from nestforge.assemble.steps.pack_node_tools import pack_node_tools
from nestforge.assemble.steps.render_documents import render_documents
from nestforge.assemble.steps.render_templates import render_templates
from nestforge.model.build import Build

if TYPE_CHECKING:
    from nestforge.model.project import Project

STEPS = (
    pack_node_tools,
    render_templates,
    render_documents,
    copy_resources,
    configure_service,
    list_manifest,
)


def assemble(project: Project, inputs: str) -> Build:
    """Return the package of `project`, made from `inputs`; what is wrong with it is in its diagnostics."""
    build = Build(project, inputs).with_diagnostics(*missing_sources(project))
    if build.diagnostics:
        return build
    for step in STEPS:
        build = step(build)
    return build
