"""The fields of a service: how they are checked when they come in, and shown when they go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import invalid, missing, not_found

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.store import ServiceVersion

_JSON = (
    "DeployMetadata",
    "OperationMetadata",
    "AlarmMetadata",
    "LicenseMetadata",
    "LogMetadata",
    "UpgradeMetadata",
)
_PLAIN = (
    "VersionName",
    "PolicyNames",
    "BuildParameters",
    "ResourceGroupId",
    "SourceServiceId",
    "SourceServiceVersion",
)
_NUMBERS = ("Duration", "TrialDuration")
_FLAGS = ("IsSupportOperated", "Resellable")
# Enumerations as the SDK's docstrings give them.
_ENUMS = {
    "DeployType": ("ros", "terraform", "ack", "spi", "operation", "container", "pkg"),
    "ServiceType": ("private", "managed", "operation", "poc"),
    "ShareType": ("Public", "Restricted", "OnlyFormalRestricted", "OnlyTrailRestricted", "Hidden"),
    "ApprovalType": ("Manual", "AutoPass"),
    "TenantType": ("SingleTenant", "MultiTenant"),
}
_LOCALES = ("zh-CN", "en-US")
_URL_FIELDS = ("Url", "ArchitectureDiagramUrl")
_RELATIONS = (
    "ArtifactRelation",
    "FileArtifactRelation",
    "AcrImageArtifactRelation",
    "HelmChartArtifactRelation",
)


def read_fields(call: Call) -> dict[str, object]:
    """Return the fields that the request gives, checked; what it does not give is absent."""
    p = call.parameters
    fields: dict[str, object] = {name: v for name in _PLAIN if (v := p.text(name)) is not None}
    fields |= {name: v for name, known in _ENUMS.items() if (v := p.one_of(name, known)) is not None}
    fields |= {name: v for name in _JSON if (v := p.json_text(name)) is not None}
    fields |= {name: p.number(name, 1, 10**9) for name in _NUMBERS if p.text(name) is not None}
    fields |= {name: p.flag(name) for name in _FLAGS if p.text(name) is not None}
    if infos := p.objects("ServiceInfo"):
        _check_infos(call, infos)
        fields["ServiceInfos"] = infos
    if "DeployMetadata" in fields:
        _check_deployment(call, json.loads(str(fields["DeployMetadata"])))
    return fields


def check_complete(fields: dict[str, object]) -> None:
    """Raise ApiError where a new service lacks what every service has."""
    for name, parameter in (
        ("ServiceInfos", "ServiceInfo"),
        ("DeployType", "DeployType"),
        ("ServiceType", "ServiceType"),
    ):
        if name not in fields:
            raise missing(parameter)
    if "DeployMetadata" not in fields:
        raise missing("DeployMetadata")


def show_fields(service: ServiceVersion) -> dict[str, object]:
    """Return the fields as GetService answers them."""
    return {
        **service.fields,
        "ServiceId": service.service_id,
        "Version": service.version,
        "Status": service.status,
        "CreateTime": service.created,
        "UpdateTime": service.updated,
        "PublishTime": service.published or None,
        "RegistrationId": service.registration_id or None,
    }


def _check_infos(call: Call, infos: list[dict[str, object]]) -> None:
    locales = [info.get("Locale", "zh-CN") for info in infos]
    if len(set(map(str, locales))) != len(locales):
        raise invalid("ServiceInfo", "a locale is given twice.")
    for number, info in enumerate(infos, 1):
        place = f"ServiceInfo.{number}"
        if info.setdefault("Locale", "zh-CN") not in _LOCALES:
            raise invalid(f"{place}.Locale", f"'{info['Locale']}' is not one of {', '.join(_LOCALES)}.")
        name, description = str(info.get("Name", "")), str(info.get("ShortDescription", ""))
        if not 3 <= len(name) <= 200:
            raise invalid(f"{place}.Name", "it must have 3 to 200 characters.")
        if description and not 10 <= len(description) <= 500:
            raise invalid(f"{place}.ShortDescription", "it must have 10 to 500 characters.")
        for field in ("Image", "LongDescriptionUrl"):
            _check_object(call, f"{place}.{field}", info.get(field))


def _check_deployment(call: Call, metadata: dict[str, object]) -> None:
    supplier = metadata.get("SupplierDeployMetadata")
    supplier = supplier if isinstance(supplier, dict) else {}
    configs = metadata.get("TemplateConfigs") or supplier.get("SupplierTemplateConfigs")
    if not isinstance(configs, list) or not configs:
        raise invalid("DeployMetadata", "it has no TemplateConfigs.")
    names = [config.get("Name") for config in configs if isinstance(config, dict)]
    if len(names) != len(configs) or not all(names) or len(set(names)) != len(names):
        raise invalid("DeployMetadata", "each of TemplateConfigs needs a Name of its own.")
    for config in configs:
        if not config.get("Url"):
            raise invalid("DeployMetadata", f"the template {config['Name']} has no Url.")
        for field in _URL_FIELDS:
            _check_object(call, f"DeployMetadata.TemplateConfigs.{field}", config.get(field))
    for relation in _RELATIONS:
        for token, wanted in (supplier.get(relation) or {}).items():
            _check_artifact(call, f"{relation}.{token}", wanted)


def _check_object(call: Call, place: str, url: object) -> None:
    """A URL of the sandbox's own bucket must lead to an object; others are not looked at."""
    if url and call.object_at(str(url)) is None and ".aliyuncs.com/" in str(url):
        raise not_found("Object", f"{url} (of {place})")


def _check_artifact(call: Call, place: str, wanted: object) -> None:
    if not isinstance(wanted, dict) or not wanted.get("ArtifactId"):
        raise invalid("DeployMetadata", f"{place} has no ArtifactId.")
    version = str(wanted.get("ArtifactVersion") or "") or None
    artifact = call.artifact(str(wanted["ArtifactId"]), version)
    if artifact.version != "draft" and artifact.status != "Available":
        raise invalid("DeployMetadata", f"{place}: version {artifact.version} is {artifact.status}.")
