"""ReleaseArtifact: make the draft a version that services can name."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.artifact_fields import newest_number, show_fields
from nestforge.sandbox.call import DRAFT, Call


def release_artifact(call: Call) -> dict[str, object]:
    """Release. What must be built or copied is `Delivering` until it is next looked at."""
    artifact_id = call.parameters.required("ArtifactId")
    draft = call.artifact(artifact_id, DRAFT)
    number = str(newest_number(call.store.artifacts(artifact_id)) + 1)
    released = replace(
        draft, version=number, status="Delivering", settles_as="Available", created=call.now, updated=call.now
    )
    call.store.delete_artifact(artifact_id, DRAFT)
    call.store.save_artifact(released)
    shown = show_fields(released)
    return {n: v for n, v in shown.items() if n in _ANSWERED}


_ANSWERED = (
    "ArtifactId",
    "ArtifactProperty",
    "ArtifactType",
    "ArtifactVersion",
    "Description",
    "GmtModified",
    "Status",
    "VersionName",
)
