"""What an operation gets to work with."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nestforge.sandbox import settling
from nestforge.sandbox.account import BUCKETS
from nestforge.sandbox.errors import ApiError, not_found, stack_not_found
from nestforge.sandbox.records import DRAFT, ArtifactVersion, Registration, ServiceVersion
from nestforge.sandbox.settings import pending_reads

if TYPE_CHECKING:
    from nestforge.sandbox.parameters import Parameters
    from nestforge.sandbox.records import StoredObject
    from nestforge.sandbox.stacks.engine import StackEngine
    from nestforge.sandbox.stacks.records import ServiceInstance, Stack
    from nestforge.sandbox.store import Store

_OBJECT_URL = re.compile(r"https?://(?P<bucket>[a-z0-9-]+)\.oss-[a-z0-9-]+\.aliyuncs\.com/(?P<key>[^?#]+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its parameters, the state, the time in the API's format, and what works on stacks.

    `shown` is what the log has in place of parameters that are secret in part, by their name on the wire.
    """

    parameters: Parameters
    store: Store
    now: str
    engine: StackEngine
    shown: dict[str, str] = field(default_factory=dict)

    def new_id(self, kind: str) -> str:
        """Return an identity such as `service-1f2e…`."""
        return f"{kind}-{secrets.token_hex(10)}"

    def service(self, service_id: str, version: str | None = None) -> ServiceVersion:
        """Return a version; without one the default, else the newest that was published, else the draft.

        A version that is missing is answered as a missing service: so does the cloud for `draft`
        (computenest-cli relies on it).
        """
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
        if not versions:
            raise not_found("Artifact", artifact_id)
        found = [a for a in versions if version is None or a.version == version]
        if not found:
            raise not_found("ArtifactVersion", f"{artifact_id} {version}")
        return found[-1]

    def stack(self, stack_id: str) -> Stack:
        """Return a stack; one that was deleted can still be looked at."""
        stack = self.engine.stacks.stack(stack_id)
        if stack is None:
            raise stack_not_found(stack_id)
        return stack

    def service_instance(self, instance_id: str) -> ServiceInstance:
        """Return a service instance; one that was deleted can still be looked at."""
        for instance in self.engine.stacks.instances():
            if instance.instance_id == instance_id:
                return instance
        message = f'The ServiceInstance entity "{instance_id}" does not exist.'
        raise ApiError(400, "EntityNotExist.ServiceInstance", message)

    def registration(self, registration_id: str) -> Registration:
        """Return a registration."""
        for registration in self.store.registrations():
            if registration.registration_id == registration_id:
                return registration
        raise not_found("ServiceRegistration", registration_id)

    def status(self, record: ServiceVersion | ArtifactVersion | Registration) -> str:
        """Return the state that an operation finds a record in."""
        return settling.current(record, pending_reads(self.store))

    def look_at_service(self, service: ServiceVersion) -> ServiceVersion:
        """Return the version as a read shows it; a passing state comes nearer to its end."""
        shown, kept = settling.read(service, pending_reads(self.store))
        if kept != service:
            self.store.save_service(kept)
        return shown

    def look_at_artifact(self, artifact: ArtifactVersion) -> ArtifactVersion:
        """Return the version as a read shows it; a passing state comes nearer to its end."""
        shown, kept = settling.read(artifact, pending_reads(self.store))
        if kept != artifact:
            self.store.save_artifact(kept)
        return shown

    def look_at_registration(self, registration: Registration) -> Registration:
        """Return the registration as a read shows it; a review comes nearer to its end."""
        shown, kept = settling.read(registration, pending_reads(self.store))
        if kept != registration:
            self.store.save_registration(kept)
        return shown

    def object_at(self, url: str) -> StoredObject | None:
        """Return the uploaded object that `https://<bucket>.oss-<region>.aliyuncs.com/<key>` names.

        The key may be written as it is, or percent-encoded as a URL should be.
        """
        found = _OBJECT_URL.fullmatch(url)
        if found is None:
            return None
        as_it_is = self.store.stored_object(found["bucket"], found["key"])
        return as_it_is or self.store.stored_object(found["bucket"], unquote(found["key"]))

    def check_object(self, place: str, url: object) -> None:
        """Raise ApiError where a URL of the sandbox's own buckets leads to no object; others are not looked at."""
        found = _OBJECT_URL.fullmatch(str(url))
        if found and found["bucket"] in BUCKETS.values() and self.object_at(str(url)) is None:
            raise not_found("File", f"{url} ({place})")
