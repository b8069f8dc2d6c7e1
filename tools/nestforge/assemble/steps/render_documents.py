"""Render the service document and the diagrams in each language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.assemble.context import document_context
from nestforge.assemble.layout import MKDOCS, diagram_path, document_diagram_path, document_path
from nestforge.assemble.renderer import Renderer, Rendering
from nestforge.assemble.texts import TextLookup

if TYPE_CHECKING:
    from nestforge.model.build import Build


# MkDocs would number the Chinese headings; with this its anchors are those of GitHub, which the links name.
CHINESE_ANCHORS = """\
markdown_extensions:
  - toc:
      slugify: !!python/name:markdown.extensions.toc.slugify_unicode
"""


def render_documents(build: Build) -> Build:
    """Render `i18n/<locale>/docs/<document>.md.j2` and each edition's diagram, once per language."""
    service = build.project.service
    renderer = Renderer(build.project.files)
    texts = TextLookup(build.project)
    for locale in service.locales:
        context = document_context(build, texts, locale.id)
        wanted = {document_path(service, locale.id): f"i18n/{locale.id}/docs/{service.document}.md.j2"}
        for edition in service.editions:
            source = f"ros_templates/diagrams/{edition.diagram}"
            wanted[document_diagram_path(service, edition, locale.id)] = source
            if locale == service.locales[0]:
                wanted[diagram_path(edition)] = source
        for path, source in wanted.items():
            try:
                text, origins = renderer.render(source, context)
            except Rendering as stopped:
                build = build.with_diagnostics(*stopped.diagnostics)
                continue
            build = replace(
                build,
                files={**build.files, path: text.encode()},
                origins={**build.origins, path: origins},
            )
    title = texts.one("service.name", service.locales[0].id)
    site = f"site_name: {title}\ntheme:\n  name: aliyuncomputenest\n{CHINESE_ANCHORS}"
    build = build.with_files({MKDOCS: site.encode()})
    return replace(build, texts_used=build.texts_used | texts.used)
