"""The ECS images of a package for nodes of dry rehearsals: their record, a model of one file, stand-ins for engines."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.dry import engine
from nestforge.rehearse.engine.built_image import image_builds
from nestforge.rehearse.engine.ecs_images import hardware
from nestforge.rehearse.image import ContainerImage, EcsImage
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.model.catalog import Catalog
    from nestforge.rehearse.engine.built_image import ImageBuild
    from nestforge.rehearse.image import ImageOf

_PACKAGE = "nestforge/rehearse/dry/engine"
_WEIGHTS = b"a stand-in for the weights\n"
_PROGRAMS = {"ray": "ray", "vllm": "vllm"}
_RUN = '#!/bin/sh\nexec python3 -m nestforge.rehearse.dry.engine.{module} "$@"\n'
_SGLANG = "from nestforge.rehearse.dry.engine.sglang import main\n\nraise SystemExit(main())\n"


def dry_images(package: Path, catalog: Catalog, artifacts: Mapping[str, str], folder: Path) -> ImageOf:
    """Return what gives a node its image. `artifacts` are the artifacts' names by what the template calls them.

    What stands in for engines is written to `folder`. Raises NoImageBuild.
    """
    _write_engine(folder)
    builds = image_builds(package)

    def image_of(image_id: str, instance_type: str) -> EcsImage:
        build = builds.get(artifacts.get(image_id, ""))
        if build is None:
            raise ResourceFailed(f"The specified ImageId {image_id} does not exist: it is no image of the service.")
        return _image(image_id, build, folder, catalog, instance_type)

    return image_of


def _image(image_id: str, build: ImageBuild, folder: Path, catalog: Catalog, instance_type: str) -> EcsImage:
    manifest = f"{len(_WEIGHTS)} {hashlib.sha256(_WEIGHTS).hexdigest()} weights\n"
    containers = tuple(
        ContainerImage(
            tag=each.image,
            id=each.image_id,
            path=("/engine/bin",),
            environment={"PYTHONPATH": "/engine/site", "PYTHONUNBUFFERED": "1"},
            binds={"/engine": folder},
        )
        for each in build.engines
    )
    files = {**build.files(manifest), f"{build.model_root}/{build.model}/weights": _WEIGHTS}
    return EcsImage(image_id, files, {}, containers, hardware(catalog, instance_type))


def _write_engine(folder: Path) -> None:
    for name, module in _PROGRAMS.items():
        program = folder / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(_RUN.format(module=module), encoding="utf-8")
        program.chmod(0o755)
    for source in Path(engine.__file__).parent.glob("*.py"):
        target = folder / "site" / _PACKAGE / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    for depth in range(1, _PACKAGE.count("/") + 1):
        (folder / "site" / Path(*Path(_PACKAGE).parts[:depth]) / "__init__.py").touch()
    server = folder / "site/sglang/launch_server.py"
    server.parent.mkdir(parents=True, exist_ok=True)
    (server.parent / "__init__.py").touch()
    server.write_text(_SGLANG, encoding="utf-8")
