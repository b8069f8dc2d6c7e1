"""ListServices: the services of this supplier, by exact tags and filters, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import invalid
from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.store import ServiceVersion

_SHOWN = (
    "ApprovalType",
    "DeployType",
    "ServiceType",
    "ShareType",
    "TenantType",
    "VersionName",
    "ResourceGroupId",
)
_INFO = ("Image", "Locale", "Name", "ShortDescription")


def list_services(call: Call) -> dict[str, object]:
    """Answer one row per service, or per version with AllVersions."""
    p = call.parameters
    p.required("RegionId")
    wanted = p.tags()
    rows: list[ServiceVersion] = []
    for service_id in dict.fromkeys(s.service_id for s in call.store.services()):
        tags = call.store.tags("service", service_id)
        if all(tags.get(name) == value for name, value in wanted.items()):
            versions = call.store.services(service_id)
            rows += versions if p.flag("AllVersions") else [call.service(service_id)]
    rows = [s for s in rows if all(_passes(s, name, values) for name, values in p.filters().items())]
    shown, more = page(rows, p)
    return {
        "Services": [_show(call, service) for service in shown],
        "TotalCount": len(rows),
        **more,
    }


def _passes(service: ServiceVersion, name: str, values: list[str]) -> bool:
    infos = service.fields.get("ServiceInfos")
    known = {
        "ServiceId": [service.service_id],
        "Status": [service.status],
        "SupplierName": ["sandbox"],
        "Name": [info["Name"] for info in infos] if isinstance(infos, list) else [],
    }
    if name not in known:
        raise invalid("Filter", f"there is no filter '{name}'.")
    return bool(set(known[name]) & set(values))


def _show(call: Call, service: ServiceVersion) -> dict[str, object]:
    versions = call.store.services(service.service_id)
    infos = service.fields.get("ServiceInfos")
    return {
        **{name: service.fields[name] for name in _SHOWN if name in service.fields},
        "ServiceId": service.service_id,
        "Version": service.version,
        "Status": service.settles_as or service.status,
        "DefaultVersion": service.default,
        "HasDraft": any(v.version == DRAFT for v in versions),
        "HasBeta": any(v.status == "Beta" for v in versions),
        "CreateTime": service.created,
        "UpdateTime": service.updated,
        "PublishTime": service.published or None,
        "SupplierName": "sandbox",
        "ServiceInfos": [
            {name: info[name] for name in _INFO if name in info} for info in (infos if isinstance(infos, list) else [])
        ],
        "Tags": [{"Key": k, "Value": v} for k, v in call.store.tags("service", service.service_id).items()],
    }
