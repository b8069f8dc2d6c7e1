"""A certificate authority that lives as long as a run, for the names that the cloud's own services have in it."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Sequence

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
)
"""Where distributions keep the certificates that programs trust."""

_AGE = timedelta(days=2)


def serving_context(names: Sequence[str]) -> tuple[ssl.SSLContext, bytes]:
    """Return how to serve under these names, and the authority's certificate (PEM), which vouches for no others."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _named("nestforge rehearsal")
    limits = x509.NameConstraints([x509.DNSName(name) for name in names], None)
    own = (
        _begun(authority, authority, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(limits, critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    shown = (
        _begun(_named(names[0]), authority, key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + shown.public_bytes(serialization.Encoding.PEM)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with TemporaryDirectory() as folder:  # readable by us alone; OpenSSL takes them from files only
        file = Path(folder) / "server.pem"
        file.write_bytes(text)
        context.load_cert_chain(file)
    return context, own.public_bytes(serialization.Encoding.PEM)


def trusting(authority: bytes) -> dict[str, bytes]:
    """Return the bundles of this machine with the authority's certificate added."""
    found = {bundle: Path(bundle) for bundle in BUNDLES if Path(bundle).is_file()}
    return {bundle: path.read_bytes() + authority for bundle, path in found.items()}


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _AGE)
        .not_valid_after(now + _AGE)
    )
