"""Write a catalog entry as the shell function that the node scripts call."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.model.catalog import Argument, Machine, OfferedEngine, Variable
    from nestforge.model.project import Project
    from nestforge.model.service import Container


def node_constants(project: Project) -> dict[str, str]:
    """Return what the scripts of every node are told, whatever the engine: it is fixed with the template."""
    cluster, container, machine = project.service.cluster, project.service.container, project.catalog.machine
    return {
        "NODE_COUNT": str(cluster.nodes),
        "GPUS_PER_NODE": str(cluster.gpus_per_node),
        "GPU_MEMORY_MIB": str(machine.gpu_memory_mib),
        "MINIMUM_DRIVER": machine.minimum_driver,
        "FABRIC_DEVICE": machine.fabric.device,
        "API_PORT": str(cluster.ports.api),
        "ENGINE_PORT": str(cluster.ports.engine),
        "PEER_PORT": str(cluster.ports.peer),
        "MODEL_ROOT": container.model_root,
        "CONTAINER": container.name,
        "ENTRYPOINT": container.entrypoint,
        "START_TIMEOUT": str(cluster.timeouts.start),
        "READY_TIMEOUT": str(cluster.timeouts.ready),
    }


def engine_settings(offered: OfferedEngine, machine: Machine, container: Container) -> str:
    """Return the function `engine_settings`: what the scripts of both nodes need to know of an engine."""
    lines = [
        *(f"{name}={shlex.quote(value)}" for name, value in engine_facts(offered).items()),
        *(line for array in argument_arrays(offered, machine, container).values() for line in array),
    ]
    return "\n".join(["engine_settings() {", *(f"  {line}" for line in lines), "}", ""])


def engine_facts(offered: OfferedEngine) -> dict[str, str]:
    """Return the single values of an engine, by the names that the scripts know."""
    engine = offered.engine
    return {
        "ENGINE_VERSION": offered.release.version,
        "IMAGE": offered.release.image,
        "SERVING_ROLE": engine.serves_on,
        "HEALTH_PATH": engine.health_path,
        "TENSOR_PARALLEL": str(engine.parallelism.tensor),
        "PIPELINE_PARALLEL": str(engine.parallelism.pipeline),
        **{f"{port.name.upper()}_PORT": str(port.value) for port in engine.ports},
    }


def argument_arrays(offered: OfferedEngine, machine: Machine, container: Container) -> dict[str, list[str]]:
    """Return the arrays of arguments that the scripts pass on, each as the lines that assign it."""
    engine = offered.engine
    environment = (*machine.fabric.environment, *engine.environment)
    words = {
        "CONTAINER_ARGUMENTS": map(argument_words, container.arguments),
        "CONTAINER_ENVIRONMENT": map(variable_words, environment),
        "HEAD_ARGUMENTS": map(argument_words, engine.head_arguments),
        "JOIN_ARGUMENTS": map(argument_words, engine.join_arguments),
        "SERVE_ARGUMENTS": map(argument_words, engine.serve_arguments),
    }
    return {name: [f"{name}=(", *(f"  {word}" for word in entries), ")"] for name, entries in words.items()}


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
