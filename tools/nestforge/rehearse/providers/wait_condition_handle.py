"""ALIYUN::ROS::WaitConditionHandle: the command by which a host sends a signal."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nestforge.evaluate.made import Made
from nestforge.rehearse.network.signals import ADDRESS

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_VALID = 12 * 3600
"""Seconds: the longest time-out that a wait condition may have."""


@dataclass(frozen=True, slots=True)
class HandleProvider:
    """Opens a mailbox."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Open it; the commands have the form that ROS's documentation shows."""
        handle_id = f"handle-{secrets.token_hex(10)}"
        query = {
            "stackname": wanted.stack_name,
            "stackid": wanted.stack_id,
            "resource": wanted.name,
            "expire": str(int(time.time()) + _VALID),
            "signature": self.world.services.signals.open(handle_id),
        }
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "x-acs-region-id": wanted.region,
        }
        url = f"http://{ADDRESS}/waitcondition?{urlencode(query)}"
        shell = " ".join(f"-H '{name}: {value}'" for name, value in headers.items())
        windows = shell.replace("'", '"')
        power_shell = "; ".join(f'"{name}"="{value}"' for name, value in headers.items() if name != "Content-Type")
        return Made(
            handle_id,
            {
                "CurlCli": f"curl -i -X POST {shell} {url.replace('&', chr(92) + '&')}",
                "WindowsCurlCli": f'curl -i -X POST {windows} "{url}"',
                "PowerShellCurlCli": f"Invoke-RestMethod -Method POST -ContentType application/json "
                f'-Headers @{{{power_shell}}} -Uri "{url}"',
                "URL": url,
                "Headers": dict(headers),
            },
        )

    async def delete(self, resource: StackResource) -> None:
        """Close it."""
        self.world.services.signals.close(resource.physical_id)
