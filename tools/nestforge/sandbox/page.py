"""The page that a browser gets: what is on the sandbox, to read only."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.store import ServiceVersion, Store

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .8rem .4rem 0;
border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); vertical-align: top }
code { overflow-wrap: anywhere }
"""


def page_of(store: Store) -> str:
    """Return the HTML page: the services with their versions, and the last calls."""
    services = "".join(_service_row(store, service) for service in store.services())
    calls = "".join(
        f"<tr><td>{escape(time)}<td><code>{escape(action)}</code><td>{status}"
        for time, action, status, _, _ in reversed(store.calls()[-40:])
    )
    nothing = "<p>Nothing has been published yet: run <code>make publish</code>."
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>nestforge sandbox</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{_STYLE}</style><h1>Sandbox</h1><h2>Services</h2>"
        + (
            f"<table><tr><th>Service<th>Version<th>Status<th>Templates and files{services}</table>"
            if services
            else nothing
        )
        + f"<h2>Last calls</h2><table><tr><th>Time<th>Action<th>Status{calls}</table></html>\n"
    )


def _service_row(store: Store, service: ServiceVersion) -> str:
    infos = service.fields.get("ServiceInfos")
    names = [str(info.get("Name")) for info in infos] if isinstance(infos, list) else []
    tags = "".join(
        f"<br><code>{escape(name)}={escape(value)}</code>"
        for name, value in store.tags("service", service.service_id).items()
    )
    shown = "<br>".join(escape(name) for name in names)
    return (
        f"<tr><td>{shown}<br><code>{escape(service.service_id)}</code>{tags}"
        f"<td>{escape(service.version)}<br>{escape(str(service.fields.get('VersionName', '')))}"
        f"<td>{escape(service.settles_as or service.status)}"
        f"<td><code>{escape(str(service.fields.get('DeployMetadata', ''))[:600])}</code>"
    )
