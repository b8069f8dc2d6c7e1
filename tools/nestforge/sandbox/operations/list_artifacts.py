"""ListArtifacts: the artifacts of this supplier, by exact tags; a name is matched loosely, as documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import newest_number
from nestforge.sandbox.errors import invalid
from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def list_artifacts(call: Call) -> dict[str, object]:
    """Answer one row per artifact, its newest version."""
    wanted = call.parameters.tags()
    rows = []
    for artifact_id in dict.fromkeys(a.artifact_id for a in call.store.artifacts()):
        versions = call.store.artifacts(artifact_id)
        tags = call.store.tags("artifact", artifact_id)
        newest = versions[-1]
        if all(tags.get(name) == value for name, value in wanted.items()) and all(
            _passes(artifact_id, newest.fields, name, values)
            for name, values in call.parameters.filters("Values").items()
        ):
            rows.append(
                {
                    "ArtifactId": artifact_id,
                    "ArtifactType": newest.fields["ArtifactType"],
                    "Name": newest.fields["Name"],
                    "Description": newest.fields.get("Description"),
                    "Status": newest.settles_as or newest.status,
                    "MaxVersion": str(newest_number(versions)),
                    "GmtModified": newest.updated,
                    "Tags": [{"Key": k, "Value": v} for k, v in tags.items()],
                }
            )
    shown, more = page(rows, call.parameters)
    return {"Artifacts": list(shown), "TotalCount": len(rows), **more}


def _passes(artifact_id: str, fields: dict[str, object], name: str, values: list[str]) -> bool:
    if name == "Name":
        return any(value in str(fields["Name"]) for value in values)
    if name == "ArtifactId":
        return artifact_id in values
    if name == "ArtifactType":
        return fields["ArtifactType"] in values
    raise invalid("Filter", f"there is no filter '{name}'.")
