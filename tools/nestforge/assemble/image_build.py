"""The command that builds the ECS image of a model."""

from __future__ import annotations

import shlex
from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.catalog import Model
    from nestforge.model.project import Project

SCRIPT = "scripts/image/build.sh"


def image_build_command(project: Project, model: Model) -> str:
    """Return the content of the command that Compute Nest runs on the temporary host."""
    machine, service = project.catalog.machine, project.service
    engines = [
        "|".join(
            [
                offered.id,
                offered.release.version,
                offered.engine.id,
                offered.engine.source_image,
                offered.release.image,
                " ".join(offered.release.packages),
            ]
        )
        for offered in project.catalog.engines
    ]
    values = {
        "MODEL": model.id,
        "REVISION": model.revision,
        "MODEL_ROOT": service.container.model_root,
        "WEIGHTS_GIB": str(model.weights_gib),
        "MINIMUM_DRIVER": machine.minimum_driver,
        "FABRIC_DEVICE": machine.fabric.device,
        "CONTAINER_GIB": str(service.image_build.container_gib),
        "UEFI_TYPES": " ".join(one.id for one in project.catalog.instances if one.boot_mode == "UEFI"),
    }
    lines = [
        *(f"{name}={shlex.quote(value)}" for name, value in values.items()),
        "ENGINES=(",
        *(f"  {shlex.quote(engine)}" for engine in engines),
        ")",
    ]
    body = "\n".join(lines) + "\n" + project.files[SCRIPT]
    stamp = sha256(body.encode()).hexdigest()
    return f"#!/usr/bin/env bash\nset -euo pipefail\nIMAGE_BUILD={stamp}\n{body}"


def image_build_stamp(project: Project, model: Model) -> str:
    """Return the sha256 of the build's inputs: the image carries it, and each node compares it."""
    line = image_build_command(project, model).splitlines()[2]
    return line.removeprefix("IMAGE_BUILD=")
