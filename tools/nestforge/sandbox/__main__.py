"""The sandbox's server process: `python -m nestforge.sandbox FOLDER PIPE PORT any|asked`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import asdict
from pathlib import Path

from aiohttp import web

from nestforge.model.errors import NestforgeError
from nestforge.sandbox.process import ADDRESS, Running, hold_alive_lock, write_facts
from nestforge.sandbox.server import ACCESS_KEY_ID, ACCESS_KEY_SECRET, Sandbox


def _listen(port: int, exactly: bool) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError:
        if exactly:
            raise
        listener.bind((ADDRESS, 0))
    return listener


async def _serve(folder: Path, listener: socket.socket, said: int) -> None:
    sandbox = Sandbox(folder)
    runner = web.AppRunner(sandbox.application(), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    endpoint = f"{ADDRESS}:{listener.getsockname()[1]}"
    facts = Running(endpoint, f"http://{endpoint}/", ACCESS_KEY_ID, ACCESS_KEY_SECRET, os.getpid())
    write_facts(folder, facts)
    _say(said, asdict(facts))
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    await runner.cleanup()
    sandbox.store.close()


def _say(pipe: int, answer: dict[str, object]) -> None:
    with os.fdopen(pipe, "w", encoding="utf-8") as stream:
        json.dump(answer, stream)


def main(arguments: list[str]) -> int:
    """Serve until told to end; say on the pipe where, or why not."""
    folder, said, port, how = Path(arguments[0]), int(arguments[1]), int(arguments[2]), arguments[3]
    try:
        lock = hold_alive_lock(folder)
        listener = _listen(port, how == "asked")
    except OSError as error:
        _say(said, {"error": f"port {port}: {error.strerror}", "help": "name another one with --port"})
        return 1
    try:
        asyncio.run(_serve(folder, listener, said))
    except NestforgeError as error:
        _say(said, {"error": error.message, "help": error.help})
        return 1
    finally:
        os.close(lock)
    return 0


raise SystemExit(main(sys.argv[1:]))
