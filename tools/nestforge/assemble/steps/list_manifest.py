"""List what the package holds, so that anyone can check it."""

from __future__ import annotations

import json
from hashlib import sha256

from nestforge import __version__
from nestforge.assemble.inputs import INPUTS
from nestforge.assemble.layout import MANIFEST
from nestforge.model.build import Made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build


def list_manifest(build: Build) -> Made:
    """Return manifest.json: what the package was made from, and each file's sha256 and size in bytes."""
    service, catalog = build.project.service, build.project.catalog
    manifest = {
        "schema": 1,
        "nestforge": __version__,
        "service": service.id,
        "version": service.version_name,
        INPUTS: build.inputs,
        "catalog": {
            "models": {model.id: model.revision for model in catalog.models},
            "engines": {offered.id: offered.release.image for offered in catalog.engines},
            "instances": [instance.id for instance in catalog.instances],
        },
        "files": {
            path: {"sha256": sha256(content).hexdigest(), "size": len(content)}
            for path, content in sorted(build.files.items())
        },
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return Made({MANIFEST: text.encode()})
