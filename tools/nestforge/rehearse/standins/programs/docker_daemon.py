"""What the unit `docker` runs: there is no daemon, but what one does when it comes up and goes down is done."""

from __future__ import annotations

import os
import sys

from nestforge.rehearse.standins.programs.docker import change
from nestforge.rehearse.standins.programs.docker.containers import SOCKET
from nestforge.rehearse.standins.programs.docker.requested import now


def main() -> int:
    """`up`: let the program answer, and start the containers that last. `down`: stop them all."""
    if sys.argv[1] == "up":
        os.makedirs("/var/run", exist_ok=True)
        with open(SOCKET, "w", encoding="ascii"):
            pass
        change.start_those_that_last()
    else:
        for container in change.stop_all(seconds=10):
            print(f"{now()} stopped {container.name}")
        os.remove(SOCKET)
    return 0
