"""The fields of a service: how they are checked when they come in, and shown when they go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from nestforge.sandbox.errors import invalid, missing
from nestforge.sandbox.records import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion

_JSON = (
    "DeployMetadata",
    "OperationMetadata",
    "AlarmMetadata",
    "LicenseMetadata",
    "LogMetadata",
    "UpgradeMetadata",
    "ComplianceMetadata",
)
_PLAIN = ("VersionName", "PolicyNames", "BuildParameters")
_NUMBERS = {"Duration": 10**9, "TrialDuration": 30}  # seconds; days
_FLAGS = ("IsSupportOperated", "Resellable")
# Enumerations as the SDK's docstrings give them, Create and Update together.
_ENUMS = {
    "DeployType": ("ros", "terraform", "ack", "spi", "operation", "container", "pkg"),
    "ServiceType": ("private", "managed", "operation", "poc"),
    "ShareType": ("Public", "Restricted", "OnlyFormalRestricted", "OnlyTrailRestricted", "Hidden"),
    "ApprovalType": ("Manual", "AutoPass"),
    "TenantType": ("SingleTenant", "MultiTenant"),
}
_LOCALES = ("zh-CN", "en-US")
_RELATIONS = ("ArtifactRelation", "FileArtifactRelation", "AcrImageArtifactRelation", "HelmChartArtifactRelation")
_NEVER_ABSENT = ("ServiceInfos", "ServiceType", "DeployMetadata")
DRY_RUN_RESULT: dict[str, object] = {
    "DryRunResult": {"RolePolicy": {"Policy": '{"Version":"1","Statement":[]}', "MissingPolicy": []}}
}


def read_fields(call: Call) -> dict[str, object]:
    """Return the fields that the request gives, checked; what it does not give is absent."""
    p = call.parameters
    fields: dict[str, object] = {name: p.text(name) for name in _PLAIN}
    fields |= {name: p.one_of(name, known) for name, known in _ENUMS.items()}
    fields |= {name: p.text(name) for name in _JSON if p.json_object(name) is not None}
    fields |= {name: p.number(name, most) for name, most in _NUMBERS.items()}
    fields |= {name: p.flag(name) for name in _FLAGS if p.text(name) is not None}
    if infos := p.objects("ServiceInfo"):
        _check_infos(call, infos)
        fields["ServiceInfos"] = infos
    if (metadata := p.json_object("DeployMetadata")) is not None:
        _check_deployment(call, metadata)
    return {name: value for name, value in fields.items() if value is not None}


def check_complete(fields: dict[str, object]) -> None:
    """Raise ApiError where a new service lacks what every service has. Which those are is [assumed]."""
    for name in _NEVER_ABSENT:
        if name not in fields:
            raise missing(name.replace("ServiceInfos", "ServiceInfo"))


def show_fields(service: ServiceVersion) -> dict[str, object]:
    """Return the fields as GetService answers them."""
    fields = dict(service.fields)
    if "ComplianceMetadata" in fields:  # comes in as text, goes out as an object
        fields["ComplianceMetadata"] = json.loads(str(fields["ComplianceMetadata"]))
    return {
        **fields,
        "ServiceId": service.service_id,
        "Version": service.version,
        "Status": service.status,
        "CreateTime": service.created,
        "UpdateTime": service.updated,
        "PublishTime": service.published or None,
        "RegistrationId": service.registration_id or None,
    }


def names_of(service: ServiceVersion) -> list[str]:
    """Return the service's name in each locale."""
    infos = cast("list[dict[str, object]]", service.fields["ServiceInfos"])
    return [str(info["Name"]) for info in infos]


def deploy_metadata(service: ServiceVersion) -> dict[str, object]:
    """Return what the service deploys."""
    return cast("dict[str, object]", json.loads(str(service.fields["DeployMetadata"])))


def template_configs(metadata: dict[str, object]) -> list[dict[str, object]]:
    """Return the templates of a deployment: the user's, or those of a managed service."""
    supplier = supplier_metadata(metadata)
    configs = metadata.get("TemplateConfigs") or supplier.get("SupplierTemplateConfigs")
    if not isinstance(configs, list) or not configs or not all(isinstance(config, dict) for config in configs):
        raise invalid("DeployMetadata", "it has no TemplateConfigs.")
    return configs


def relations(metadata: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield the place, ArtifactId and ArtifactVersion of every artifact that a deployment names."""
    supplier = supplier_metadata(metadata)
    for relation in _RELATIONS:
        named = supplier.get(relation) or {}
        if not isinstance(named, dict):
            raise invalid("DeployMetadata", f"{relation} is not an object.")
        for token, wanted in named.items():
            place = f"{relation}.{token}"
            if not isinstance(wanted, dict) or not wanted.get("ArtifactId") or not wanted.get("ArtifactVersion"):
                raise invalid("DeployMetadata", f"{place} needs an ArtifactId and an ArtifactVersion.")
            yield place, str(wanted["ArtifactId"]), str(wanted["ArtifactVersion"])


def supplier_metadata(metadata: dict[str, object]) -> dict[str, object]:
    """Return the supplier's own part of a deployment."""
    supplier = metadata.get("SupplierDeployMetadata") or {}
    if not isinstance(supplier, dict):
        raise invalid("DeployMetadata", "SupplierDeployMetadata is not an object.")
    return supplier


def _check_infos(call: Call, infos: list[dict[str, object]]) -> None:
    for number, info in enumerate(infos, 1):
        place = f"ServiceInfo.{number}"
        locale = info.setdefault("Locale", "zh-CN")
        if locale not in _LOCALES:
            raise invalid(f"{place}.Locale", f"'{locale}' is not one of {', '.join(_LOCALES)}.")
        if locale in [other["Locale"] for other in infos[: number - 1]]:
            raise invalid(f"{place}.Locale", f"{locale} is given twice.")
        name, description = str(info.get("Name", "")), str(info.get("ShortDescription", ""))
        if not 3 <= len(name) <= 200:
            raise invalid(f"{place}.Name", f"it has {len(name)} characters, expected 3 to 200.")
        if description and not 10 <= len(description) <= 500:
            raise invalid(f"{place}.ShortDescription", f"it has {len(description)} characters, expected 10 to 500.")
        for field in ("Image", "LongDescriptionUrl"):
            call.check_object(f"{place}.{field}", info.get(field))


def _check_deployment(call: Call, metadata: dict[str, object]) -> None:
    names: set[str] = set()
    for number, config in enumerate(template_configs(metadata)):
        place = f"TemplateConfigs[{number}]"
        if not config.get("Name") or not config.get("Url"):
            raise invalid("DeployMetadata", f"{place} needs a Name and a Url.")
        if str(config["Name"]) in names:
            raise invalid("DeployMetadata", f"{place}: the name {config['Name']} is given twice.")
        names.add(str(config["Name"]))
        for field in ("Url", "ArchitectureDiagramUrl"):
            call.check_object(f"DeployMetadata.{place}.{field}", config.get(field))
    for place, artifact_id, version in relations(metadata):
        artifact = call.artifact(artifact_id, version)
        # A service's draft may name an artifact's draft: computenest-cli does so. It is not fit for review.
        if version != DRAFT and call.status(artifact) != "Available":
            why = f"{place}: version {version} of {artifact_id} is {call.status(artifact)}, expected Available."
            raise invalid("DeployMetadata", why)
