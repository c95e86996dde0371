"""WebDAV, as Nextcloud, Apache, NAS and many hosts have it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote, unquote, urlunsplit

from readaloud.errors import ConfigError, msg
from readaloud.publishing.secrets import VARIABLE, find_secret
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.place import Found, failures
from readaloud.publishing.targets.remote import RemoteTarget

_SECONDS = 60.0
"""Without an answer."""
_OWN = frozenset({"127.0.0.1", "::1", "localhost"})


class WebdavTarget(RemoteTarget):
    """A folder of a server."""

    def _move(self, path: str, to: str) -> None:
        self._fs.client.move(path, to, overwrite=True)

    def _at(self, path: str) -> str:
        """As addresses have it: the library asks for paths so, but lists them as names."""
        return quote(path)

    def _look(self, path: str) -> Found:
        client = self._fs.client
        with failures(self.name, *self._kinds):
            answer = client.propfind(self._at(path), headers={"Depth": "0"})
            properties = next(iter(answer.responses.values())).properties
        mark = properties.etag or properties.modified or ""
        return Found(properties.content_length or 0, str(mark))

    def _pieces(self, path: str) -> Iterator[bytes]:
        client = self._fs.client
        with client.http.stream("GET", client.join_url(self._at(path))) as answer:
            if answer.status_code == HTTPStatus.NOT_FOUND:
                raise FileNotFoundError(path)
            answer.raise_for_status()
            yield from answer.iter_bytes()


def open_webdav(settings: Publishing) -> WebdavTarget:
    """The folder of the settings (ImportError as it comes).

    Raises:
        ConfigError: a password would go over http.
    """
    from httpx import HTTPError, InvalidURL
    from webdav4.client import ClientError
    from webdav4.fsspec import WebdavFileSystem
    from webdav4.multistatus import MultiStatusResponseError

    place = settings.place
    user, secret = settings.user or unquote(place.username or ""), find_secret(settings.account)
    address = urlunsplit((place.scheme, place.netloc.rpartition("@")[2], place.path, "", ""))
    if secret and place.scheme == "http" and place.hostname not in _OWN and not settings.insecure:
        raise ConfigError(
            msg("The password would go to {address} for all to read.", address=address),
            msg("Use https, unset {variable}, or set insecure = true.", variable=VARIABLE),
        )
    auth = (user, secret) if user and secret else None
    fs = WebdavFileSystem(address, auth=auth, timeout=_SECONDS, skip_instance_cache=True)
    kinds = (HTTPError, InvalidURL, ClientError, MultiStatusResponseError)
    return WebdavTarget(address, fs, "", kinds, lambda fs: fs.client.http.close())
