"""The steps from the sources to a package, in order."""

from __future__ import annotations

from functools import partial

from nestforge.assemble.missing_sources import missing_sources
from nestforge.assemble.remembered import AFRESH
from nestforge.assemble.steps.configure_service import configure_service
from nestforge.assemble.steps.copy_resources import copy_resources
from nestforge.assemble.steps.describe_site import describe_site
from nestforge.assemble.steps.list_manifest import list_manifest
from nestforge.assemble.steps.pack_node_tools import pack_node_tools
from nestforge.assemble.steps.render_document import render_document
from nestforge.assemble.steps.render_template import render_template
from nestforge.model.build import Build, Made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.assemble.remembered import Remembered
    from nestforge.model.project import Project
    from nestforge.model.service import Service


def steps(service: Service) -> Iterator[tuple[str, Callable[[Build], Made]]]:
    """Yield each step with its name. A step is pure: what it returns follows from what it looks at in the build."""
    yield "pack node tools", pack_node_tools
    for edition in service.editions:
        yield f"render template {edition.name}", partial(render_template, edition=edition)
    for locale in service.locales:
        yield f"render document {locale.id}", partial(render_document, locale=locale.id)
    yield "describe site", describe_site
    yield "copy resources", copy_resources
    yield "configure service", configure_service


def assemble(project: Project, inputs: str, remembered: Remembered = AFRESH) -> Build:
    """Return the package of `project`, made from `inputs`; what is wrong with it is in its diagnostics."""
    build = Build(project, inputs).with_made(Made(diagnostics=tuple(missing_sources(project))))
    if build.diagnostics:
        return build
    for name, step in steps(project.service):
        build = build.with_made(remembered.step(name, build, step))
    return build.with_made(list_manifest(build))  # it looks at everything
