"""The fields of an artifact: how they come in, how they go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import invalid, missing, not_found

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.store import ArtifactVersion

TYPES = ("EcsImage", "AcrImage", "File", "Script", "HelmChart")
BUILD_TYPES = ("EcsImage", "Dockerfile", "Buildpacks", "ContainerImage")


def read_fields(call: Call) -> dict[str, object]:
    """Return the fields that the request gives, checked."""
    p = call.parameters
    fields: dict[str, object] = {name: v for name in ("Description", "VersionName") if (v := p.text(name)) is not None}
    fields |= {
        name: v for name in ("ArtifactProperty", "ArtifactBuildProperty") if (v := p.json_text(name)) is not None
    }
    if regions := p.texts("SupportRegionIds"):
        fields["SupportRegionIds"] = regions
    url = json.loads(str(fields.get("ArtifactProperty", "{}"))).get("Url")
    if url and call.object_at(str(url)) is None:
        raise not_found("Object", str(url))
    return fields


def check_complete(fields: dict[str, object]) -> None:
    """Raise ApiError where a new artifact lacks what its type needs."""
    built = "ArtifactBuildProperty" in fields
    if not built and "ArtifactProperty" not in fields:
        raise missing("ArtifactProperty")
    if fields["ArtifactType"] == "File" and not json.loads(str(fields.get("ArtifactProperty", "{}"))).get("Url"):
        raise invalid("ArtifactProperty", "a File artifact needs a Url.")
    if built and "ArtifactBuildType" not in fields:
        raise missing("ArtifactBuildType")


def show_fields(artifact: ArtifactVersion) -> dict[str, object]:
    """Return the fields as the artifact operations answer them; lists travel as JSON text."""
    regions = artifact.fields.get("SupportRegionIds", [])
    return {
        **{name: value for name, value in artifact.fields.items() if name != "SupportRegionIds"},
        "SupportRegionIds": json.dumps(regions),
        "ArtifactId": artifact.artifact_id,
        "ArtifactVersion": artifact.version,
        "Status": artifact.status,
        "GmtModified": artifact.updated,
    }


def newest_number(versions: list[ArtifactVersion]) -> int:
    """Return the highest released version; 0 where there is none."""
    return max((int(a.version) for a in versions if a.version.isdigit()), default=0)
