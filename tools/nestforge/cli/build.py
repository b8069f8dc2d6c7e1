"""Assemble the Compute Nest package in build/package, and its archive beside it.

example:
  nestforge build --json
"""

from __future__ import annotations

import gc

from nestforge.cli.checked_package import checked_package
from nestforge.cli.project_root import project_root

TYPE_CHECKING = False  # not from typing: see cli/run.py
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def execute(options: Namespace) -> int:
    """Build, and say where the package is."""
    gc.disable()  # what a build makes it also drops, and the process ends with it
    report = checked_package(project_root(options.project))
    if options.json:
        import json

        print(json.dumps({"schema": 1, **report}))
    elif not options.quiet:
        made = f"{report['rendered']} files" if report["rendered"] else "nothing changed"
        print(f"{report['package']}: {made}")
        print(f"{report['archive']}: sha256 {report['sha256']}")
    return 0
