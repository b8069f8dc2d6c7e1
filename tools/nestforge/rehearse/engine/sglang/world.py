"""The ranks of one server: they meet at one address, compute together, and end together."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.engine.sglang.settings import Settings

MEETING_SECONDS = 1800.0
"""As long as torch.distributed waits for a world to be complete, its default."""

_RETRY_SECONDS = 0.5


class WorldBroken(Exception):
    """The ranks do not fit together, one did not come, or one has gone."""


class Peer:
    """Another rank, as this one is connected to it."""

    def __init__(self, rank: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.rank, self._reader, self._writer = rank, reader, writer

    async def tell(self, **message: object) -> None:
        """Send a message. Raises WorldBroken."""
        try:
            self._writer.write(json.dumps(message).encode() + b"\n")
            await self._writer.drain()
        except OSError as error:
            raise WorldBroken(f"rank {self.rank} has gone: {error}") from None

    async def hear(self) -> dict[str, object]:
        """Return the next message. Raises WorldBroken."""
        try:
            line = await self._reader.readline()
            message = json.loads(line) if line.endswith(b"\n") else None
        except OSError as error:
            raise WorldBroken(f"rank {self.rank} has gone: {error}") from None
        except ValueError as error:
            raise WorldBroken(f"rank {self.rank} cannot be understood: {error}") from None
        if not isinstance(message, dict):
            raise WorldBroken(f"rank {self.rank} has gone")
        if "error" in message:
            raise WorldBroken(str(message["error"]))
        return message


class Head:
    """Rank 0's view of the world."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._peers: dict[int, Peer] = {}
        self._answers: asyncio.Queue[None] = asyncio.Queue()
        self._one_step = asyncio.Lock()
        self._complete = asyncio.Event()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Ends with WorldBroken when a rank has gone."""

    async def meet(self) -> None:
        """Listen at the meeting point until every rank has come. Raises WorldBroken."""
        if self._settings.nodes == 1:
            return
        port = int(self._settings.meeting_point.rpartition(":")[2])
        self._server = await asyncio.start_server(self._joined, "0.0.0.0", port)
        try:
            await asyncio.wait_for(self._complete.wait(), MEETING_SECONDS)
        except TimeoutError:
            came = ", ".join(map(str, sorted(self._peers))) or "none"
            raise WorldBroken(f"of {self._settings.nodes - 1} other ranks came: {came}") from None
        for peer in self._peers.values():
            await peer.tell(go=True)

    async def step(self) -> None:
        """Compute once with every rank. Raises WorldBroken when one does not answer before the watchdog bites."""
        async with self._one_step:
            for peer in self._peers.values():
                await peer.tell(step=True)
            for _ in self._peers:
                await self._answer()

    async def _answer(self) -> None:
        answer = asyncio.ensure_future(self._answers.get())
        until = {answer, self.broken}
        done, _ = await asyncio.wait(until, timeout=self._settings.watchdog, return_when=asyncio.FIRST_COMPLETED)
        if answer in done:
            return
        answer.cancel()
        if not done:
            self._break(WorldBroken(f"a rank did not answer for {self._settings.watchdog:g} s"))
        await self.broken

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(-1, reader, writer)
        with contextlib.suppress(WorldBroken):
            await self._serve(peer, await peer.hear())
        writer.close()

    async def _serve(self, peer: Peer, hello: dict[str, object]) -> None:
        expected = _shape(self._settings)
        peer.rank = hello.get("rank") if isinstance(hello.get("rank"), int) else -1  # type: ignore[assignment]  # checked
        if hello.get("shape") != expected or peer.rank in self._peers or not 0 < peer.rank < self._settings.nodes:
            await peer.tell(error=f"rank 0 has {expected} and {sorted(self._peers)}, this rank came with {hello}")
            return
        self._peers[peer.rank] = peer
        print(f"[rehearsal] rank {peer.rank} has joined: {len(self._peers) + 1} of {self._settings.nodes}", flush=True)
        if len(self._peers) == self._settings.nodes - 1:
            self._complete.set()
        try:
            while True:
                await peer.hear()
                self._answers.put_nowait(None)
        except WorldBroken as broken:
            if self._complete.is_set():
                self._break(broken)
            else:  # it may come again: a container is restarted
                del self._peers[peer.rank]

    def _break(self, why: WorldBroken) -> None:
        if not self.broken.done():
            self.broken.set_exception(why)


async def join(settings: Settings) -> Peer:
    """Come to the meeting point, and return when the world is complete. Raises WorldBroken."""
    host, _, port = settings.meeting_point.rpartition(":")
    try:
        async with asyncio.timeout(MEETING_SECONDS):
            head = Peer(0, *await _connection(host, int(port)))
            await head.tell(rank=settings.rank, shape=_shape(settings))
            await head.hear()
    except TimeoutError:
        raise WorldBroken(f"the world at {settings.meeting_point} was not complete in {MEETING_SECONDS:g} s") from None
    return head


async def take_part(head: Peer) -> None:
    """Compute whenever rank 0 does. Raises WorldBroken when it has gone."""
    while True:
        await head.hear()
        await head.tell(done=True)


async def _connection(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    while True:
        try:
            return await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(_RETRY_SECONDS)


def _shape(settings: Settings) -> dict[str, object]:
    """What all ranks must agree on."""
    return {"nnodes": settings.nodes, "tp_size": settings.tensor_parallel, "model": settings.model}
