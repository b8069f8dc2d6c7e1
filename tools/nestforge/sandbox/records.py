"""What the sandbox remembers, one frozen dataclass for each kind of thing."""

from __future__ import annotations

from dataclasses import dataclass, field

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """One version of a service: the `draft`, or a number once it was launched.

    `status` may be a passing one; then `ahead` are the states to come, and `reads` counts how often it was
    looked at since (see `settling`).
    """

    service_id: str
    version: str
    status: str
    fields: dict[str, object]
    created: str
    updated: str
    published: str = ""
    registration_id: str = ""
    default: bool = False
    ahead: tuple[str, ...] = ()
    reads: int = 0


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """One version of an artifact: the `draft`, or a number once it is released."""

    artifact_id: str
    version: str
    status: str
    fields: dict[str, object]
    created: str
    updated: str
    ahead: tuple[str, ...] = ()
    reads: int = 0


@dataclass(frozen=True, slots=True)
class Registration:
    """The review of a draft: Submitted, Approved, Rejected, Canceled or Executed."""

    registration_id: str
    service_id: str
    version: str
    status: str
    submitted: str
    finished: str = ""
    comment: str = ""
    ahead: tuple[str, ...] = ()
    reads: int = 0


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in OSS."""

    bucket: str
    key: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call as it was answered; secrets are masked on both sides."""

    time: str
    action: str
    status: int
    request: dict[str, object]
    reply: dict[str, object]

    @property
    def refusal(self) -> str:
        """Why it was refused, as a code; empty where it was not. Some replies have a Code of success."""
        return str(self.reply.get("Code", "")) if self.status >= 400 else ""
