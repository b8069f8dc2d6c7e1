"""UpdateArtifact: change the draft of an artifact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.artifact_fields import check_complete, read_fields, show_fields
from nestforge.sandbox.records import DRAFT

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_NOT_ANSWERED = ("Name", "ResourceGroupId")


def update_artifact(call: Call) -> dict[str, object]:
    """Change the fields that are given."""
    artifact = call.artifact(call.parameters.required("ArtifactId"), DRAFT)
    fields = {**artifact.fields, **read_fields(call)}
    check_complete(fields)
    changed = replace(artifact, fields=fields, updated=call.now)
    call.store.save_artifact(changed)
    return {n: v for n, v in show_fields(changed).items() if n not in _NOT_ANSWERED}
