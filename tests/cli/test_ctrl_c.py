"""Ctrl-C that falls where Python drops exceptions: it ends the command all the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.cli.process import environment

if TYPE_CHECKING:
    from pathlib import Path

PROBE = """
import os, signal, sys, weakref
from nestforge import cli

class Connection: pass

def interrupted_while_it_is_closed():
    os.kill(os.getpid(), signal.SIGINT)
    sum(range(10))

def command(arguments):
    connection = Connection()
    weakref.finalize(connection, interrupted_while_it_is_closed)
    del connection
    while True:
        signal.pause()

cli._main = command
raise SystemExit(cli.main())
"""


def test_it_ends_the_command_with_130_and_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.splitlines()[0] == "error: interrupted"
    assert "Traceback" not in done.stderr
