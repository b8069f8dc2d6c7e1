"""What the target holds, as far as it concerns one service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.cloud.supplier import DRAFT
from nestforge.publish.desired import ARTIFACT_TAG, LINKS_TAG, SERVICE_TAG
from nestforge.publish.errors import AmbiguousIdentity
from nestforge.publish.links import holds_links
from nestforge.publish.poll import FAILED_ARTIFACT, settled_service
from nestforge.publish.references import Links, links_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.cloud.supplier import ArtifactVersion, Registration, ServiceVersion, Supplier, VersionSummary
    from nestforge.publish.desired import Desired


@dataclass(frozen=True, slots=True)
class RemoteArtifact:
    """An artifact and all its versions."""

    artifact_id: str
    versions: tuple[ArtifactVersion, ...]

    def holding(self, version_name: str) -> ArtifactVersion | None:
        """Return the version whose content is that of `version_name`, a released one before a draft.

        One that failed is not it: the same content is tried again.
        """
        same = [v for v in self.versions if v.version_name == version_name and v.status not in FAILED_ARTIFACT]
        return min(same, key=lambda v: v.version == DRAFT, default=None)

    @property
    def draft(self) -> ArtifactVersion | None:
        """Return the version under work."""
        return next((v for v in self.versions if v.version == DRAFT), None)


@dataclass(frozen=True, slots=True)
class Remote:
    """The newest version of the service, its review, and the artifacts.

    `links` are known without looking the artifacts up where a tag says that what the newest version
    names was made from the wanted definitions; `artifacts` is None then.
    """

    versions: tuple[VersionSummary, ...] = ()
    service: ServiceVersion | None = None
    registration: Registration | None = None
    links: Links | None = None
    artifacts: Mapping[str, RemoteArtifact] | None = None


def read_versions(supplier: Supplier, identity: str) -> tuple[VersionSummary, ...]:
    """Return the versions of the service with this identity, oldest first. Raises AmbiguousIdentity.

    The tag is compared here once more: nothing that only resembles it may be taken for the service.
    """
    found = [v for v in supplier.list_versions({SERVICE_TAG: identity}) if v.tags.get(SERVICE_TAG) == identity]
    identities = tuple(dict.fromkeys(v.service_id for v in found))
    if len(identities) > 1:
        raise AmbiguousIdentity(f"{SERVICE_TAG}={identity}", identities)
    return tuple(sorted(found, key=_age))


def _age(version: VersionSummary) -> tuple[bool, int]:
    """Published versions are numbered [assumed]; what has no number is under work, and newest."""
    numbered = version.version.isdigit()
    return (not numbered, int(version.version) if numbered else 0)


def read_remote(supplier: Supplier, desired: Desired, wait: Callable[[float], None]) -> Remote:
    """Look at the target: two calls where nothing has changed, a few more where something may have."""
    versions = read_versions(supplier, desired.identity)
    if not versions:
        return Remote(artifacts=_read_artifacts(supplier, desired))
    newest = versions[-1]
    service = settled_service(supplier, newest.service_id, newest.version, wait)
    registration = None
    if service.registration_id and service.status in ("Draft", "Submitted"):
        registration = supplier.get_registration(service.registration_id)
    links = links_in(desired.definition, service.definition)
    if holds_links(service.tags.get(LINKS_TAG, ""), desired, links):
        return Remote(versions, service, registration, links=links)
    return Remote(versions, service, registration, artifacts=_read_artifacts(supplier, desired))


def _read_artifacts(supplier: Supplier, desired: Desired) -> dict[str, RemoteArtifact]:
    found: dict[str, RemoteArtifact] = {}
    for key, wanted in desired.artifacts.items():
        tagged = [
            a for a in supplier.list_artifacts({ARTIFACT_TAG: wanted.tag}) if a.tags.get(ARTIFACT_TAG) == wanted.tag
        ]
        if len(tagged) > 1:
            raise AmbiguousIdentity(f"{ARTIFACT_TAG}={wanted.tag}", tuple(a.artifact_id for a in tagged))
        for artifact in tagged:
            versions = supplier.list_artifact_versions(artifact.artifact_id)
            found[key] = RemoteArtifact(artifact.artifact_id, versions)
    return found
