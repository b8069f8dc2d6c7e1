"""The service as a request describes it, and as an answer gives it back: the same shape for both."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from nestforge.publish.desired import Json, templates_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.publish.desired import Desired

_PLAIN = ("DeployType", "ServiceType", "ShareType", "ApprovalType", "TenantType", "VersionName")
_JSON = ("DeployMetadata", "OperationMetadata")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+/[^\s\"?]+")
_RELATIONS = ("ArtifactRelation", "FileArtifactRelation")
_ARTIFACT_KEY = re.compile(r"\$\{Artifact\.(\w+)\.ArtifactId\}")


def definition(desired: Desired, urls: Mapping[str, str], artifacts: Mapping[str, tuple[str, str]]) -> Json:
    """Return the fields of CreateService: local paths become `urls`, artifact keys `artifacts` (id, version)."""
    service = cast("Json", json.loads(json.dumps(desired.service)))
    infos = cast("list[Json]", service["ServiceInfo"])
    for info in infos:
        for field in ("Image", "LongDescriptionUrl"):
            info[field] = urls[str(info[field])]
    for template in templates_of(service):
        for field in ("Url", "ArchitectureDiagramUrl"):
            template[field] = urls[str(template[field])]
    for relation in _relations(service):
        for wanted in relation.values():
            found = _ARTIFACT_KEY.fullmatch(str(wanted["ArtifactId"]))
            if found:
                wanted["ArtifactId"], wanted["ArtifactVersion"] = artifacts[found[1]]
    return {**{name: service[name] for name in (*_PLAIN, *_JSON)}, "ServiceInfo": infos}


def artifact_keys(desired: Desired) -> dict[str, str]:
    """Return, by the token that a template names, the key of the artifact behind it."""
    return {
        token: found[1]
        for relation in _relations(desired.service)
        for token, wanted in relation.items()
        if (found := _ARTIFACT_KEY.fullmatch(str(wanted["ArtifactId"])))
    }


def answered(answer: Json) -> Json:
    """Return the same fields from GetService's answer; what the cloud added is left out."""
    fields: Json = {name: answer.get(name) for name in _PLAIN}
    fields |= {name: json.loads(str(answer.get(name) or "{}")) for name in _JSON}
    infos = cast("list[Json]", answer.get("ServiceInfos") or [])
    known = ("Locale", "Name", "ShortDescription", "Image", "LongDescriptionUrl", "Agreements")
    return {**fields, "ServiceInfo": [{name: info[name] for name in known if name in info} for info in infos]}


def known_urls(answer: Json) -> dict[str, str]:
    """Return, by file name, the addresses that the answer refers to."""
    text = json.dumps(answered(answer), ensure_ascii=False)
    return {url.rpartition("/")[2]: url for url in _ADDRESS.findall(text)}


def known_artifacts(answer: Json, keys: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return, by artifact key, the id and version that the answer's relations name."""
    return {
        keys[token]: (str(given["ArtifactId"]), str(given["ArtifactVersion"]))
        for relation in _relations(answered(answer))
        for token, given in relation.items()
        if token in keys
    }


def on_the_wire(fields: Json) -> Json:
    """Return the fields as a request carries them: nested metadata as JSON text."""
    return {n: json.dumps(v, ensure_ascii=False) if n in _JSON else v for n, v in fields.items()}


def _relations(service: Json) -> list[dict[str, Json]]:
    metadata = cast("Json", service.get("DeployMetadata") or {})
    supplier = cast("Json", metadata.get("SupplierDeployMetadata") or {})
    return [cast("dict[str, Json]", supplier[name]) for name in _RELATIONS if name in supplier]
