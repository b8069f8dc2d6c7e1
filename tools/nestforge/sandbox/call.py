"""What an operation gets to work with."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import not_found

if TYPE_CHECKING:
    from nestforge.sandbox.parameters import Parameters
    from nestforge.sandbox.store import ArtifactVersion, Registration, ServiceVersion, Store, StoredObject

REGION = "cn-hangzhou"
BUCKET = "nestforge-sandbox"
DRAFT = "draft"
_OBJECT_URL = re.compile(r"https?://(?P<bucket>[a-z0-9-]+)\.oss-(?P<region>[a-z0-9-]+)\.aliyuncs\.com/(?P<name>[^?]+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its parameters, the state, the time in the API's format."""

    parameters: Parameters
    store: Store
    now: str

    def new_id(self, kind: str) -> str:
        """Return an identity such as `service-1f2e…`."""
        return f"{kind}-{secrets.token_hex(10)}"

    def service(self, service_id: str, version: str | None = None) -> ServiceVersion:
        """Return a version; without one the default, else the newest that was published, else the draft."""
        versions = self.store.services(service_id)
        if version is None:
            published = [s for s in versions if s.version != DRAFT]
            preferred = [s for s in published if s.default] or published[-1:] or versions
        else:
            preferred = [s for s in versions if s.version == version]
        if not preferred:
            raise not_found("Service", f"{service_id} {version or ''}".strip())
        return preferred[-1]

    def artifact(self, artifact_id: str, version: str | None = None) -> ArtifactVersion:
        """Return a version of an artifact; without one the newest."""
        versions = self.store.artifacts(artifact_id)
        found = [a for a in versions if version is None or a.version == version]
        if not found:
            raise not_found("Artifact", f"{artifact_id} {version or ''}".strip())
        return found[-1]

    def registration(self, registration_id: str) -> Registration:
        """Return a registration."""
        for registration in self.store.registrations():
            if registration.registration_id == registration_id:
                return registration
        raise not_found("ServiceRegistration", registration_id)

    def object_at(self, url: str) -> StoredObject | None:
        """Return the uploaded object that `https://<bucket>.oss-<region>.aliyuncs.com/<key>` names."""
        found = _OBJECT_URL.fullmatch(url)
        return self.store.stored_object(found["bucket"], found["name"]) if found else None
