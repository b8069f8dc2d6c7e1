"""The commands of a node as a person would type them, for the service document."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING

from nestforge.assemble.shell_settings import argument_arrays, engine_facts, node_constants, shell_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.model.catalog import OfferedEngine
    from nestforge.model.project import Project

LIBRARY = "scripts/lib/"
_FUNCTION = re.compile(r"^[ \t]*(\w+)\(\)", re.MULTILINE)
_FOR_TESTS = re.compile(r'"\$\{\w+:-(\w+)\}"')


def reference_script(project: Project, offered: OfferedEngine, role: str) -> str:
    """Return the commands that start `offered` on the node `role`: those of the script that runs there.

    Values and arrays that it uses stand before them. The checks and waits around them, which are functions
    of scripts/lib, are left out, and so are comments: one after a line continuation would end the command.
    """
    run = _commands(project, f"scripts/{offered.engine.id}/{role}.sh")
    arrays = argument_arrays(offered, project.catalog.machine, project.service.container)
    body = [line for name, lines in arrays.items() if f"${{{name}[@]}}" in run for line in lines]
    constants = {**node_constants(project), "MODEL_DIR": "$MODEL_ROOT/$MODEL"}
    values = {**_examples(project, role), **constants, **engine_facts(offered)}
    used = _used(values, "\n".join([*body, run]))
    return "\n".join(
        [
            *(f"{name}={shell_word(value)}" for name, value in values.items() if name in used),
            *body,
            'sudo docker rm --force "$CONTAINER"',
            run,
        ]
    )


def _examples(project: Project, role: str) -> dict[str, str]:
    """Return the values that a deployment would give, as a reader replaces them."""
    first = project.catalog.models[0]
    return {
        "MASTER_IP": "192.168.1.10",
        "NODE_IP": "192.168.1.10" if role == "master" else "192.168.1.11",
        "NIC": "eth0",
        "MODEL": first.id,
        "MAX_MODEL_LEN": str(first.context.default),
        "GPU_MEMORY_UTILIZATION": str(project.service.cluster.gpu_memory_utilization.default),
    }


def _commands(project: Project, path: str) -> str:
    """Return what the script does itself, as a user who is not root types it."""
    own = own_lines(project.files[path], library_functions(project.files))
    text = _FOR_TESTS.sub(r"\1", "\n".join(line for _, line in own))
    return re.sub(r"^docker ", "sudo docker ", text, flags=re.MULTILINE)


def library_functions(files: Mapping[str, str]) -> set[str]:
    """Return the names of the functions that scripts/lib defines."""
    return {name for path in files if path.startswith(LIBRARY) for name in functions_of(files[path])}


def functions_of(text: str) -> list[str]:
    """Return the names of the functions that a script defines."""
    return _FUNCTION.findall(text)


def own_lines(text: str, library: set[str]) -> list[tuple[int, str]]:
    """Return the lines of a script, with their numbers, that are neither a comment nor a whole call of `library`.

    A call inside another command stays: without it, that would be another command. Lint reports it.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if not line.startswith("#")]
    own: list[tuple[int, str]] = []
    is_call = False
    for number, line in dropwhile(lambda one: one[1] == "" or one[1].startswith("set "), lines):
        is_call = is_call or line.partition(" ")[0] in library
        if not is_call:
            own.append((number, line))
        is_call = is_call and line.endswith("\\")
    return own


def _used(values: dict[str, str], text: str) -> set[str]:
    """Return the names that `text` refers to, and those that their values refer to in turn."""
    words = re.findall(r"\$([A-Z_]+)", text)
    words += [word for sum in re.findall(r"\(\((.*?)\)\)", text) for word in re.findall(r"[A-Z_]+", sum)]
    names = {word for word in words if word in values}
    return names | {inner for name in names for inner in _used(values, values[name])}
