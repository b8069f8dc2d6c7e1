"""CreateArtifact: a deployment package, at first as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import (
    BUILD_TYPES,
    TYPES,
    check_complete,
    newest_number,
    read_fields,
    show_fields,
)
from nestforge.sandbox.errors import already_exists, invalid
from nestforge.sandbox.records import DRAFT, ArtifactVersion

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def create_artifact(call: Call) -> dict[str, object]:
    """Store a draft; with ArtifactId it is the next version of an artifact that has no draft."""
    p = call.parameters
    fields = read_fields(call)
    fields |= {"Name": p.required("Name"), "ArtifactType": p.one_of("ArtifactType", TYPES)}
    if build := p.one_of("ArtifactBuildType", BUILD_TYPES):
        fields["ArtifactBuildType"] = build
    if group := p.text("ResourceGroupId"):
        fields["ResourceGroupId"] = group
    tags = p.tags()
    check_complete(fields)
    artifact_id = p.text("ArtifactId")
    if artifact_id is None:
        if any(a.fields["Name"] == fields["Name"] for a in call.store.artifacts()):
            raise already_exists("Artifact", str(fields["Name"]))
        artifact_id = call.new_id("artifact")
    else:
        before = call.artifact(artifact_id)
        if before.fields["ArtifactType"] != fields["ArtifactType"]:
            raise invalid("ArtifactType", f"the artifact is of type {before.fields['ArtifactType']}.")
        if any(a.version == DRAFT for a in call.store.artifacts(artifact_id)):
            raise already_exists("ArtifactVersion", f"{artifact_id} {DRAFT}")
    artifact = ArtifactVersion(artifact_id, DRAFT, "Created", fields, call.now, call.now)
    call.store.save_artifact(artifact)
    call.store.set_tags("artifact", artifact_id, tags)
    shown = {n: v for n, v in show_fields(artifact).items() if n != "ResourceGroupId"}
    return {**shown, "MaxVersion": newest_number(call.store.artifacts(artifact_id))}
