"""Where each file of the package stands: the layout that Compute Nest's own command line imports."""

from __future__ import annotations

import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.service import Edition, Service

CONFIG = ".computenest/config.yaml"
MANIFEST = "manifest.json"
MKDOCS = "mkdocs.yml"
_TEMPLATES = ".computenest/ros_templates"
_RESOURCES = ".computenest/resources"


def template_path(edition: Edition) -> str:
    """Return the place of an edition's rendered template."""
    return f"{_TEMPLATES}/{edition.template.removesuffix('.j2')}"


def diagram_path(edition: Edition) -> str:
    """Return the place of an edition's architecture diagram, in the default language."""
    return f"{_RESOURCES}/diagrams/{edition.diagram.removesuffix('.j2')}"


def icon_path(service: Service) -> str:
    """Return the place of the service's icon."""
    return f"{_RESOURCES}/icons/{posixpath.basename(service.icon)}"


def node_tools_path(service: Service) -> str:
    """Return the place of the archive that the nodes fetch."""
    return f"{_RESOURCES}/artifact_resources/{service.node_tools.name}.tar.gz"


def document_path(service: Service, locale: str) -> str:
    """Return the place of the service document: the default language bare, others with a suffix."""
    return f"docs/{service.document}{_suffix(service, locale)}.md"


def document_diagram_path(service: Service, edition: Edition, locale: str) -> str:
    """Return the place of an edition's diagram as the document of `locale` shows it."""
    stem, ending = posixpath.splitext(edition.diagram.removesuffix(".j2"))
    return f"docs/img/{stem}{_suffix(service, locale)}{ending}"


def document_picture_path(service: Service, name: str, locale: str) -> str:
    """Return the place of a picture that the document of `locale` names."""
    return f"docs/pictures{_suffix(service, locale)}/{name}"


def from_config(path: str) -> str:
    """Return `path` as config.yaml names it: relative to its own folder."""
    return path.removeprefix(".computenest/")


def _suffix(service: Service, locale: str) -> str:
    return "" if locale == service.locales[0].id else f"-{locale.partition('-')[0]}"
