"""The commands of a node as a person would type them, for the service document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.assemble.shell_settings import argument_words, shell_word, variable_words

if TYPE_CHECKING:
    from nestforge.model.catalog import OfferedEngine
    from nestforge.model.project import Project


def reference_script(project: Project, offered: OfferedEngine, role: str) -> str:
    """Return the commands that start `offered` on the node `role`, from the catalogs alone.

    No comment stands in it: a comment after a line continuation would end the command there.
    """
    container, cluster = project.service.container, project.service.cluster
    engine, first = offered.engine, project.catalog.models[0]
    values = {
        "MASTER_IP": "192.168.1.10",
        "NODE_IP": "192.168.1.10" if role == "master" else "192.168.1.11",
        "NIC": "eth0",
        "MODEL": first.id,
        "MAX_MODEL_LEN": str(first.context.default),
        "GPU_MEMORY_UTILIZATION": str(cluster.gpu_memory_utilization.default),
        "MODEL_ROOT": container.model_root,
        "MODEL_DIR": "$MODEL_ROOT/$MODEL",
        "ENGINE_PORT": str(cluster.ports.engine),
        "GPUS_PER_NODE": str(cluster.gpus_per_node),
        "NODE_COUNT": str(cluster.nodes),
        "TENSOR_PARALLEL": str(engine.parallelism.tensor),
        "PIPELINE_PARALLEL": str(engine.parallelism.pipeline),
        **{f"{port.name.upper()}_PORT": str(port.value) for port in engine.ports},
    }
    environment = (*project.catalog.machine.fabric.environment, *engine.environment)
    command = [
        f"sudo docker run --detach --name {container.name} --entrypoint {container.entrypoint}",
        *map(argument_words, container.arguments),
        *map(variable_words, environment),
        offered.release.image,
        f'-c "{_inner(offered, role)}"',
    ]
    run = " \\\n  ".join(command)
    used = _used(values, run)
    return "\n".join(
        [
            *(f"{name}={shell_word(value)}" for name, value in values.items() if name in used),
            f"sudo docker rm --force {container.name}",
            run,
        ]
    )


def _used(values: dict[str, str], text: str) -> set[str]:
    """Return the names that `text` refers to, and those that their values refer to in turn."""
    names = {name for name in re.findall(r"\$([A-Z_]+)", text) if name in values}
    return names | {inner for name in names for inner in _used(values, values[name])}


def _inner(offered: OfferedEngine, role: str) -> str:
    """Return the command inside the container, for use in double quotes: its own words have single ones.

    Each argument has a line, so that one can be changed or taken out with its line.
    """
    engine = offered.engine
    head, join, serve = (
        " \\\n    ".join(("", *map(argument_words, arguments))).replace('"', "'").lstrip(" ")
        for arguments in (engine.head_arguments, engine.join_arguments, engine.serve_arguments)
    )
    commands = {"master": engine.commands.master, "worker": engine.commands.worker}
    return commands[role].replace(" && ", " && \\\n  ").format(head=head, join=join, serve=serve)
