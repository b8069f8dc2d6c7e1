"""`ray`: a head that counts the GPUs of those who are connected, and `status` that shows them."""

from __future__ import annotations

import json
import os
import socket
import socketserver
import sys
import time
from pathlib import Path

_ADDRESS = Path("/tmp/ray-address")
_PATIENCE = 30.0
"""Seconds that a node tries to join."""


class _Head(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, gpus: int) -> None:
        super().__init__(("0.0.0.0", port), _Member)
        self.gpus: dict[object, int] = {"head": gpus}


class _Member(socketserver.StreamRequestHandler):
    """One connection: of a node that joins, for as long as it lives, or of someone who asks."""

    def handle(self) -> None:
        assert isinstance(self.server, _Head)
        asked = json.loads(self.rfile.readline() or b"{}")
        if "join" not in asked:
            self.wfile.write(json.dumps({"gpus": sum(self.server.gpus.values())}).encode() + b"\n")
            return
        self.server.gpus[self.client_address] = int(asked["join"])
        self.wfile.write(b"{}\n")
        self.rfile.read()
        del self.server.gpus[self.client_address]


def main() -> int:
    """Run `ray start` or `ray status`."""
    command, *words = sys.argv[1:]
    given = {word: words[index + 1] if index + 1 < len(words) else "" for index, word in enumerate(words)}
    if command == "status":
        return _status(given.get("--address") or _ADDRESS.read_text(encoding="ascii"))
    if command != "start":
        print(f"the stand-in for ray knows start and status, not {command}", file=sys.stderr)
        return 2
    gpus = int(given["--num-gpus"])
    if "--head" in given:
        _ADDRESS.write_text(f"127.0.0.1:{given['--port']}", encoding="ascii")
        print("Ray runtime started (a stand-in).", flush=True)
        _Head(int(given["--port"]), gpus).serve_forever()
    return _join(given["--address"], gpus)


def _join(address: str, gpus: int) -> int:
    connection = _patiently(address)
    connection.sendall(json.dumps({"join": gpus}).encode() + b"\n")
    connection.recv(16)
    _ADDRESS.write_text(address, encoding="ascii")
    if os.fork() == 0:  # stays connected, as a raylet does
        connection.settimeout(None)
        connection.recv(1)
        os._exit(0)
    return 0


def _patiently(address: str) -> socket.socket:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return _connected(address)
        except OSError as error:
            if time.monotonic() > end:
                raise SystemExit(f"cannot join {address}: {error}") from None
            time.sleep(0.2)


def _status(address: str) -> int:
    try:
        connection = _connected(address)
        connection.sendall(b"{}\n")
        total = json.loads(connection.recv(4096))["gpus"]
    except OSError as error:
        print(f"no cluster at {address}: {error}", file=sys.stderr)
        return 1
    print(f"======== Autoscaler status (a stand-in) ========\nResources\nUsage:\n 0.0/{float(total)} GPU")
    return 0


def _connected(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=5)


if __name__ == "__main__":
    raise SystemExit(main())
