"""ReleaseArtifact: make the draft a version that services can name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import newest_number, show_fields
from nestforge.sandbox.records import DRAFT

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

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


def release_artifact(call: Call) -> dict[str, object]:
    """Release. A version is built or copied to its regions (`Delivering`) before it is `Available`."""
    artifact_id = call.parameters.required("ArtifactId")
    draft = call.artifact(artifact_id, DRAFT)
    number = str(newest_number(call.store.artifacts(artifact_id)) + 1)
    released = replace(
        draft,
        version=number,
        status="Created",
        ahead=("Delivering", "Available"),
        reads=0,
        created=call.now,
        updated=call.now,
    )
    call.store.delete_artifact(artifact_id, DRAFT)
    call.store.save_artifact(released)
    return {n: v for n, v in show_fields(released).items() if n in _ANSWERED}
