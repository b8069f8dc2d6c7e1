"""What `ray` and `vllm` are in a container: the pinned version's parser, the table of differences, the real program.

Started by the launchers of an image as `program ray ARGUMENTS` or `program vllm ARGUMENTS`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.command_line import parsed, refusal, table_of
from nestforge.rehearse.engine.differences import RELEASE, rows
from nestforge.rehearse.engine.gpus import gpus
from nestforge.rehearse.engine.mapping import Use, mapped, per_host
from nestforge.rehearse.engine.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.rehearse.engine.mapping import Mapped

MODULES = {"ray": "ray.scripts.scripts", "vllm": "vllm.entrypoints.cli.main"}
STARTS = {"ray": "start", "vllm": "serve"}
"""The subcommands whose arguments are mapped; every other one runs as it is."""
_POSITIONAL = {"ray": 0, "vllm": 1}
_REFUSED = 2
"""The exit code of argparse and of click."""


def main(argv: Sequence[str]) -> int:
    """Run the program as it would run on GPUs, as near as this machine comes to it."""
    program, *arguments = argv
    facts = inside.read_facts()
    if arguments == ["--version"]:
        print(version_line(program, facts.pinned[program]))
        return 0
    if arguments[:1] != [STARTS[program]]:
        return _become(program, arguments, dict(os.environ))
    refused = refusal(arguments[1:], _POSITIONAL[program], table_of(program, facts.pinned[program]))
    if refused is not None:
        print(f"{program} {STARTS[program]}: error: {refused}", file=sys.stderr)
        return _REFUSED
    command = mapped_start(program, arguments[1:], facts, gpus() if program == "vllm" else 0)
    record(command.uses)
    return _become(program, [STARTS[program], *command.arguments], command.environment)


def version_line(program: str, version: str) -> str:
    """Return what `--version` of the real program says.

    >>> version_line("ray", "2.43.0"), version_line("vllm", "0.8.2")
    ('ray, version 2.43.0', '0.8.2')
    """
    return f"ray, version {version}" if program == "ray" else version


def mapped_start(program: str, arguments: Sequence[str], facts: inside.ImageFacts, of_host: int) -> Mapped:
    """Return the start of an engine as it runs here; `of_host` is how many GPUs the container sees."""
    pinned = facts.pinned[program]
    given = parsed(arguments, table_of(program, pinned))
    known = facts.known_flags if program == "vllm" else None
    command = mapped(program, given, os.environ, of_host, known)
    release = [Use(program, program, pinned, facts.rehearsed[program], row.reason) for row in rows(program, RELEASE)]
    if program == "vllm":
        asked = next((int(one.value) for one in given if one.name == "--tensor-parallel-size"), 1)
        # Of Ray, one process claims what its share of the GPUs would: so the hosts are filled as they would be.
        command.environment["VLLM_RAY_PER_WORKER_GPUS"] = str(asked // per_host(asked, of_host))
    return command._replace(uses=(*release, *command.uses))


def _become(program: str, arguments: Sequence[str], environment: dict[str, str]) -> NoReturn:
    """Turn into the real program, which finds the plug-in and its own metadata first."""
    environment |= {"PYTHONPATH": f"{inside.PLUGIN}:{inside.PACKAGES}", "PYTHONUNBUFFERED": "1"}
    python = f"{inside.ENGINE}/bin/python"
    os.execve(python, [python, "-m", MODULES[program], *arguments], environment)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
