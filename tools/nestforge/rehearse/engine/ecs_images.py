"""The ECS images of a package, as its hosts have them in a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.engine.built_image import NoImageBuild, image_builds
from nestforge.rehearse.engine.container_images import container_image
from nestforge.rehearse.engine.tiny_model import manifest, tiny_model
from nestforge.rehearse.image import EcsImage, Hardware
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.model.catalog import Catalog
    from nestforge.rehearse.engine.built_image import ImageBuild
    from nestforge.rehearse.engine.environment import Environment
    from nestforge.rehearse.image import ImageOf


def ecs_images(
    package: Path, catalog: Catalog, environment: Environment, artifact_of: Callable[[str], str | None]
) -> ImageOf:
    """Return what gives a host its image; all that is slow is done here, once.

    `artifact_of` gives the name of the artifact that an image id belongs to. Raises NoImageBuild, UnknownArchitecture,
    CannotPrepare, NoTable.
    """
    images = {name: _image(name, build, catalog, environment) for name, build in image_builds(package).items()}

    def image_of(image_id: str, instance_type: str) -> EcsImage:
        image = images.get(artifact_of(image_id) or "")
        if image is None:
            raise ResourceFailed(f"The specified ImageId {image_id} does not exist: it is no image of the service.")
        return EcsImage(image_id, image.files, image.binds, image.containers, hardware(catalog, instance_type))

    return image_of


def hardware(catalog: Catalog, instance_type: str) -> Hardware:
    """Return what the catalog says about an instance type. Raises ResourceFailed for one that it does not know."""
    machine = catalog.machine
    found = next((one for one in machine.types if one.id == instance_type), None)
    if found is None:
        raise ResourceFailed(f"The specified InstanceType {instance_type} is not in the catalog of instances.")
    return Hardware(
        gpu=f"NVIDIA {machine.accelerator}",
        gpu_count=found.gpus,
        gpu_memory=machine.gpu_memory_mib,
        driver=machine.minimum_driver,
        erdma=found.erdma_interfaces > 0,
    )


def _image(artifact: str, build: ImageBuild, catalog: Catalog, environment: Environment) -> EcsImage:
    model = next((model for model in catalog.models if model.id == build.model), None)
    if model is None:
        raise NoImageBuild(artifact, f"the catalog has no model {build.model}")
    folder = tiny_model(environment, model)
    return EcsImage(
        "",
        build.files(manifest(folder)),
        {f"{build.model_root}/{build.model}": folder},
        tuple(container_image(environment, engine) for engine in build.engines),
    )
