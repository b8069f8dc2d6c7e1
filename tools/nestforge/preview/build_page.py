"""Make the page of what is to be shown."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml import YAMLError

from nestforge import __version__
from nestforge.assemble.layout import CONFIG
from nestforge.preview.capacity_data import capacity_data
from nestforge.sources.compose import compose
from nestforge.web.document import document
from nestforge.web.form_data import form_data, plain
from nestforge.web.page import page
from nestforge.web.pictures import picture
from nestforge.web.service_data import DEFAULT_LANGUAGE, card_data, edition_data
from nestforge.web.shapes import as_list, as_map, as_text
from nestforge.web.template_json import template_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nestforge.cloud.json_value import Json
    from nestforge.model.catalog import Price
    from nestforge.model.project import Project
    from nestforge.preview.material import Material
    from nestforge.sources.template import Template
    from nestforge.web.document import Document

ENTRY = "preview.js"


@dataclass(frozen=True, slots=True)
class Preview:
    """The page as one HTML file, how many templates and documents it shows, and the linter's findings in it."""

    html: str
    editions: int
    documents: int
    findings: list[dict[str, Json]]

    def count(self, severity: str) -> int:
        """Return how many findings are of this severity."""
        return sum(found["severity"] == severity for found in self.findings)


def build_page(material: Material, *, live: str = "") -> Preview:
    """Return the page of what is to be shown; `live`, its version, makes it follow the server that sends it."""
    config = _config(material)
    service = as_map(config.get("Service"))
    editions = list(_editions(material, service))
    documents = _documents(material, service)
    findings: list[dict[str, Json]] = [{**found.facts()} for found in material.findings]
    data: dict[str, object] = {
        "schema": 1,
        "version": __version__,
        "title": material.title,
        "live": live,
        "cards": card_data(service.get("ServiceInfo"), lambda path: picture(_place(path), material.read)),
        "editions": editions,
        "instances": _instances(material.project),
        "capacity": capacity_data(material.project) if material.project is not None else None,
        "findings": [] if editions else findings,
    }
    html = page(ENTRY, material.title, data, documents, live=bool(live))
    return Preview(html, len(editions), len(documents), findings)


def _config(material: Material) -> Mapping[str, Json]:
    try:
        root = compose(material.config or "")
    except YAMLError:  # the linter has said so
        return {}
    return as_map(plain(root))


def _place(path: str) -> str:
    """Return the place in the package of a path as config.yaml has it: relative to its own folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(CONFIG), path))


def _editions(material: Material, service: Mapping[str, Json]) -> Iterator[dict[str, object]]:
    """Yield what config.yaml offers, then the templates that it does not name."""
    left = dict(material.templates)
    deploy = as_map(service.get("DeployMetadata"))
    supplier = as_map(deploy.get("SupplierDeployMetadata"))
    offered = [*as_list(deploy.get("TemplateConfigs")), *as_list(supplier.get("SupplierTemplateConfigs"))]
    for config in map(as_map, offered):
        path = _place(as_text(config.get("Url")))
        template = material.templates.get(path)
        left.pop(path, None)
        if template is not None:
            yield _edition(path, template, config, material)
    for path, template in left.items():
        yield _edition(path, template, {"Name": posixpath.basename(path)}, material)


def _edition(path: str, template: Template, config: Mapping[str, Json], material: Material) -> dict[str, object]:
    others = material.templates.keys() - {path}
    findings: list[Json] = [{**found.facts()} for found in material.findings if found.span.path not in others]
    facts = {"path": path, "form": form_data(template), "template": template_json(template), "findings": findings}
    return {**edition_data(config), **facts}


def _documents(material: Material, service: Mapping[str, Json]) -> list[Document]:
    """Return the documents that the service names, first those; then the others."""
    named = {
        _place(as_text(entry.get("LongDescriptionUrl"))): as_text(entry.get("Locale")) or DEFAULT_LANGUAGE
        for entry in map(as_map, as_list(service.get("ServiceInfo")))
        if entry.get("LongDescriptionUrl")
    }
    order = [
        *(path for path in named if path in material.documents),
        *(p for p in material.documents if p not in named),
    ]
    return [
        document(
            path, material.documents[path], named.get(path) or _language(path), f"document-{place}-", material.read
        )
        for place, path in enumerate(order)
    ]


def _language(path: str) -> str:
    """Return the language of a document by its name: `index-en.md`, `en/index.md`."""
    stem = posixpath.splitext(path)[0]
    return "en-US" if stem.endswith(("-en", "_en", ".en")) or "/en/" in path else DEFAULT_LANGUAGE


def _instances(project: Project | None) -> dict[str, Json]:
    """Return what the catalog knows of the instance types that are offered."""
    if project is None:
        return {}
    machine = project.catalog.machine
    return {
        kind.id: {
            "gpus": kind.gpus,
            "vcpus": kind.vcpus,
            "memory_gib": kind.memory_gib,
            "network_gbps": kind.network_gbps,
            "accelerator": machine.accelerator,
            "gpu_memory_gib": machine.gpu_memory_gib,
            "price": _price(kind.price),
        }
        for kind in project.catalog.instances
    }


def _price(price: Price | None) -> dict[str, Json] | None:
    if price is None:
        return None
    return {
        "currency": price.currency,
        "per_hour": price.per_hour,
        "official": price.official,
        "date": price.date,
        "source": price.source,
    }
