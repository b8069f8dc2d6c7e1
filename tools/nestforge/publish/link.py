"""The address under which buyers deploy a service."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def deployment_link(console: str, region: str, service_id: str) -> str:
    """Return the link; it differs per target and exists only once the service does."""
    query = urlencode({"type": "user", "ServiceId": service_id})
    return f"{console.rstrip('/')}/service/instance/create/{quote(region)}?{query}"
