"""ListArtifacts: the artifacts of this supplier, by exact tags; a name is matched loosely, as documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import newest_number
from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ArtifactVersion

_FILTERS = ("Name", "ArtifactId", "ArtifactType")


def list_artifacts(call: Call) -> dict[str, object]:
    """Answer one row for each artifact, its newest version."""
    p = call.parameters
    wanted, filters = p.tags(), p.filters("Filter", "Values", _FILTERS)
    group = p.text("ResourceGroupId")
    newest = {artifact.artifact_id: artifact for artifact in call.store.artifacts()}
    rows = [
        artifact
        for artifact in newest.values()
        if wanted.items() <= call.store.tags("artifact", artifact.artifact_id).items()
        and group in (None, artifact.fields.get("ResourceGroupId"))
        and all(_passes(artifact, name, values) for name, values in filters.items())
    ]
    shown, more = page(rows, p)
    return {"Artifacts": [_show(call, a) for a in shown], **more}


def _show(call: Call, artifact: ArtifactVersion) -> dict[str, object]:
    artifact = call.look_at_artifact(artifact)
    return {
        "ArtifactId": artifact.artifact_id,
        "ArtifactType": artifact.fields["ArtifactType"],
        "ArtifactBuildProperty": artifact.fields.get("ArtifactBuildProperty"),
        "Name": artifact.fields["Name"],
        "Description": artifact.fields.get("Description"),
        "ResourceGroupId": artifact.fields.get("ResourceGroupId"),
        "Status": artifact.status,
        "MaxVersion": str(newest_number(call.store.artifacts(artifact.artifact_id))),
        "GmtModified": artifact.updated,
        "Tags": [{"Key": k, "Value": v} for k, v in call.store.tags("artifact", artifact.artifact_id).items()],
    }


def _passes(artifact: ArtifactVersion, name: str, values: list[str]) -> bool:
    if name == "Name":  # "performs a fuzzy query by artifact name": how fuzzy is [assumed]
        return any(value.lower() in str(artifact.fields["Name"]).lower() for value in values)
    return (artifact.artifact_id if name == "ArtifactId" else artifact.fields["ArtifactType"]) in values
