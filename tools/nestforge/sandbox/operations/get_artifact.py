"""GetArtifact: one version of an artifact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import newest_number, show_fields
from nestforge.sandbox.errors import missing, not_found

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_artifact(call: Call) -> dict[str, object]:
    """Answer a version by ArtifactId or by exact ArtifactName."""
    p = call.parameters
    artifact_id, name = p.text("ArtifactId"), p.text("ArtifactName")
    if artifact_id is None:
        if name is None:
            raise missing("ArtifactId")
        named = [a for a in call.store.artifacts() if a.fields["Name"] == name]
        if not named:
            raise not_found("Artifact", name)
        artifact_id = named[0].artifact_id
    artifact = call.look_at_artifact(call.artifact(artifact_id, p.text("ArtifactVersion")))
    return {
        **show_fields(artifact),
        "MaxVersion": newest_number(call.store.artifacts(artifact_id)),
        "Tags": [{"Key": k, "Value": v} for k, v in call.store.tags("artifact", artifact_id).items()],
    }
