"""SFTP: any machine with SSH. Its key has to be known, as ``ssh`` would ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from readaloud.publishing.secrets import find_secret
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.place import failures
from readaloud.publishing.targets.remote import RemoteTarget

_SECONDS = 60
"""For a connection."""


def open_sftp(settings: Publishing) -> RemoteTarget:
    """The folder of the settings (ImportError as it comes); ``/~/news`` is one of the user's home.

    Raises:
        OutputError: the machine can't be reached, or is not known.
    """
    import asyncssh
    from sshfs import SSHFileSystem

    place = settings.place
    user, secret = settings.user or unquote(place.username or ""), find_secret(settings.account)
    options: dict[str, Any] = {"known_hosts": ()}  # sshfs would believe any machine
    if place.port:
        options["port"] = place.port
    if user:
        options["username"] = user
    if secret:
        options["password"] = secret
    path = unquote(place.path)
    root = path.removeprefix("/~/") if path.startswith("/~/") else path
    name = f"sftp://{place.netloc.rpartition('@')[2]}{path}"
    kinds = (asyncssh.Error, ValueError, TimeoutError)
    with failures(name, *kinds):
        fs = SSHFileSystem(
            place.hostname, skip_instance_cache=True, connect_timeout=_SECONDS, **options
        )
    return RemoteTarget(name, fs, root, kinds, _close)


def _close(fs: Any) -> None:
    from fsspec.asyn import sync

    async def end() -> None:
        fs.client.close()
        await fs.client.wait_closed()

    sync(fs.loop, end)
