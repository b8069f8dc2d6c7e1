"""The sandbox's server process: `python -m nestforge.sandbox FOLDER PIPE TURN PORT only|preferably`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from nestforge.model.errors import NestforgeError
from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET, ADDRESS
from nestforge.sandbox.process import Running, hold_alive_lock, write_facts
from nestforge.sandbox.server import Sandbox
from nestforge.sandbox.serving import serving


class PortTaken(NestforgeError):
    """The port that was asked for cannot be had."""

    exit_code = 4

    def __init__(self, port: int, why: str | None) -> None:
        super().__init__(f"port {port} of {ADDRESS} cannot be had: {why}", help="name another one with --port")


def listen(port: int, only: bool) -> socket.socket:
    """Return a socket on the port, or on any that is free where that one is merely preferred."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except (OSError, OverflowError) as error:
        if only:
            raise PortTaken(port, getattr(error, "strerror", None) or str(error)) from error
        listener.bind((ADDRESS, 0))
    return listener


async def abandoned(state: Path) -> None:
    """Wait until the state is removed behind the server's back, as by `git clean` or with the whole project."""
    while state.exists():
        await asyncio.sleep(1)


async def serve(folder: Path, listener: socket.socket, pipe: int, turn: int) -> None:
    """Serve until told to end, or until nobody can find this server any more."""
    sandbox = Sandbox(folder)
    async with serving(sandbox, listener):
        endpoint = f"{ADDRESS}:{listener.getsockname()[1]}"
        facts = Running(endpoint, f"http://{endpoint}/", ACCESS_KEY_ID, ACCESS_KEY_SECRET, os.getpid())
        write_facts(folder, facts)
        ended = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        say(pipe, asdict(facts))
        os.close(turn)
        told, lost = asyncio.create_task(ended.wait()), asyncio.create_task(abandoned(sandbox.store.path))
        await asyncio.wait((told, lost), return_when=asyncio.FIRST_COMPLETED)


def say(pipe: int, answer: dict[str, object]) -> None:
    """Tell whoever started the server; they may have been interrupted meanwhile."""
    with suppress(BrokenPipeError), os.fdopen(pipe, "w", encoding="utf-8") as stream:
        json.dump(answer, stream)


def main(arguments: list[str]) -> int:
    """Serve until told to end; say on the pipe where, or why not."""
    folder, how = Path(arguments[0]), arguments[4]
    pipe, turn, port = map(int, arguments[1:4])
    try:
        hold_alive_lock(folder)
        asyncio.run(serve(folder, listen(port, how == "only"), pipe, turn))
    except NestforgeError as error:
        say(pipe, {"error": error.message, "help": error.help})
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
