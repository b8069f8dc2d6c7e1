"""ListArtifactVersions: all versions of one artifact, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import show_fields
from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_NOT_SHOWN = ("Name", "Description")


def list_artifact_versions(call: Call) -> dict[str, object]:
    """Answer one row per version."""
    artifact_id = call.parameters.required("ArtifactId")
    call.artifact(artifact_id)
    rows = [
        {
            **{n: v for n, v in show_fields(a).items() if n not in _NOT_SHOWN},
            "GmtCreate": a.created,
            "Status": a.settles_as or a.status,
        }
        for a in reversed(call.store.artifacts(artifact_id))
    ]
    shown, more = page(rows, call.parameters)
    return {"Artifacts": list(shown), "TotalCount": len(rows), **more}
