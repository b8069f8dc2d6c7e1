"""What the console shows of services: their versions, fields, and how versions differ."""

from __future__ import annotations

import json
from difflib import unified_diff
from typing import TYPE_CHECKING, cast

from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.service_fields import deploy_metadata, template_configs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion

LONGEST = 1_000
"""Characters of a line in a difference: a picture in a document is one line of many thousands."""


def service_list(call: Call) -> list[dict[str, object]]:
    """Return the services, each with its versions, the newest first."""
    identities = dict.fromkeys(service.service_id for service in call.store.services())
    return [
        {
            "id": identity,
            "names": names(versions[-1]),
            "tags": call.store.tags("service", identity),
            "versions": [_version(call, version) for version in reversed(versions)],
        }
        for identity in identities
        if (versions := call.store.services(identity))
    ]


def service_page(call: Call, service_id: str, version: str | None) -> dict[str, object]:
    """Return one version with its fields, and how it differs from the one before. Raises ApiError."""
    service = call.service(service_id, version)
    versions = call.store.services(service_id)
    before = versions[versions.index(service) - 1] if versions.index(service) else None
    return {
        "id": service_id,
        "names": names(service),
        "tags": call.store.tags("service", service_id),
        "version": _version(call, service),
        "versions": [_version(call, other) for other in reversed(versions)],
        "fields": {name: _parsed(value) for name, value in service.fields.items()},
        "before": before.version if before else None,
        "differences": list(_differences(before, service)) if before else [],
        "files": list(_file_differences(call, before, service)) if before else [],
    }


def names(service: ServiceVersion) -> dict[str, str]:
    """Return the service's name by locale."""
    infos = cast("list[dict[str, object]]", service.fields["ServiceInfos"])
    return {str(info["Locale"]): str(info["Name"]) for info in infos}


def templates(call: Call, service: ServiceVersion) -> dict[str, str]:
    """Return the text of each template by its name; one whose file is gone is left out."""
    found: dict[str, str] = {}
    try:
        configs = template_configs(deploy_metadata(service))
    except ApiError:
        return found
    for config in configs:
        stored = call.object_at(str(config.get("Url")))
        if stored is not None:
            found[str(config.get("Name"))] = stored.content.decode(errors="replace")
    return found


def documents(call: Call, service: ServiceVersion) -> dict[str, str]:
    """Return the text of the document in each language; one whose file is gone is left out."""
    found: dict[str, str] = {}
    for info in cast("list[dict[str, object]]", service.fields["ServiceInfos"]):
        stored = call.object_at(str(info.get("LongDescriptionUrl")))
        if stored is not None:
            found[str(info["Locale"])] = stored.content.decode(errors="replace")
    return found


def _version(call: Call, service: ServiceVersion) -> dict[str, object]:
    return {
        "version": service.version,
        "name": service.fields.get("VersionName") or "",
        "status": call.status(service),
        "default": service.default,
        "created": service.created,
        "updated": service.updated,
        "published": service.published,
    }


def _parsed(value: object) -> object:
    """Return what a field holds that travels as JSON text."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _differences(before: ServiceVersion, after: ServiceVersion) -> Iterator[dict[str, object]]:
    one, other = dict(_leaves(before)), dict(_leaves(after))
    for place in sorted(one.keys() | other.keys()):
        if one.get(place) != other.get(place):
            yield {"field": place, "before": one.get(place), "after": other.get(place)}


def _leaves(service: ServiceVersion) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, object]] = [(name, _parsed(value)) for name, value in service.fields.items()]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{place}.{name}", inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", inner) for number, inner in enumerate(value)]
        else:
            yield place, value if isinstance(value, str) else json.dumps(value)


def _file_differences(call: Call, before: ServiceVersion, after: ServiceVersion) -> Iterator[dict[str, str]]:
    for kind, read in (("template", templates), ("document", documents)):
        one, other = read(call, before), read(call, after)
        for name in dict.fromkeys([*other, *one]):
            texts = one.get(name, "").splitlines(), other.get(name, "").splitlines()
            lines = unified_diff(*texts, before.version, after.version, lineterm="")
            if text := "\n".join(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines):
                yield {"kind": kind, "name": name, "difference": text}
