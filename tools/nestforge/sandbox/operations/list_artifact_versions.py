"""ListArtifactVersions: all versions of one artifact, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import show_fields
from nestforge.sandbox.errors import not_found
from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_NOT_SHOWN = ("Name", "Description", "ResourceGroupId")


def list_artifact_versions(call: Call) -> dict[str, object]:
    """Answer every version, the draft among them."""
    artifact_id = call.parameters.required("ArtifactId")
    versions = call.store.artifacts(artifact_id)
    if not versions:
        raise not_found("Artifact", artifact_id)
    rows = [
        {**{n: v for n, v in show_fields(a).items() if n not in _NOT_SHOWN}, "GmtCreate": a.created}
        for a in map(call.look_at_artifact, reversed(versions))
    ]
    shown, more = page(rows, call.parameters)
    return {"Artifacts": list(shown), **more}
