"""Write a catalog entry as the shell function that the node scripts call."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.model.catalog import Argument, Machine, OfferedEngine, Variable
    from nestforge.model.service import Container


def engine_settings(offered: OfferedEngine, machine: Machine, container: Container) -> str:
    """Return the function `engine_settings`: what the scripts of both nodes need to know of an engine."""
    engine = offered.engine
    facts = {
        "ENGINE_VERSION": offered.release.version,
        "IMAGE": offered.release.image,
        "SERVING_ROLE": engine.serves_on,
        "HEALTH_PATH": engine.health_path,
        "TENSOR_PARALLEL": str(engine.parallelism.tensor),
        "PIPELINE_PARALLEL": str(engine.parallelism.pipeline),
        **{f"{port.name.upper()}_PORT": str(port.value) for port in engine.ports},
    }
    environment = (*machine.fabric.environment, *engine.environment)
    return "\n".join(
        [
            "engine_settings() {",
            *(f"  {name}={shlex.quote(value)}" for name, value in facts.items()),
            *_array("CONTAINER_ARGUMENTS", map(argument_words, container.arguments)),
            *_array("CONTAINER_ENVIRONMENT", map(variable_words, environment)),
            *_array("HEAD_ARGUMENTS", map(argument_words, engine.head_arguments)),
            *_array("JOIN_ARGUMENTS", map(argument_words, engine.join_arguments)),
            *_array("SERVE_ARGUMENTS", map(argument_words, engine.serve_arguments)),
            "}",
            "",
        ]
    )


def argument_words(argument: Argument) -> str:
    """Return the argument as it stands in a shell command."""
    return argument.flag if argument.value is None else f"{argument.flag} {shell_word(argument.value)}"


def variable_words(variable: Variable) -> str:
    """Return the environment variable as arguments of `docker run`."""
    return f"--env {shell_word(f'{variable.name}={variable.value}')}"


def shell_word(value: str) -> str:
    """Return `value` as one word of a shell command in which `$NAME` is still filled in.

    >>> shell_word("$MASTER_IP:6379"), shell_word("a b")
    ('"$MASTER_IP:6379"', "'a b'")
    """
    if "$" not in value:
        return shlex.quote(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
    return f'"{escaped}"'


def _array(name: str, words: Iterable[str]) -> Iterator[str]:
    yield f"  {name}=("
    yield from (f"    {word}" for word in words)
    yield "  )"
