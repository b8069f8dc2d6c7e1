"""The `nestforge` command: one module per sub-command, imported only when it is the one asked for."""

from __future__ import annotations

import os
import sys

COMMANDS: dict[str, str] = {
    "build": "assemble the Compute Nest package in build/package",
    "lint": "check projects, packages and ROS templates",
    "explain": "say what a finding means",
    "lsp": "answer an editor that speaks the Language Server Protocol",
    "evaluate": "show what a template would create for some values",
    "capacity": "show what fits into the GPUs' memory, how fast it can be, and what it costs",
    "preview": "show the form and what it makes, in one page",
    "rehearse": "deploy it onto hosts made on this machine, and prove that it answers",
    "publish": "bring the service on the target to what the sources say, and launch it",
    "deploy": "deploy the published service as a buyer would, or delete what was deployed",
    "status": "show the service as it is on the target",
    "sandbox": "start, stop, look into and reset the embedded cloud",
    "schema": "print the JSON Schema of a kind of source file",
}

_ENDED_AT_ONCE = ("build", "lint")
"""Commands that leave nothing to close behind: Python would still take every module apart, one by one."""

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
    """Run one command and return the process's exit code. Without `argv` the process is this command's alone."""
    before, sys.unraisablehook = sys.unraisablehook, _dropped
    try:
        return _main(argv) if argv is not None else _alone(sys.argv[1:])
    except KeyboardInterrupt:
        if argv is None:
            from signal import SIG_IGN, SIGINT, signal

            signal(SIGINT, SIG_IGN)  # a second Ctrl-C would end the process with a traceback
        print("error: interrupted", file=sys.stderr)
        print("  help: nothing is lost: run the same command again", file=sys.stderr)
        return INTERRUPTED
    finally:
        sys.unraisablehook = _dropped_at_the_end if argv is None else before


def _dropped(unraisable: sys.UnraisableHookArgs) -> None:
    """Let a Ctrl-C come once more that fell into a finalizer, where Python drops what is raised."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)
        return
    from signal import ITIMER_REAL, SIGALRM, default_int_handler, setitimer, signal

    signal(SIGALRM, default_int_handler)
    setitimer(ITIMER_REAL, 0.01)


def _dropped_at_the_end(unraisable: sys.UnraisableHookArgs) -> None:
    """Say nothing of a Ctrl-C that comes when all is done."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


def _alone(arguments: list[str]) -> int:
    """Run one command in a process of its own, with its modules from one file."""
    if not arguments or arguments[0] not in COMMANDS:
        return _main(arguments)
    from nestforge.cli.bytecode import Modules

    modules = Modules()
    modules.install()
    code = _main(arguments)
    modules.keep_what_was_missed()
    if arguments[0] in _ENDED_AT_ONCE:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _main(arguments: list[str]) -> int:
    if arguments[:1] == ["--version"]:
        from nestforge import __version__

        print(f"nestforge {__version__}")
        return 0
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(overview())
        return 0 if arguments else USAGE
    from nestforge.cli.run import run

    return run(arguments[0], arguments[1:])
