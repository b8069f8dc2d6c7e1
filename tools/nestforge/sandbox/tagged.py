"""What the tag operations are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

KINDS = ("service", "artifact")


def tagged_resources(call: Call) -> tuple[str, list[str]]:
    """Return the kind and the identities that a tag operation names; they must exist."""
    p = call.parameters
    kind = p.one_of("ResourceType", KINDS) or ""
    identities = p.texts("ResourceId")
    for identity in identities:
        if kind == "service":
            call.service(identity)
        else:
            call.artifact(identity)
    return kind, identities
