"""ListServices: the services of this supplier, by exact tags and filters, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nestforge.sandbox.paging import page
from nestforge.sandbox.records import DRAFT
from nestforge.sandbox.service_fields import names_of

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion

_SHOWN = (
    "ApprovalType",
    "DeployType",
    "ServiceType",
    "ShareType",
    "TenantType",
    "VersionName",
    "ResourceGroupId",
    "SourceServiceId",
    "SourceServiceVersion",
    "ServiceLocaleConfigs",
)
_INFO = ("Image", "Locale", "Name", "ShortDescription")
_FILTERS = ("ServiceId", "Name", "Version", "Status", "SupplierName")  # Version: as computenest-cli sends it


def list_services(call: Call) -> dict[str, object]:
    """Answer the default version of each service, or each version with AllVersions."""
    p = call.parameters
    wanted, every = p.tags(), p.flag("AllVersions")
    filters = p.filters("Filter", "Value", _FILTERS)
    rows: list[ServiceVersion] = []
    for service_id in dict.fromkeys(s.service_id for s in call.store.services()):
        if wanted.items() <= call.store.tags("service", service_id).items():
            rows += call.store.services(service_id) if every else [call.service(service_id)]
    if group := p.text("ResourceGroupId"):
        rows = [s for s in rows if s.fields.get("ResourceGroupId") == group]
    rows = [s for s in rows if all(set(values) & set(_values(call, s, name)) for name, values in filters.items())]
    shown, more = page(rows, p)
    return {"Services": [_show(call, s) for s in shown], **more}


def _values(call: Call, service: ServiceVersion, name: str) -> list[str]:
    """Return what a filter compares with. Whether the cloud compares names exactly is not documented [assumed]."""
    match name:
        case "ServiceId":
            return [service.service_id]
        case "Version":
            return [service.version]
        case "Status":
            return [call.status(service)]
        case "SupplierName":
            return ["sandbox"]
        case _:
            return names_of(service)


def _show(call: Call, service: ServiceVersion) -> dict[str, object]:
    service = call.look_at_service(service)
    versions = call.store.services(service.service_id)
    infos = cast("list[dict[str, object]]", service.fields["ServiceInfos"])
    return {
        **{name: service.fields[name] for name in _SHOWN if name in service.fields},
        "ServiceId": service.service_id,
        "Version": service.version,
        "Status": service.status,
        "DefaultVersion": service.default,
        "HasDraft": any(v.version == DRAFT for v in versions),
        "HasBeta": any(v.status == "Beta" for v in versions),
        "CreateTime": service.created,
        "UpdateTime": service.updated,
        "PublishTime": service.published or None,
        "SupplierName": "sandbox",
        "ServiceInfos": [{name: info[name] for name in _INFO if name in info} for info in infos],
        "Tags": [{"Key": k, "Value": v} for k, v in call.store.tags("service", service.service_id).items()],
    }
