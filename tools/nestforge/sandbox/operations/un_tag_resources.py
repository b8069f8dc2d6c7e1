"""UnTagResources: remove tags from services or artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.tagged import tagged_resources

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def un_tag_resources(call: Call) -> dict[str, object]:
    """Remove the tags that are named, or all."""
    kind, identities = tagged_resources(call)
    every, names = call.parameters.flag("All"), call.parameters.texts("TagKey")
    for identity in identities:
        call.store.remove_tags(kind, identity, None if every else names)
    return {}
