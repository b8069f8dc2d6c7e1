"""CreateArtifact: a deployment package, at first as a draft."""

from __future__ import annotations

from nestforge.sandbox.artifact_fields import BUILD_TYPES, TYPES, check_complete, read_fields, show_fields
from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import invalid, missing, wrong_status
from nestforge.sandbox.store import ArtifactVersion


def create_artifact(call: Call) -> dict[str, object]:
    """Store a draft; with ArtifactId it is the next version of an artifact that has no draft."""
    p = call.parameters
    fields = read_fields(call)
    artifact_id = p.text("ArtifactId")
    if artifact_id is not None:
        before = call.artifact(artifact_id)
        if any(a.version == DRAFT for a in call.store.artifacts(artifact_id)):
            raise wrong_status("Artifact", artifact_id, "holding a draft", "an artifact without a draft")
        fields = {**before.fields, **fields}
    else:
        kind = p.one_of("ArtifactType", TYPES)
        if kind is None:
            raise missing("ArtifactType")
        fields |= {"Name": p.required("Name"), "ArtifactType": kind}
        if build := p.one_of("ArtifactBuildType", BUILD_TYPES):
            fields["ArtifactBuildType"] = build
        if any(a.fields.get("Name") == fields["Name"] for a in call.store.artifacts()):
            raise invalid("Name", f"an artifact is named '{fields['Name']}' already.")
    check_complete(fields)
    artifact = ArtifactVersion(artifact_id or call.new_id("artifact"), DRAFT, "Created", fields, call.now, call.now)
    call.store.save_artifact(artifact)
    call.store.set_tags("artifact", artifact.artifact_id, p.tags())
    return show_fields(artifact)
