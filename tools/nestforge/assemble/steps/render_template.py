"""Render a ROS template, and check that what came out is YAML."""

from __future__ import annotations

from nestforge.assemble.layout import template_path
from nestforge.assemble.rendered_root import rendered_root
from nestforge.model.build import Made, span_of_origin
from nestforge.model.diagnostic import Diagnostic
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.yaml_file import syntax_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build, Origin
    from nestforge.model.service import Edition


def render_template(build: Build, edition: Edition) -> Made:
    """Render the template of an edition with the catalogs, the texts and the scripts."""
    from nestforge.assemble.context import template_context  # loads Jinja2: only what changed is rendered
    from nestforge.assemble.renderer import Renderer, Rendering
    from nestforge.assemble.texts import TextLookup

    texts = TextLookup(build.project)
    path = template_path(edition)
    try:
        text, origins = Renderer(build.project.files).render(
            f"ros_templates/{edition.template}", template_context(build, texts)
        )
    except Rendering as stopped:
        return Made(texts_used=frozenset(texts.used), diagnostics=stopped.diagnostics)
    return Made({path: text.encode()}, {path: origins}, frozenset(texts.used), _yaml_faults(path, text, origins))


def _yaml_faults(path: str, text: str, origins: tuple[Origin, ...]) -> tuple[Diagnostic, ...]:
    try:
        rendered_root(text)
    except YAMLError as error:
        fault = syntax_error(text, path, error)
        span = span_of_origin(origins, path, fault.span.line, fault.span.column)
        message = f"the rendered template is not YAML: {fault.message}"
        return (Diagnostic(span, "R2005", "renders-invalid-yaml", message, fault.help),)
    return ()
