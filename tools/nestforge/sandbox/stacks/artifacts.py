"""Put what a service's artifacts stand for in place of their tokens in a template.

What each becomes: a file the address by which an instance in its region reaches it within the cloud, as the
documentation of file packages says; an image the id that it has in the region. The other forms are [assumed].
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.service_fields import relations

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ArtifactVersion

# Compute Nest's own: no relation names them, a login for the supplier's private repository takes their place.
_BUILT_IN = re.compile(r"\{\{\s*computenest::(?:acr|helm)::dockerconfigjson\s*\}\}")
_LEFT = re.compile(r"\{\{\s*computenest::[^{}]*\}\}")
_NO_LOGIN = "e30="
"""`{}` in Base64: the sandbox has no repositories, so there is no login."""


def resolve_artifacts(call: Call, metadata: dict[str, object], text: str, region: str) -> str:
    """Return the template with all tokens replaced. Raises ApiError for one that no relation names."""
    known = {
        place.partition(".")[2]: _stands_for(call.artifact(artifact_id, version), region)
        for place, artifact_id, version in relations(metadata)
    }
    for token in sorted(known, key=len, reverse=True):  # a token may begin with another one
        text = re.sub(rf"(?<![\w-]){re.escape(token)}(?![\w-])", lambda _, t=token: known[t], text)  # type: ignore[misc]  # the lambda's default
    text = _BUILT_IN.sub(_NO_LOGIN, text)
    if left := _LEFT.search(text):
        message = f"The template has {left[0]}, which none of the service's artifact relations names."
        raise ApiError(400, "InvalidParameter.DeployMetadata", message)
    return text


def _stands_for(artifact: ArtifactVersion, region: str) -> str:
    properties: dict[str, object] = json.loads(str(artifact.fields.get("ArtifactProperty", "{}")))
    kind = artifact.fields["ArtifactType"]
    if kind in ("File", "Script"):
        return re.sub(r"\.oss-([a-z0-9-]+)\.aliyuncs\.com", r".oss-\1-internal.aliyuncs.com", str(properties["Url"]))
    if kind == "EcsImage":
        return image_id(artifact, region)
    return f"{properties.get('RepoName', '')}:{properties.get('Tag', '')}"


def image_id(artifact: ArtifactVersion, region: str) -> str:
    """Return the id that an ECS image has in a region."""
    properties: dict[str, object] = json.loads(str(artifact.fields.get("ArtifactProperty", "{}")))
    digest = hashlib.sha256(f"{artifact.artifact_id} {artifact.version} {region}".encode()).hexdigest()
    return str(properties.get("ImageId") or f"m-{digest[:20]}")
