"""ListTagResources: the tags of services or artifacts, one row a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.paging import page_of_size
from nestforge.sandbox.tagged import KINDS

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_PAGE = 50  # the operation has no MaxResults; the size of its pages is [assumed]


def list_tag_resources(call: Call) -> dict[str, object]:
    """Answer the tags of the resources that are named and have all the tags that are named."""
    p = call.parameters
    kind = p.one_of("ResourceType", KINDS) or ""
    identities, wanted = p.texts("ResourceId"), p.tags()
    known = (
        [service.service_id for service in call.store.services()]
        if kind == "service"
        else [artifact.artifact_id for artifact in call.store.artifacts()]
    )
    rows = [
        {"ResourceId": identity, "ResourceType": kind, "TagKey": name, "TagValue": value}
        for identity in dict.fromkeys(known)
        if not identities or identity in identities
        for tags in [call.store.tags(kind, identity)]
        if wanted.items() <= tags.items()
        for name, value in tags.items()
    ]
    shown, more = page_of_size(rows, p, _PAGE)
    return {"TagResources": list(shown), **more}
