"""Where a cloud is, and who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.model.service import Target


@dataclass(frozen=True, slots=True)
class Key:
    """A fixed key pair. Only the sandbox has one; on Alibaba Cloud the default chain finds the credentials."""

    access_key_id: str
    access_key_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """The endpoints of one cloud.

    With a `key` it is the sandbox: one loopback address for everything, over plain HTTP and past any
    proxy. Without, it is Alibaba Cloud: HTTPS, and OSS at the region that the upload credentials name.
    """

    region: str
    supplier_endpoint: str
    user_endpoint: str
    ros_endpoint: str
    key: Key | None = None

    @property
    def protocol(self) -> str:
        """Return how the endpoints are spoken to."""
        return "HTTP" if self.is_sandbox else "HTTPS"

    @property
    def is_sandbox(self) -> bool:
        """Whether this is the loopback sandbox."""
        return self.key is not None


def sandbox_access(target: Target, endpoint: str, access_key_id: str, access_key_secret: str) -> Access:
    """Return the access to the sandbox at `endpoint`."""
    return Access(target.region, endpoint, endpoint, endpoint, Key(access_key_id, access_key_secret))


def alibaba_cloud_access(target: Target) -> Access:
    """Return the access to a target on Alibaba Cloud."""
    return Access(target.region, target.supplier_endpoint, target.user_endpoint, target.ros_endpoint)
