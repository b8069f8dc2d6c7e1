"""Render the service document and the diagrams in one language."""

from __future__ import annotations

from nestforge.assemble.layout import diagram_path, document_diagram_path, document_path
from nestforge.model.build import Made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build, Origin
    from nestforge.model.diagnostic import Diagnostic


def render_document(build: Build, locale: str) -> Made:
    """Render `i18n/<locale>/docs/<document>.md.j2`, and each edition's diagram as it shows it; add its pictures."""
    from nestforge.assemble.context import document_context  # loads Jinja2: only what changed is rendered
    from nestforge.assemble.document_pictures import DocumentPictures
    from nestforge.assemble.renderer import Renderer, Rendering
    from nestforge.assemble.texts import TextLookup

    service = build.project.service
    renderer, texts = Renderer(build.project.files), TextLookup(build.project)
    pictures = DocumentPictures(build.project, locale)
    context = document_context(build, texts, pictures)
    wanted = {document_path(service, locale): f"i18n/{locale}/docs/{service.document}.md.j2"}
    for edition in service.editions:
        source = f"ros_templates/diagrams/{edition.diagram}"
        wanted[document_diagram_path(service, edition, locale)] = source
        if locale == service.locales[0].id:
            wanted[diagram_path(edition)] = source
    files: dict[str, bytes] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for path, source in wanted.items():
        try:
            text, origins[path] = renderer.render(source, context)
        except Rendering as stopped:
            diagnostics += stopped.diagnostics
        else:
            files[path] = text.encode()
    return Made(files, origins, frozenset(texts.used), tuple(diagnostics), pictures.asked)
