"""What machines reach of the cloud itself: metadata, signals and stored objects, each at its address in every VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from nestforge.rehearse.network import metadata, signals
from nestforge.rehearse.network.certificates import serving_context, trusting
from nestforge.rehearse.network.metadata import Metadata
from nestforge.rehearse.network.signals import Signals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nestforge.rehearse.network.router import Router

STORAGE = "100.118.28.1"
"""Of the range that the cloud has for its own services (100.64.0.0/10); which one OSS has differs by region."""

_HTTP, _HTTPS = 80, 443
ADDRESSES = ((metadata.ADDRESS, _HTTP), (signals.ADDRESS, _HTTP), (STORAGE, _HTTP), (STORAGE, _HTTPS))


class Services:
    """The services of one run. `storage_names` are the names of buckets within the cloud."""

    def __init__(self, storage_names: Sequence[str]) -> None:
        self.signals = Signals()
        self.names: Mapping[str, str] = dict.fromkeys(storage_names, STORAGE)
        self._context, authority = serving_context(storage_names)
        self.bundles = trusting(authority)
        self._runners: dict[Router, list[web.AppRunner]] = {}
        self._storage: Callable[[], web.Application] | None = None
        self._storage_runners: dict[Router, web.AppRunner] = {}

    async def open(self, router: Router, facts_of: Callable[[str], Mapping[str, object] | None]) -> None:
        """Answer at a router; `facts_of` gives what the metadata of the machine at an address is."""
        opened = self._runners[router] = []
        opened.append(await self._serve(router, Metadata(facts_of).application(), metadata.ADDRESS))
        opened.append(await self._serve(router, self.signals.application(), signals.ADDRESS))
        await self._open_storage(router)

    async def close(self, router: Router) -> None:
        """Answer at a router no more."""
        runners = self._runners.pop(router, [])
        for runner in [*runners, self._storage_runners.pop(router, None)]:
            if runner is not None:
                await runner.cleanup()

    async def open_storage(self, storage: Callable[[], web.Application]) -> None:
        """Answer for the buckets too, at all routers that there are and at those to come."""
        self._storage = storage
        for router in list(self._runners):
            await self._open_storage(router)

    async def close_storage(self) -> None:
        """Answer for the buckets no more."""
        self._storage = None
        while self._storage_runners:
            await self._storage_runners.popitem()[1].cleanup()

    async def _open_storage(self, router: Router) -> None:
        if self._storage is not None and router not in self._storage_runners:
            self._storage_runners[router] = await self._serve(router, self._storage(), STORAGE)

    async def _serve(self, router: Router, application: web.Application, address: str) -> web.AppRunner:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        try:
            await runner.setup()
            for known, port in ADDRESSES:
                if known == address:
                    secure = self._context if port == _HTTPS else None
                    await web.SockSite(runner, router.listen(address, port), ssl_context=secure).start()
        except BaseException:
            await runner.cleanup()
            raise
        return runner
