"""UpdateArtifact: change the draft of an artifact."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.artifact_fields import check_complete, read_fields, show_fields
from nestforge.sandbox.call import DRAFT, Call


def update_artifact(call: Call) -> dict[str, object]:
    """Change the fields that are given."""
    artifact = call.artifact(call.parameters.required("ArtifactId"), DRAFT)
    fields = {**artifact.fields, **read_fields(call)}
    check_complete(fields)
    changed = replace(artifact, fields=fields, updated=call.now)
    call.store.save_artifact(changed)
    return show_fields(changed)
