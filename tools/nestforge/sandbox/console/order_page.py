"""The page at a service's deployment link: the buyer's form as the preview has it, and the order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from nestforge.evaluate.template_text import TemplateText, Unreadable
from nestforge.sandbox.console.service_facts import names, templates
from nestforge.sandbox.service_fields import deploy_metadata, template_configs
from nestforge.web.document import document
from nestforge.web.form_data import form_data
from nestforge.web.page import page
from nestforge.web.pictures import picture
from nestforge.web.service_data import DEFAULT_LANGUAGE, card_data, edition_data
from nestforge.web.template_json import template_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.cloud.json_value import Json
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion
    from nestforge.web.document import Document

ENTRY = Path(__file__).parent / "static" / "order.js"


def order_page(call: Call, service_id: str, version: str | None, token: str) -> str:
    """Return the page for one version of a service. Raises ApiError."""
    service = call.service(service_id, version)
    title = next(iter(names(service).values()))
    data = {
        "title": f"{title} {service.service_id} {service.version}",
        "service": {"id": service.service_id, "version": service.version, "status": call.status(service)},
        "token": token,
        "cards": card_data(_infos(service), lambda address: picture(address, lambda url: _content(call, url))),
        "editions": list(_editions(call, service)),
        "instances": {},
        "findings": [],
    }
    return page(str(ENTRY), title, data, _documents(call, service), live=True)


def _infos(service: ServiceVersion) -> Json:
    return cast("Json", service.fields["ServiceInfos"])


def _editions(call: Call, service: ServiceVersion) -> Iterator[dict[str, object]]:
    """Yield the templates that can be read; one that cannot was refused when the service was published."""
    texts = templates(call, service)
    for config in template_configs(deploy_metadata(service)) if texts else []:
        text = texts.get(str(config["Name"]))
        try:
            template = TemplateText(text or "").template
        except Unreadable:
            continue
        facts = {"path": "", "form": form_data(template), "template": template_json(template)}
        yield {**edition_data(cast("dict[str, Json]", config)), **facts}


def _documents(call: Call, service: ServiceVersion) -> list[Document]:
    """Return the documents that the service's texts lead to."""
    found: list[Document] = []
    for place, info in enumerate(cast("list[dict[str, object]]", service.fields["ServiceInfos"])):
        url = str(info.get("LongDescriptionUrl") or "")
        content = _content(call, url)
        if content is not None:
            language = str(info.get("Locale") or DEFAULT_LANGUAGE)
            text = content.decode(errors="replace")
            found.append(document(url, text, language, f"document-{place}-", lambda path: None))
    return found


def _content(call: Call, url: str) -> bytes | None:
    stored = call.object_at(url)
    return stored.content if stored is not None else None
