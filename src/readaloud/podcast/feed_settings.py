"""What the ``[feed]`` table says of a podcast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from readaloud.config.readaloud_toml import read_settings
from readaloud.config.toml_tables import Table
from readaloud.errors import ConfigError, msg

CATEGORIES = frozenset(
    [
        "Arts",
        "Business",
        "Comedy",
        "Education",
        "Fiction",
        "Government",
        "Health & Fitness",
        "History",
        "Kids & Family",
        "Leisure",
        "Music",
        "News",
        "Religion & Spirituality",
        "Science",
        "Society & Culture",
        "Sports",
        "TV & Film",
        "Technology",
        "True Crime",
    ]
)
"""Apple's main categories: https://podcasters.apple.com/support/1691-apple-podcasts-categories."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_RANGES = {"season": (0, 10_000), "page_items": (0, 100_000)}
_REMEDY = msg("Correct [feed] in readaloud.toml.")


@dataclass(frozen=True, slots=True)
class Channel:
    """A podcast; empty texts mean: not said."""

    title: str
    address: str = ""
    """The web address where the folder is published, for ``--base-url``."""
    description: str = ""
    author: str = ""
    email: str = ""
    language: str = ""
    """As in ``zh-tw``; else that of the newest edition."""
    category: str = "News"
    """One of Apple's main categories, or ``News > Daily News``."""
    link: str = ""
    image: str = ""
    """An image file, square, 1400 to 3000 pixels; else one is drawn."""
    explicit: bool = False
    private: bool = False
    """Asks directories not to list the feed; it keeps nobody out."""
    hosts: tuple[str, ...] = ()
    """The people who are always there, by name."""
    funding: str = ""
    """The address of a page where listeners can give."""
    funding_text: str = "支持我们"
    """What players say of it."""
    season: int = 0
    """Of episodes that are new to the feed; those in it keep theirs. 0 says nothing."""
    numbered: bool = False
    """Numbers new episodes on from the last one of their season."""
    trailer: str = ""
    """The edition that presents the podcast, by the name of its files."""
    hub: str = ""
    """A WebSub hub, such as ``https://pubsubhubbub.appspot.com``; ``publish`` tells it of news."""
    page_items: int = 500
    """From twice as many episodes on, the feed has pages of so many; players that know no pages see
    the newest. 0 makes one page of all."""

    def __post_init__(self) -> None:
        """Refuse what a podcast directory would refuse.

        Raises:
            ConfigError: a value can't stand in a feed.
        """
        if not self.title.strip():
            raise ConfigError(
                msg("The feed has no title."), msg("Set title in [feed] of readaloud.toml.")
            )
        if self.category.partition(">")[0].strip() not in CATEGORIES:
            known = ", ".join(sorted(CATEGORIES))
            raise ConfigError(
                msg("“{category}” is not a podcast category.", category=self.category),
                msg("Choose one of {known}.", known=known),
            )
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise ConfigError(
                msg("“{language}” is not a language code.", language=self.language),
                msg("Give one like zh-tw."),
            )
        if self.email and not (_EMAIL.fullmatch(self.email) and self.email.isprintable()):
            raise ConfigError(msg("“{email}” is not an e-mail address.", email=self.email), _REMEDY)
        for address in filter(None, (self.link, self.address, self.funding, self.hub)):
            check_address(address)


def read_channel(folder: Path, title: str | None, config: Path | None) -> Channel:
    """The channel that the settings state; its title is the one given, else theirs or the folder's.

    Raises:
        ConfigError: the settings are broken.
    """
    feed = read_settings(config).feed
    if title:
        title = title.encode("utf-8", "replace").decode()  # on a command line it may be any bytes
        feed = replace(feed, values={**feed.values, "title": title})
    return make_channel(feed, folder.resolve().name)


def make_channel(feed: Table, title: str) -> Channel:
    """The channel of a ``[feed]`` table; ``title`` is for a table that states none.

    Raises:
        ConfigError: a key is unknown, or its value of a wrong kind.
    """
    channel = replace(feed, values={"title": title, **feed.values}).make(Channel, _RANGES)
    if not channel.image:
        return channel
    return replace(channel, image=str(feed.beside(channel.image)))


def check_address(address: str) -> str:
    """A web address without the slashes at its end.

    Raises:
        ConfigError: it is none, or has a query that files can't be put behind.
    """
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if (
        not sound
        or not (address.isascii() and address.isprintable())
        or set('?# \t\n"<>') & set(address)
    ):
        raise ConfigError(
            msg("“{address}” is not a web address that files can be found under.", address=address),
            msg("Give one like https://example.com/podcast."),
        )
    return address.rstrip("/")
