"""ALIYUN::ECS::SSHKeyPair: imported, or made here."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from nestforge.evaluate.data import SecretText
from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.properties import required, text
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_EXPONENT, _BITS = 65537, 2048


@dataclass(frozen=True, slots=True)
class KeyPairProvider:
    """Keeps the public key for instances that are bound to it."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make or import a key pair. Raises ResourceFailed."""
        name = required(wanted.properties, "KeyPairName")
        if name in self.world.key_pairs:
            raise ResourceFailed(f"there is a key pair '{name}' already")
        public, private = text(wanted.properties, "PublicKeyBody"), ""
        if not public:
            public, private = await asyncio.to_thread(_made)
        self.world.key_pairs[name] = public
        attributes = {"KeyPairName": name, "KeyPairFingerPrint": _fingerprint(public)}
        return Made(name, {**attributes, "PrivateKeyBody": SecretText(private), "Arn": ""})

    async def delete(self, resource: StackResource) -> None:
        """Forget it."""
        self.world.key_pairs.pop(resource.physical_id, None)


def _made() -> tuple[str, str]:
    """Return a public key as OpenSSH writes it, and its private key as PEM."""
    key = rsa.generate_private_key(_EXPONENT, _BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return public.decode(), private.decode()


def _fingerprint(public: str) -> str:
    """Return the MD5 of the key itself, as RFC 4716 has it, without colons."""
    parts = public.split()
    try:
        blob = base64.b64decode(parts[1], validate=True)
    except (IndexError, ValueError):
        raise ResourceFailed("its PublicKeyBody is not a key as OpenSSH writes it") from None
    return hashlib.md5(blob).hexdigest()
