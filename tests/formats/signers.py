"""A certificate to sign with, made for the tests alone: nobody trusts it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNER = "Test signer"


def make_signer(folder: Path, key: Any = None) -> tuple[Path, Path]:
    """Certificate, its issuer's behind it, and key, as C2PA 2.2, section 14.5, asks for them."""
    issuer, key = make_key(), key or make_key()
    root = _certificate("Test issuer", issuer, issuer, is_issuer=True)
    own = _certificate(SIGNER, key, issuer, is_issuer=False)
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(own.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private


def make_key(curve: Any = ec.SECP256R1) -> Any:
    """A key on a curve; Ed25519 where ``curve`` is None."""
    if curve is None:
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(curve())


def _certificate(name: str, key: Any, issuer: Any, *, is_issuer: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    issued_by = "Test issuer"
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issued_by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_issuer,
                key_cert_sign=is_issuer,
                crl_sign=is_issuer,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False
        )
    )
    if not is_issuer:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(issuer, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "readaloud tests"),
        ]
    )
