"""What a template can name."""

from __future__ import annotations

from hashlib import sha256
from shlex import quote
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound

from nestforge.assemble.image_build import image_build_stamp
from nestforge.assemble.layout import document_diagram_path, node_tools_path
from nestforge.assemble.line_marks import marked
from nestforge.assemble.reference_script import reference_script
from nestforge.assemble.script_path import script_path
from nestforge.assemble.shell_settings import engine_settings, node_constants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.assemble.document_pictures import DocumentPictures
    from nestforge.assemble.texts import TextLookup
    from nestforge.model.build import Build


def catalog_context(build: Build) -> dict[str, object]:
    """Return the facts: service, catalogs, and what follows from them."""
    project = build.project
    service, catalog = project.service, project.catalog
    return {
        "service": service,
        "cluster": service.cluster,
        "container": service.container,
        "models": catalog.models,
        "engines": catalog.engines,
        "machine": catalog.machine,
        "instances": catalog.instances,
        "image_builds": {model.id: image_build_stamp(project, model) for model in catalog.models},
    }


def template_context(build: Build, texts: TextLookup) -> Mapping[str, object]:
    """Return what a ROS template can name, in every language at once."""
    project = build.project
    tools = build.files[node_tools_path(project.service)]

    def script(path: str) -> str:
        """Return a script whole, each line marked as its own source line."""
        if path not in project.files:
            raise TemplateNotFound(path)
        return marked(path, project.files[path])

    return {
        **catalog_context(build),
        "text": texts.in_all,
        "text_line": texts.in_one_line,
        "words": texts.words,
        "value_labels": texts.value_labels,
        "script": script,
        "engine_settings": lambda offered: engine_settings(offered, project.catalog.machine, project.service.container),
        "node_constants": {name: quote(value) for name, value in node_constants(project).items()},
        "node_tools_sha256": sha256(tools).hexdigest(),
        "node_tools_placeholder": f"{{{{ computenest::file::{project.service.node_tools.name} }}}}",
    }


def document_context(build: Build, texts: TextLookup, pictures: DocumentPictures) -> Mapping[str, object]:
    """Return what a document or a diagram can name, in the language of its pictures."""
    locale = pictures.locale
    service = build.project.service
    return {
        **catalog_context(build),
        "locale": locale,
        "text": lambda key: texts.one(key, locale),
        "diagrams": {
            edition.name: document_diagram_path(service, edition, locale).removeprefix("docs/")
            for edition in service.editions
        },
        "picture": pictures.address,
        "reference_script": lambda offered, role: reference_script(build.project, offered, role),
        "script_path": lambda name: script_path(build.project, name),
    }
