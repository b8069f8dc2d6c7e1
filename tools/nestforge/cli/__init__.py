"""The `nestforge` command: one module per sub-command, imported only when it is the one asked for."""

from __future__ import annotations

import sys

COMMANDS: dict[str, str] = {
    "build": "assemble the Compute Nest package in build/package",
    "lint": "check the sources and the package they make",
    "evaluate": "show what a template would create for some values",
    "publish": "bring the service on the target to what the sources say, and launch it",
    "status": "show the service as it is on the target",
    "sandbox": "start, stop, look into and reset the embedded cloud",
    "schema": "print the JSON Schema of a kind of source file",
}

USAGE = 2
INTERNAL = 3
INTERRUPTED = 130


def overview() -> str:
    """Return what `nestforge --help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {about}" for name, about in COMMANDS.items()]
    return "\n".join(
        [
            "usage: nestforge [--version] [--help] COMMAND ...",
            "",
            "Build, check and publish an Alibaba Cloud Compute Nest service.",
            "",
            "commands:",
            *lines,
            "",
            "options every command takes:",
            "  --project DIR  the project to work on (default: the nearest folder with service/service.yaml)",
            "  -q, -v         say less, say more",
            "",
            "exit codes: 0 fine, 1 findings or the project is at fault, 2 usage, 3 a bug of nestforge,",
            "            4 the cloud refused or is out of reach, 130 interrupted",
            "",
            "example:",
            "  nestforge publish --target sandbox",
            "",
            "`nestforge COMMAND --help` says more.",
        ]
    )


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the process's exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["--version"]:
        from nestforge import __version__

        print(f"nestforge {__version__}")
        return 0
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(overview())
        return 0 if arguments else USAGE
    from nestforge.cli.run import run

    return run(arguments[0], arguments[1:])
