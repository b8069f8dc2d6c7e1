"""Render the ROS templates, and check that what came out is YAML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.assemble.context import template_context
from nestforge.assemble.layout import template_path
from nestforge.assemble.renderer import Renderer, Rendering
from nestforge.assemble.texts import TextLookup
from nestforge.model.diagnostic import Diagnostic
from nestforge.sources.compose import compose
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.yaml_file import syntax_error

if TYPE_CHECKING:
    from nestforge.model.build import Build


def render_templates(build: Build) -> Build:
    """Render each edition's template with the catalogs, the texts and the scripts."""
    renderer = Renderer(build.project.files)
    texts = TextLookup(build.project)
    context = template_context(build, renderer, texts)
    for edition in build.project.service.editions:
        source = f"ros_templates/{edition.template}"
        path = template_path(edition)
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
        build = _check_yaml(build, path, text)
    return replace(build, texts_used=build.texts_used | texts.used)


def _check_yaml(build: Build, path: str, text: str) -> Build:
    try:
        compose(text)
    except YAMLError as error:
        fault = syntax_error(text, path, error)
        span = build.source_span(path, fault.span.line, fault.span.column)
        message = f"the rendered template is not YAML: {fault.message}"
        return build.with_diagnostics(Diagnostic(span, "R2005", "renders-invalid-yaml", message, fault.help))
    return build
