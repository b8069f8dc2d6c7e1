"""DeleteArtifact: remove a version that no service names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import ApiError

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def delete_artifact(call: Call) -> dict[str, object]:
    """Remove one version, or all of them where none is named."""
    p = call.parameters
    artifact_id, version = p.required("ArtifactId"), p.text("ArtifactVersion")
    call.artifact(artifact_id, version)
    for service in call.store.services():
        metadata = json.loads(str(service.fields.get("DeployMetadata", "{}")))
        if artifact_id in json.dumps(metadata.get("SupplierDeployMetadata", {})):
            message = f"Artifact {artifact_id} is used by service {service.service_id} {service.version}."
            raise ApiError(409, "OperationDenied.ArtifactInUse", message)
    for artifact in call.store.artifacts(artifact_id):
        if version in (None, artifact.version):
            call.store.delete_artifact(artifact_id, artifact.version)
    if not call.store.artifacts(artifact_id):
        call.store.remove_tags("artifact", artifact_id, list(call.store.tags("artifact", artifact_id)))
    return {}
