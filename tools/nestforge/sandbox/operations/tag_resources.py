"""TagResources: add tags to services or artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import missing
from nestforge.sandbox.tagged import tagged_resources

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def tag_resources(call: Call) -> dict[str, object]:
    """Add the tags, or change their values."""
    kind, identities = tagged_resources(call)
    tags = call.parameters.tags()
    if not tags:
        raise missing("Tag")
    for identity in identities:
        call.store.set_tags(kind, identity, tags)
    return {}
