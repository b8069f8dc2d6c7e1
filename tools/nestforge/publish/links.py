"""Know from one tag whether a version of the service names the artifacts that are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.publish.read_package import content_hash
from nestforge.publish.references import artifacts_of

if TYPE_CHECKING:
    from nestforge.publish.desired import Desired
    from nestforge.publish.references import Links

_NONE = ("", "")


def links_tag(desired: Desired, links: Links) -> str:
    """Return the value of the tag: what the artifacts were made from, and what the service names.

    Both halves are needed: a run that ended between the service and its tag must not be believed.
    """
    made_from = {key: artifact.version_name for key, artifact in desired.artifacts.items()}
    named = {key: list(links.get(key, _NONE)) for key in artifacts_of(desired.definition)}
    return f"{content_hash(made_from)}-{content_hash(named)}"


def holds_links(tag: str, desired: Desired, links: Links) -> bool:
    """Whether `tag` says that `links`, read from the service, are the wanted artifacts."""
    named = all(all(links.get(key, _NONE)) for key in artifacts_of(desired.definition))
    return named and tag == links_tag(desired, links)
