"""Content credentials (C2PA 2.2) in audio files: who signs that the speech is synthetic.

c2pa-python writes them into MP4 itself. Into an MP3 it would write an ID3v2.4 tag, in which readers
built on FFmpeg lose chapters, and without the timed text; so there the frame is put into our tag by
us, and the C library beneath signs what is around it ("data hash", C2PA 2.2, section 18.5).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from mutagen import id3

from readaloud.errors import ConfigError, MissingDependencyError, OutputError, install_remedy, msg
from readaloud.files.outside import read_outside
from readaloud.formats.report import Report
from readaloud.formats.shared.credential_store import open_store
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Label, Narration
from readaloud.model.version import __version__

_SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_FRAME = b"\0application/c2pa\0c2pa\0c2pa manifest store\0"
"""What a GEOB frame has before its object: Latin-1, media type, file name, description."""
_ID3_HEADER_BYTES = 10
_MOST_PEM_BYTES = 1 << 20
_BLOCK_BYTES = 1 << 20
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_NO_NETWORK = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
"""A file may name an address for its credentials; it is not asked."""
_REMEDY = msg("Check certificate and key in [label] of readaloud.toml.")


def sign_mp4(narration: Narration, path: Path) -> None:
    """Sign a finished MP4 file in place.

    Raises:
        MissingDependencyError, ConfigError: nobody can sign.
        OutputError: it can't be signed.
    """
    c2pa, signed = _library(), path.with_name(f"{path.name}.signed")
    alg, certificate, key = _read_signer(narration.label)
    with _signing(path):
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(alg, certificate, key, None))
        builder = c2pa.Builder(_claim(narration.title))
        with path.open("rb") as source, signed.open("w+b") as target:
            builder.sign(signer, "audio/mp4", source, target)
        signed.replace(path)


def sign_mp3(narration: Narration, path: Path) -> None:
    """Sign a finished MP3 file in place; its tag stays ID3v2.3, with a frame more.

    Raises:
        MissingDependencyError, ConfigError: nobody can sign.
        OutputError: it can't be signed.
    """
    signed = path.with_name(f"{path.name}.signed")
    with _signing(path):
        store = open_store(_claim(narration.title), *_read_signer(narration.label))
        with path.open("rb") as file, signed.open("wb") as target:
            before = _head_with_frame(file.read(_ID3_HEADER_BYTES), store.size)
            digest = hashlib.sha256(before)
            for block in iter(partial(file.read, _BLOCK_BYTES), b""):
                digest.update(block)
            file.seek(_ID3_HEADER_BYTES)
            target.write(before + store.sign(digest.digest(), len(before)))
            shutil.copyfileobj(file, target, _BLOCK_BYTES)
        signed.replace(path)


def check_signer(label: Label) -> None:
    """Refuse a certificate that can't sign, before any work is done.

    Raises:
        MissingDependencyError: the extra is missing.
        ConfigError: certificate and key can't be read, or don't fit.
    """
    try:
        open_store(_claim("-"), *_read_signer(label)).sign(bytes(32), 0)
    except _library().C2paError as error:
        raise ConfigError(
            msg("The label can't be signed: {error}.", error=error), _REMEDY
        ) from error


def check_credentials(path: Path, media_type: str, name: str, report: Report) -> Iterator[str]:
    """Whether the credentials that the report tells of are there, and fit the file.

    Who signed them is not asked: that a certificate is trusted is for whoever publishes to say.
    Without the extra nothing is found; that the file is unchanged, its hash tells.
    """
    if not (report.label and name in report.label.signed):
        return
    try:
        c2pa = _library()
    except MissingDependencyError:
        return
    try:
        context = c2pa.Context.from_dict(_NO_NETWORK)
        with path.open("rb") as file, c2pa.Reader(media_type, file, context=context) as reader:
            state = reader.get_validation_state()
            claim = json.dumps(reader.get_active_manifest() or {})
    except c2pa.C2paError:
        yield msg("The content credentials are gone.")
        return
    if state not in {"Valid", "Trusted"}:
        yield msg("The content credentials don't fit the file.")
    elif _SYNTHETIC not in claim:
        yield msg("The content credentials don't say that the speech is synthetic.")


def _head_with_frame(head: bytes, store_bytes: int) -> bytes:
    """The header of an ID3v2.3 tag, and a first frame up to the credentials that it will hold."""
    frame = b"GEOB" + (len(_FRAME) + store_bytes).to_bytes(4, "big") + b"\0\0" + _FRAME
    size = id3.BitPaddedInt(head[6:]) + len(frame) + store_bytes
    return head[:6] + id3.BitPaddedInt.to_str(size, width=4) + frame


def _claim(title: str) -> str:
    """What is signed, JSON; c2pa-python takes it as its manifest definition."""
    agent = {"name": "readaloud", "version": __version__}
    made = {"action": "c2pa.created", "digitalSourceType": _SYNTHETIC, "softwareAgent": agent}
    actions = {"label": "c2pa.actions.v2", "data": {"actions": [made]}}
    claim = {"claim_generator_info": [agent], "title": title, "assertions": [actions]}
    return json.dumps(claim, ensure_ascii=False)


@contextmanager
def _signing(path: Path) -> Iterator[None]:
    """Translate what the library and the file system say of a file.

    Raises:
        OutputError: it can't be signed.
    """
    try:
        with write_errors(path):
            yield
    except _library().C2paError as error:
        raise OutputError(
            msg("{name} can't be signed: {error}.", name=path.name, error=error), _REMEDY
        ) from error


def _library() -> Any:
    try:
        import c2pa
    except ImportError as error:
        raise MissingDependencyError(
            msg("The label eu needs c2pa-python."), install_remedy("credentials")
        ) from error
    return c2pa


def _read_signer(label: Label) -> tuple[str, bytes, bytes]:
    """The algorithm by the kind of the key, the certificates and the key, PEM.

    Raises:
        ConfigError: a file can't be read, or is none of these.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    _library()
    files = [each for each in (label.certificate, label.key) if each is not None]
    try:
        certificate, key = (read_outside(each, _MOST_PEM_BYTES) for each in files)
        private = load_pem_private_key(key, None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            msg("The label's certificate and key can't be read: {error}.", error=error), _REMEDY
        ) from error
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in _CURVES:
        return _CURVES[private.curve.name], certificate, key
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519", certificate, key
    if isinstance(private, rsa.RSAPrivateKey):
        return "ps256", certificate, key
    raise ConfigError(msg("The label's key is of a kind that C2PA does not take."), _REMEDY)
