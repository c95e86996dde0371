"""Amazon S3, and what speaks it: a file appears by one PUT, with its MD5 for the service to check.

The sums that newer clients add by themselves are left to those services that ask for them: older
ones refuse such requests.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import unquote

from readaloud.publishing.secrets import find_secret
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.place import ChangedError, Found, Outgoing, failures
from readaloud.publishing.targets.remote import RemoteTarget

_MOST_BY_ONE_PUT = 100_000_000
"""Larger files go in parts; they too appear in one step."""


class S3Target(RemoteTarget):
    """A bucket, or a folder of one."""

    def is_same(self, outgoing: Outgoing, found: Found) -> bool:
        """By the ETag: the MD5 of what came by one PUT, unless encrypted by a key there."""
        return self._has(outgoing, found, _md5(outgoing))

    def put(self, outgoing: Outgoing) -> Found:
        """One PUT; the service refuses it where a byte went wrong."""
        digest = _md5(outgoing)
        sums = {"ContentMD5": base64.b64encode(digest).decode()}
        more = sums if outgoing.size < _MOST_BY_ONE_PUT else {}
        with failures(self.name, *self._kinds):
            self._fs.put_file(
                str(outgoing.file),
                self._at(outgoing.path),
                ContentType=outgoing.media_type,
                **more,
            )
        found = self._look(outgoing.path)
        if not self._has(outgoing, found, digest):
            raise ChangedError(outgoing.path)
        return found

    def put_bytes(self, path: str, data: bytes) -> None:
        """One PUT."""
        with failures(self.name, *self._kinds):
            self._fs.pipe_file(self._at(path), data)

    def _has(self, outgoing: Outgoing, found: Found, md5: bytes) -> bool:
        known = found.size == outgoing.size and found.mark == md5.hex()
        return known or super().is_same(outgoing, found)

    def _make_folder(self, path: str) -> None:
        """There are none."""

    def _found(self, info: dict[str, Any]) -> Found:
        return Found(info["size"] or 0, str(info.get("ETag", "")).strip('"'))


def _md5(outgoing: Outgoing) -> bytes:
    """What S3 calls its sum; it is no guard against people.

    Raises:
        ChangedError: the file is not the one any more whose SHA-256 is known.
    """
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    with outgoing.file.open("rb") as file:
        while piece := file.read(1 << 20):
            md5.update(piece)
            sha256.update(piece)
    if sha256.hexdigest() != outgoing.sha256:
        raise ChangedError(outgoing.path)
    return md5.digest()


def open_s3(settings: Publishing) -> S3Target:
    """The bucket of the settings (ImportError as it comes).

    With ``user`` the secret is ours to find; else boto goes its own ways: variables, profiles,
    roles.
    """
    from botocore.exceptions import BotoCoreError, ClientError
    from s3fs import S3FileSystem

    secret = find_secret(settings.account) if settings.user else None
    fs = S3FileSystem(
        key=settings.user if secret else None,
        secret=secret,
        endpoint_url=settings.endpoint or None,
        client_kwargs={"region_name": settings.region} if settings.region else {},
        config_kwargs={
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        },
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    bucket, prefix = settings.place.netloc.rpartition("@")[2], unquote(settings.place.path)
    root = f"{bucket}/{prefix.strip('/')}".rstrip("/")
    return S3Target(f"s3://{root}", fs, root, (BotoCoreError, ClientError), _close)


def _close(fs: Any) -> None:
    fs.close_session(fs.loop, fs._s3)
