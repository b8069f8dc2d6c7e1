"""Ask bash whether it can parse a script."""

from __future__ import annotations

import re
import subprocess

from nestforge.model.errors import NestforgeError

_COMPLAINT = re.compile(r"[^\n]*?: line (\d+): (?!`)([^\n]*)")


class NoBash(NestforgeError):
    """There is no bash on this machine."""

    def __init__(self) -> None:
        super().__init__("bash is needed to check the scripts, and is not in PATH", help="install bash")


def syntax_fault(script: str) -> tuple[int, str] | None:
    """Return line and message of the first thing that `bash -n` complains about. Nothing is run.

    Raises NoBash.
    """
    try:
        done = subprocess.run(
            ["bash", "-n"],
            input=script.encode(),
            capture_output=True,
            check=False,
            env={"LC_ALL": "C", "PATH": _path()},
        )
    except FileNotFoundError as error:
        raise NoBash from error
    found = _COMPLAINT.search(done.stderr.decode(errors="replace"))
    return (int(found[1]), found[2]) if found else None


def _path() -> str:
    import os

    return os.environ.get("PATH", os.defpath)
