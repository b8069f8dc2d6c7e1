"""DeleteArtifact: remove a version that no service names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import in_use
from nestforge.sandbox.service_fields import deploy_metadata, relations

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def delete_artifact(call: Call) -> dict[str, object]:
    """Remove one version, or all of them where none is named."""
    p = call.parameters
    artifact_id, version = p.required("ArtifactId"), p.text("ArtifactVersion")
    call.artifact(artifact_id, version)
    for service in call.store.services():
        for _, used_id, used_version in relations(deploy_metadata(service)):
            if used_id == artifact_id and version in (None, used_version):
                raise in_use("Artifact", artifact_id, f"service {service.service_id} {service.version}")
    for artifact in call.store.artifacts(artifact_id):
        if version in (None, artifact.version):
            call.store.delete_artifact(artifact_id, artifact.version)
    if not call.store.artifacts(artifact_id):
        call.store.remove_tags("artifact", artifact_id)
    return {}
