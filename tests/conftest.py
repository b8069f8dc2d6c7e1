"""What every test may use: an environment without surprises, and a sandbox of its own."""

from __future__ import annotations

import asyncio
import os
import socket
from collections import Counter
from concurrent.futures import Future
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import pytest

from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET, ADDRESS
from nestforge.sandbox.faults import Fault, parse_fault
from nestforge.sandbox.paper.table import ON_PAPER
from nestforge.sandbox.review import decide
from nestforge.sandbox.server import Sandbox
from nestforge.sandbox.serving import serving
from nestforge.sandbox.settings import set_pending_reads, set_review
from nestforge.sandbox.stacks.provider import Providers
from nestforge.sandbox.sts import TIME

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from nestforge.sandbox.records import LoggedCall
    from nestforge.sandbox.stacks.provider import Provider
    from nestforge.sandbox.store import Store

T = TypeVar("T")

_SURPRISES = ("alibaba_cloud_", "alibabacloud_", "oss_access_key")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No proxy and nobody's credentials: the SDKs honour what they find in the environment. Nobody's cache either."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    for name in list(os.environ):
        if name.lower().startswith(_SURPRISES) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


class SandboxUnderTest:
    """A sandbox in a thread of the test process, on a loopback port that it keeps when restarted."""

    access_key_id = ACCESS_KEY_ID
    access_key_secret = ACCESS_KEY_SECRET

    def __init__(self, state_dir: Path) -> None:
        self.state_dir = state_dir
        self.providers = ON_PAPER
        self.timer: Callable[[float], Awaitable[object]] = asyncio.sleep
        self.now: datetime | None = None
        self._port = 0
        self._start()

    @property
    def endpoint(self) -> str:
        """Host and port."""
        return f"{ADDRESS}:{self._port}"

    @property
    def log(self) -> list[LoggedCall]:
        """Every call that was answered, in order."""
        return self.in_server(lambda store: store.calls())

    @property
    def calls(self) -> list[str]:
        """The actions of the API calls, in order; what went to OSS is not among them."""
        return [call.action for call in self.log if not call.action.endswith("Object")]

    @property
    def uploads(self) -> int:
        """How many objects were stored."""
        return sum(call.action == "PutObject" and call.status == 200 for call in self.log)

    @property
    def downloads(self) -> int:
        """How many objects were read."""
        return sum(call.action == "GetObject" and call.status == 200 for call in self.log)

    def forget_calls(self) -> None:
        """Begin the lists of calls anew."""
        self.in_server(lambda store: store.db.execute("DELETE FROM call").rowcount)

    def inject(self, fault: Fault | str) -> None:
        """Let a call meet a fault; as text it is written as for `sandbox start --fault`."""
        added = parse_fault(fault) if isinstance(fault, str) else fault
        self.in_server(lambda store: store.set_faults([*store.faults(), added]))

    def show_passing_states(self, reads: int) -> None:
        """Show each passing state for so many reads."""
        self.in_server(lambda store: set_pending_reads(store, reads))

    def review(self, who: str) -> None:
        """Let registrations be decided by the sandbox (`automatic`) or by hand (`manual`)."""
        self.in_server(lambda store: set_review(store, who))

    def decide(self, status: str, comment: str = "") -> None:
        """Decide every registration that waits: `Approved` or `Rejected`."""

        def all_waiting(store: Store) -> None:
            for registration in store.registrations():
                if registration.status == "Submitted":
                    decide(store, registration, status, self._clock().strftime(TIME), comment)

        self.in_server(all_waiting)

    def in_server(self, ask: Callable[[Store], T]) -> T:
        """Return what `ask` finds in the state, asked in the server's own thread."""

        async def asked() -> T:
            with self._sandbox.store.transaction():
                return ask(self._sandbox.store)

        return asyncio.run_coroutine_threadsafe(asked(), self._loop).result()

    def with_providers(self, **by_type: Provider) -> None:
        """Restart with other providers for some types, written with `_` for `::`."""
        changed = {f"ALIYUN::{name.replace('_', '::')}": provider for name, provider in by_type.items()}
        self.providers = Providers({**ON_PAPER.by_type, **changed}, self.providers.note)
        self.restart()

    def restart(self) -> None:
        """Stop the server and start another one over the same state, at the same port."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """Stop the server."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def _clock(self) -> datetime:
        return self.now or datetime.now(UTC)

    def _start(self) -> None:
        ready: Future[int] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(ready)))
        self._thread.start()
        self._port = ready.result()

    async def _serve(self, ready: Future[int]) -> None:
        try:
            self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
            self._sandbox = Sandbox(self.state_dir, clock=self._clock, providers=self.providers, timer=self.timer)
            listener = socket.create_server((ADDRESS, self._port))
            async with serving(self._sandbox, listener, patience=0.1):
                ready.set_result(listener.getsockname()[1])
                await self._ended.wait()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was skipped and how to have it run: one line a reason, not one a test."""
    skipped = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} skipped: {reason.removeprefix('Skipped: ')}")


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxUnderTest]:
    """Give a sandbox with an empty state."""
    under_test = SandboxUnderTest(tmp_path / "sandbox")
    yield under_test
    under_test.stop()
