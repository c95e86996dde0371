"""What the ``[publish]`` table says: where to, and what becomes of what is old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from readaloud.config.readaloud_toml import read_settings
from readaloud.config.toml_tables import Table
from readaloud.errors import ConfigError, Several, msg

SCHEMES = ("s3", "sftp", "https", "http")
"""Of places on the net; the last two are WebDAV."""
_RANGES = {
    "old_after_hours": (0, 24 * 365),
    "most_days": (0, 36_500),
    "most_episodes": (0, 1_000_000),
}


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where a folder is published, and by which rules."""

    to: str
    """A folder, or an address: ``s3://bucket/news``, ``sftp://me@host/srv/news``, or WebDAV as
    ``https://host/dav/news``."""
    user: str = ""
    """The name to log in with, or the access key of S3. The secret never stands here."""
    endpoint: str = ""
    """The address of a service that speaks S3 and is not Amazon's."""
    region: str = ""
    """Of S3."""
    insecure: bool = False
    """Lets a password go over http, where anybody between can read it."""
    reports: bool = False
    """Publishes the reports too, which tell what was left out and where the article lay."""
    leave_out: tuple[str, ...] = ()
    """Files that stay here, by name or pattern: ``*.epub``."""
    most_days: int = 0
    """Older episodes leave the feed and are old; 0 is no limit."""
    most_episodes: int = 0
    """Episodes beyond the newest so many likewise."""
    old: Literal["keep", "move", "delete"] = "keep"
    """What becomes, at the other end, of published files that the folder has no more, or that are
    old."""
    old_to: str = "old"
    """The folder there that they are moved to."""
    site: bool = True
    """Writes ``index.html`` anew, a page for those without a podcast app; never over your own."""
    old_after_hours: float = 24
    """How long they stay after the feed has stopped naming them, for players with an older copy of
    it."""

    def __post_init__(self) -> None:
        """Refuse what can't be published to.

        Raises:
            ConfigError: a secret stands in the address, or it is none.
        """
        if not self.to.strip():
            raise ConfigError(
                msg("There is no place to publish to."),
                msg("Set to in [publish] of readaloud.toml, or give --to."),
            )
        if self.scheme:
            _check_address(self.place)
        parts = self.old_to.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\\" in self.old_to:
            raise ConfigError(
                msg("“{folder}” is no folder below the published one.", folder=self.old_to),
                msg("Give a name like old."),
            )

    @property
    def place(self) -> SplitResult:
        """The address in its parts."""
        try:
            return urlsplit(self.to)
        except ValueError as error:
            raise _no_place(self.to) from error

    @property
    def scheme(self) -> str:
        """Of an address, in lower case; empty for a folder, also one of a Windows drive."""
        scheme = self.to.partition("://")[0] if "://" in self.to else ""
        return scheme.casefold()

    @property
    def account(self) -> str:
        """Whose secret is wanted: ``sftp://me@host``. It names no secret."""
        place = self.place
        user = self.user or unquote(place.username or "")
        host = place.netloc.rpartition("@")[2]
        return f"{self.scheme}://{user}@{host}" if user else f"{self.scheme}://{host}"


def read_publishing(config: Path | None, to: str | None) -> Publishing:
    """What the settings state; ``to`` is put in the place of theirs.

    Raises:
        ConfigError: the settings are broken.
    """
    return make_publishing(read_settings(config).publish, to)


def make_publishing(table: Table, to: str | None = None) -> Publishing:
    """Of a ``[publish]`` table; a folder that it names lies beside its file.

    Raises:
        ConfigError: a key is unknown, or a value of a wrong kind.
    """
    values = {**table.values, "to": to} if to else {"to": "", **table.values}
    made = replace(table, values=values).make(Publishing, _RANGES)
    if made.scheme or to:
        return made
    return replace(made, to=str(table.beside(made.to)))


def _check_address(place: SplitResult) -> None:
    address = f"{place.scheme}://{place.netloc.rpartition('@')[2]}{place.path}"  # without a secret
    if place.scheme not in SCHEMES:
        known = Several([*(f"{scheme}://" for scheme in SCHEMES)])
        raise ConfigError(
            msg("Nothing can be published to {scheme}://.", scheme=place.scheme),
            msg("Give a folder, or an address that begins with one of {known}.", known=known),
        )
    if place.password is not None:
        raise ConfigError(
            msg("There is a password in the address {address}.", address=address),
            msg("Put it into READALOUD_PUBLISH_SECRET or the keyring, and take it out of there."),
        )
    try:
        whole = bool(place.hostname) and place.port != 0 and not (place.query or place.fragment)
    except ValueError:
        whole = False
    if not whole or not address.isprintable() or " " in place.netloc:
        raise _no_place(address)


def _no_place(address: str) -> ConfigError:
    return ConfigError(
        msg("“{address}” is no address that files can be published to.", address=address),
        msg("Give one like s3://bucket/news, sftp://me@host/srv/news or https://host/dav/news."),
    )
