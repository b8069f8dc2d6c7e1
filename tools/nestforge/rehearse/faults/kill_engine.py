"""The engine crashes, and again whenever it is restarted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.faults.fault import done_on

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World

TIMES = 4
"""One more than the service's scripts let it restart, and the first start."""
LIMIT = 120
"""Seconds to wait for each restart."""

_KILL = f"""
for _ in $(seq {LIMIT * 2}); do
  pid=$(docker inspect --format '{{{{.State.Pid}}}}' "$(docker ps --quiet | head -n 1)" 2>/dev/null)
  [ "${{pid:-0}}" -gt 0 ] && [ "$pid" != "$1" ] && kill -KILL "$pid" && echo "$pid" && exit
  sleep 0.5
done
echo 'no container came up' >&2
exit 1
"""


async def kill_engine(_: World, host: Host) -> None:
    """Kill the container's main process as often as it comes up."""
    before = ""
    for _time in range(TIMES):
        before = (await done_on(host, f"set -- '{before}'\n{_KILL}")).strip()
        await asyncio.sleep(1)
