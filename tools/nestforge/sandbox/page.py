"""The page that a browser gets: what is on the sandbox, to read only."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nestforge.sandbox.account import REGION
from nestforge.sandbox.service_fields import names_of
from nestforge.sandbox.settings import pending_reads
from nestforge.sandbox.settling import current

if TYPE_CHECKING:
    from nestforge.sandbox.records import LoggedCall, ServiceVersion
    from nestforge.sandbox.store import Store

_CALLS_SHOWN = 40
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
code { overflow-wrap: anywhere }
"""


def deployment_path(service_id: str) -> str:
    """Return the path of a service's deployment link; on Alibaba Cloud it is the console's."""
    return f"/service/instance/create/{REGION}?type=user&ServiceId={quote(service_id)}"


def page_of(store: Store, service_id: str | None = None) -> str:
    """Return the HTML page: the services with their versions, or one of them, and the last calls."""
    reads = pending_reads(store)
    services = "".join(_service_row(store, service, reads) for service in store.services(service_id))
    calls = "".join(map(_call_row, reversed(store.calls(_CALLS_SHOWN))))
    nothing = "<p>Nothing has been published yet: run <code>make publish</code>."
    table = f"<table><thead><tr><th>Service<th>Version<th>Status<th>Changed<th>Deployment link<tbody>{services}</table>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>nestforge sandbox</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>Sandbox</h1><h2>Services</h2>{table if services else nothing}"
        f"<h2>Last calls</h2><table><thead><tr><th>Time<th>Action<th>Answer<tbody>{calls}</table></body></html>\n"
    )


def _service_row(store: Store, service: ServiceVersion, reads: int) -> str:
    names = "<br>".join(escape(name) for name in names_of(service))
    tags = "".join(
        f"<br><code>{escape(name)}={escape(value)}</code>"
        for name, value in store.tags("service", service.service_id).items()
    )
    link = escape(deployment_path(service.service_id))
    return (
        f"<tr><td>{names}<br><code>{escape(service.service_id)}</code>{tags}"
        f"<td>{escape(service.version)}<br>{escape(str(service.fields.get('VersionName', '')))}"
        f"<td>{escape(current(service, reads))}<td>{escape(service.updated)}"
        f'<td><a href="{link}"><code>{link}</code></a>'
    )


def _call_row(call: LoggedCall) -> str:
    answer = f"{call.status} {call.refusal}".rstrip()
    return f"<tr><td>{escape(call.time)}<td><code>{escape(call.action)}</code><td>{escape(answer)}"
