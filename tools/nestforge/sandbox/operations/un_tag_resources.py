"""UnTagResources: remove tags from services or artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.operations.tag_resources import tagged_resources

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def un_tag_resources(call: Call) -> dict[str, object]:
    """Remove the tags that are named, or all."""
    kind, identities = tagged_resources(call)
    for identity in identities:
        names = call.parameters.texts("TagKey")
        if call.parameters.flag("All"):
            names = list(call.store.tags(kind, identity))
        call.store.remove_tags(kind, identity, names)
    return {}
