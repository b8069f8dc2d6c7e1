"""The fields of an artifact: how they come in, how they go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import invalid, missing

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ArtifactVersion

TYPES = ("EcsImage", "AcrImage", "File", "Script", "HelmChart")
BUILD_TYPES = ("EcsImage", "Dockerfile", "Buildpacks", "ContainerImage")
_PROPERTIES = ("ArtifactProperty", "ArtifactBuildProperty")


def read_fields(call: Call) -> dict[str, object]:
    """Return the fields that the request gives, checked."""
    p = call.parameters
    fields: dict[str, object] = {name: p.text(name) for name in ("Description", "VersionName", *_PROPERTIES)}
    properties = {name: p.json_object(name) or {} for name in _PROPERTIES}
    if regions := p.texts("SupportRegionIds"):
        fields["SupportRegionIds"] = json.dumps(regions)  # the answers have it as JSON text
    call.check_object("ArtifactProperty.Url", properties["ArtifactProperty"].get("Url"))
    return {name: value for name, value in fields.items() if value is not None}


def check_complete(fields: dict[str, object]) -> None:
    """Raise ApiError where an artifact lacks what its type needs. Which those are is [assumed]."""
    if not any(name in fields for name in _PROPERTIES):
        raise missing("ArtifactProperty")
    prepared: dict[str, object] = json.loads(str(fields.get("ArtifactProperty", "{}")))
    if fields["ArtifactType"] in ("File", "Script") and not prepared.get("Url"):
        raise invalid("ArtifactProperty", f"a {fields['ArtifactType']} artifact needs a Url.")
    if "ArtifactBuildProperty" in fields and "ArtifactBuildType" not in fields:
        raise missing("ArtifactBuildType")


def show_fields(artifact: ArtifactVersion) -> dict[str, object]:
    """Return the fields as the artifact operations answer them."""
    return {
        **artifact.fields,
        "ArtifactId": artifact.artifact_id,
        "ArtifactVersion": artifact.version,
        "Status": artifact.status,
        "GmtModified": artifact.updated,
    }


def newest_number(versions: list[ArtifactVersion]) -> int:
    """Return the highest released version; 0 where there is none."""
    return max((int(a.version) for a in versions if a.version.isdigit()), default=0)
