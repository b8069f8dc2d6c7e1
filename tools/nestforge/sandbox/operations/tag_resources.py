"""TagResources: add tags to services or artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import missing

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

KINDS = ("service", "artifact")


def tagged_resources(call: Call) -> tuple[str, list[str]]:
    """Return the kind and the identities that a tag operation names; they must exist."""
    p = call.parameters
    kind = p.one_of("ResourceType", KINDS)
    identities = p.texts("ResourceId")
    if kind is None:
        raise missing("ResourceType")
    if not identities:
        raise missing("ResourceId")
    for identity in identities:
        _ = call.service(identity) if kind == "service" else call.artifact(identity)
    return kind, identities


def tag_resources(call: Call) -> dict[str, object]:
    """Add the tags, or change their values."""
    kind, identities = tagged_resources(call)
    tags = call.parameters.tags()
    if not tags:
        raise missing("Tag")
    for identity in identities:
        call.store.set_tags(kind, identity, tags)
    return {}
