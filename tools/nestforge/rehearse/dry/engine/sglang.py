"""`python3 -m sglang.launch_server`: the ranks meet at one address, then rank 0 answers."""

from __future__ import annotations

import socket
import sys
import time

from nestforge.rehearse.dry.engine.api import serve

_PATIENCE = 600.0
"""Seconds that a rank waits for the others."""


def main() -> int:
    """Run one rank."""
    words = sys.argv[1:]
    given = {word: words[index + 1] for index, word in enumerate(words[:-1]) if word.startswith("--")}
    host, _, port = given["--dist-init-addr"].rpartition(":")
    if given["--node-rank"] == "0":
        with socket.create_server(("0.0.0.0", int(port))) as meeting:
            meeting.settimeout(_PATIENCE)
            others = [meeting.accept()[0] for _ in range(int(given["--nnodes"]) - 1)]
            serve(given["--host"], int(given["--port"]), given["--served-model-name"])
        return len(others)
    head = socket.create_connection((host, int(port)), timeout=_PATIENCE)
    head.settimeout(None)
    head.recv(1)
    time.sleep(0.1)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
