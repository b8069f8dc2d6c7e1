"""A client of the console as a browser would be one, and as one that means ill."""

from __future__ import annotations

import http.client
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest


class ConsoleClient:
    """Asks the console over HTTP; headers that are None are left out."""

    def __init__(self, sandbox: SandboxUnderTest) -> None:
        self.sandbox = sandbox

    def ask(self, method: str, path: str, body: str = "", **headers: str | None) -> tuple[int, dict[str, str], str]:
        """Return status, headers in lower case and text; `_` in a header's name stands for `-`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        connection = http.client.HTTPConnection(self.sandbox.endpoint)
        try:
            connection.request(method, path, body.encode() or None, sent)
            answer = connection.getresponse()
            return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def token(self) -> str:
        """Return the token that the console's page holds."""
        page = self.ask("GET", "/")[2]
        found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
        assert found is not None
        return str(json.loads(found[1])["token"])

    def data(self, what: str, **query: str) -> Any:
        """Return what a page of the console shows."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        status, _, text = self.ask("GET", f"/console/data/{what}?{asked}")
        assert status == 200, text
        return json.loads(text)

    def act(self, act: str, order: dict[str, str], **headers: str | None) -> tuple[int, Any]:
        """Act as the console's page does, but for other `headers`; return status and answer."""
        own = {
            "Content_Type": "application/json",
            "Origin": f"http://{self.sandbox.endpoint}",
            "Sec_Fetch_Site": "same-origin",
            "X_Console_Token": self.token(),
        }
        status, _, text = self.ask("POST", f"/console/{act}", json.dumps(order), **{**own, **headers})
        return status, json.loads(text) if text.startswith("{") else text
