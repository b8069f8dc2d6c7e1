"""The programs that install packages: they refuse, for a deployment must not depend on the internet."""

from __future__ import annotations

import os
import sys

EXIT_CODES = {
    "apt": 100, "apt-get": 100, "conda": 1, "dnf": 1, "npm": 1, "pip": 1, "pip3": 1, "snap": 1, "uv": 1, "yum": 1,
}  # fmt: skip


def main() -> int:
    """Refuse."""
    name = os.path.basename(sys.argv[0])
    print(
        f"{name} {' '.join(sys.argv[1:])}: refused by the rehearsal: a deployment must not depend on the internet",
        file=sys.stderr,
    )
    return EXIT_CODES[name]
