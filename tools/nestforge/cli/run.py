"""Run one sub-command, and turn whatever goes wrong into one message and the documented exit code."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper

from nestforge.cli import COMMANDS, INTERNAL, USAGE
from nestforge.cli.command_line import Arguments, read
from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Protocol

    class Command(Protocol):
        """What a module of `nestforge.cli` named after a command offers; its docstring is the help text."""

        __doc__: str | None

        def configure(self, parser: Arguments) -> None:
            """Add the command's own arguments."""

        def execute(self, options: Namespace) -> int:
            """Do it and return the exit code."""


def run(name: str, arguments: list[str]) -> int:
    """Run the command called `name`; raises nothing but KeyboardInterrupt and what argparse exits with."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no Chinese stops no command
    if name not in COMMANDS:
        from nestforge.model.near_miss import did_you_mean

        hint = did_you_mean(name, COMMANDS) or f"the commands are {', '.join(COMMANDS)}"
        return _complain(f"nestforge has no command '{name}'", hint, USAGE)
    gc.disable()  # what is loaded stays
    command: Command = import_module(f"nestforge.cli.{name}")
    gc.enable()
    taken = Arguments()
    command.configure(taken)
    taken.add_argument("--project", metavar="DIR", help="the project to work on")
    taken.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    taken.add_argument("-v", "--verbose", action="store_true", help="say each step")
    options = read(taken, arguments, f"nestforge {name}", command.__doc__)
    try:
        code = command.execute(options)
        sys.stdout.flush()
        if not options.quiet:
            _say_what_is_slow()
        return code
    except NestforgeError as error:
        for detail in error.details:
            print(detail, file=sys.stderr)
        return _complain(error.message, error.help, error.exit_code)
    except BrokenPipeError:
        nobody_listens()
        return 0
    except Exception:  # the last line of defence: a bug is shown as one, with its traceback kept
        return _complain(*_bug_report(name), INTERNAL)


def _say_what_is_slow() -> None:
    """Say that YAML was read without libyaml, where it was."""
    libyaml = sys.modules.get("nestforge.sources.libyaml")
    if libyaml is not None and libyaml.PARSER is None:
        print("warning: PyYAML has no libyaml here: YAML is read some ten times slower", file=sys.stderr)
        print("  help: install a wheel of PyYAML, or libyaml with its headers and then PyYAML again", file=sys.stderr)


def nobody_listens() -> None:
    """Let standard output lead nowhere: whoever read it has gone, and the rest would raise once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _complain(message: str, hint: str | None, code: int) -> int:
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"  help: {hint}", file=sys.stderr)
    return code


def _bug_report(name: str) -> tuple[str, str]:
    """Keep the traceback of the exception being handled; return the message and where it is."""
    import tempfile
    import traceback

    handle, path = tempfile.mkstemp(prefix=f"nestforge-{name}-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(traceback.format_exc())
    last = traceback.format_exc().strip().splitlines()[-1]
    return f"a bug in nestforge: {last}", f"please report it with the traceback in {path}"
