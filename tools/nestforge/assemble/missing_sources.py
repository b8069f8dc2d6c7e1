"""The files that a project must have because of what service.yaml says."""

from __future__ import annotations

from nestforge.assemble.image_build import SCRIPT
from nestforge.assemble.near_path import near_path
from nestforge.model.diagnostic import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.project import Project

ROLES = ("master", "worker")


def missing_sources(project: Project) -> list[Diagnostic]:
    """Return a finding for each file that is not there, at the place in service.yaml that asks for it."""
    return [
        Diagnostic(
            project.span("service", *way),
            "R2006",
            "missing-source",
            f"there is no file '{path}', which {reason}",
            near_path(path, project.files) or "write it, or change what names it",
        )
        for path, way, reason in _wanted(project)
        if path not in project.files
    ]


def _wanted(project: Project) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Yield the path of each file that is needed, the way to what asks for it, and why."""
    service = project.service
    for index, edition in enumerate(service.editions):
        way = ("editions", index)
        yield f"ros_templates/{edition.template}", (*way, "template"), "is this edition's template"
        yield f"ros_templates/diagrams/{edition.diagram}", (*way, "diagram"), "is this edition's diagram"
    for locale in service.locales:
        path = f"i18n/{locale.id}/docs/{service.document}.md.j2"
        yield path, ("document",), f"is the document in {locale.id}"
    engines: set[str] = set()
    for index, offered in enumerate(project.catalog.engines):
        if offered.engine.id not in engines:
            engines.add(offered.engine.id)
            for role in ROLES:
                path = f"scripts/{offered.engine.id}/{role}.sh"
                yield path, ("offer", "engines", index), f"starts {offered.engine.label} on the {role}"
    yield SCRIPT, ("image_build",), "builds the image of each model"
