"""The tags that tell a later run what an earlier one did; each value fits the 128 characters of a tag."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from nestforge.publish.desired import LINKS_TAG, NAMES_TAG, OWN_PREFIX
from nestforge.publish.links import links_tag
from nestforge.publish.read_package import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nestforge.publish.desired import Desired
    from nestforge.publish.references import Links

_DIGEST = 6
"""Hexadecimal digits for a name: those of 16 names fit a tag, which the names themselves may not."""


def tags_of(desired: Desired, links: Links) -> dict[str, str]:
    """Return all tags that the service shall carry once its artifacts are there."""
    return {**desired.tags, LINKS_TAG: links_tag(desired, links), NAMES_TAG: names_tag(desired)}


def names_tag(desired: Desired) -> str:
    """Return which tags are from service.yaml, so that one removed there is known from one added in the console."""
    names = sorted(name for name in desired.tags if not name.startswith(OWN_PREFIX))
    return f"{len(names)}.{''.join(map(_digest, names))}"


def no_longer_wanted(tags: Mapping[str, str], desired: Desired) -> Iterator[str]:
    """Yield which of the service's `tags` an earlier run set, and service.yaml does not have any more."""
    digests = tags.get(NAMES_TAG, "").partition(".")[2]
    ours = {digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)}
    for name in tags:
        if name not in desired.tags and not name.startswith(OWN_PREFIX) and _digest(name) in ours:
            yield name


def handed_in_tag(desired: Desired, registration_id: str) -> str:
    """Return what says that `registration_id` is the review of what is desired now."""
    made_from = {key: artifact.version_name for key, artifact in desired.artifacts.items()}
    return f"{registration_id}/{content_hash([desired.definition, made_from])}"


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:_DIGEST]
