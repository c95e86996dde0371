"""``feed.xml``: RSS 2.0 with the iTunes and podcast name spaces, written or brought up to date.

Sources: https://podcasters.apple.com/support/823-podcast-requirements, https://podcastindex.org
/namespace/1.0, RSS Advisory Board's RSS 2.0. An item keeps its guid for ever: it is known again by
its audio file's name, whatever address the feed moves to and however its text is edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import etree

from readaloud.errors import (
    ConfigError,
    MissingDependencyError,
    OutputError,
    UnreadableSourceError,
    install_remedy,
    msg,
)
from readaloud.files.atomic import output_errors
from readaloud.files.outside import is_folder
from readaloud.podcast.episodes import Item, find_items
from readaloud.podcast.existing_feed import Entry, file_name, read_existing
from readaloud.podcast.feed_file import FEED_NAME
from readaloud.podcast.feed_pages import write_pages
from readaloud.podcast.feed_settings import Channel, check_address
from readaloud.podcast.rss_xml import Head, Image, item_element


@dataclass(frozen=True, slots=True)
class Written:
    """A feed as it was written; ``left_out`` has a sentence for each edition that is not in it."""

    path: Path
    address: str
    items: int
    left_out: tuple[str, ...]
    old: frozenset[str] = frozenset()
    """The audio files of episodes that are too old for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Which episodes a feed has: all, where both are 0; the newest in any case."""

    most_days: int = 0
    most_episodes: int = 0
    now: datetime | None = None
    """From when days are counted back; else from now."""


@dataclass(frozen=True, slots=True)
class _Episode:
    """An item of the feed that is made; ``name`` is that of its audio file."""

    published: datetime
    guid: str
    name: str
    element: etree._Element


def write_feed(folder: Path, base_url: str, channel: Channel, limits: Limits = Limits()) -> Written:
    """Write ``folder/feed.xml``, newest item first.

    An item of the feed there is whose report has gone stays while its audio is still there.

    Args:
        folder: where the editions lie.
        base_url: the address it is published at; else that of the settings.
        channel: what the settings say.
        limits: which episodes are left out as too old.

    Raises:
        ConfigError: there is no address, or the address or the image can't be used.
        MissingDependencyError: the extra ``feed`` is not installed.
        UnreadableSourceError: there is no such folder, or the feed there is can't be read.
        OutputError: nothing is there to publish, or the folder can't be written.
    """
    if not base_url and not channel.address:
        raise ConfigError(
            msg("The feed has no address."),
            msg("Set address in [feed] of readaloud.toml, or give --base-url."),
        )
    base = check_address(base_url or channel.address)
    if not is_folder(folder):
        raise UnreadableSourceError(
            msg("There is no folder {folder}.", folder=folder),
            msg("Give the folder with the editions."),
        )
    path = folder / FEED_NAME
    before = read_existing(path, base)
    known = {entry.name: entry for entry in before.entries}
    with output_errors(folder):
        items, left_out = find_items(folder)
        items = _numbered([_as_before(item, known) for item in items], known, channel)
        kept, gone = _keep(folder, known, items)
        if not items and not kept:
            raise OutputError(
                msg("There is no edition to publish in {folder}.", folder=folder),
                msg("Build one first, with an MP3."),
            )
        newest = max(items, key=lambda item: item.published, default=None)
        language = channel.language or (newest.language if newest else "zh-cn")
        channel = replace(channel, language=language)
        head = Head(channel, base, _publish_images(channel, folder), before.guid)
        episodes = _in_order(items, kept, head)
        current = _current(episodes, limits)
        trailer = next((item for item in items if item.is_trailer), None)
        write_pages(folder, head, [episode.element for episode in current], trailer)
    old = frozenset(episode.name for episode in episodes[len(current) :])
    return Written(path, f"{base}/{FEED_NAME}", len(current), (*left_out, *gone), old)


def _publish_images(channel: Channel, folder: Path) -> tuple[Image, ...]:
    try:
        from readaloud.podcast.cover import publish_covers
    except ImportError as error:
        raise MissingDependencyError(
            msg("A feed image needs Pillow."), install_remedy("feed")
        ) from error
    return publish_covers(channel, folder)


def _as_before(item: Item, known: dict[str, Entry]) -> Item:
    """The item with the guid it has, and with the date it has unless the article states one."""
    entry = known.get(file_name(item.audio.path))
    if entry is None:
        return item
    published = item.published if item.dated else entry.published
    return replace(
        item,
        guid=entry.guid,
        published=published,
        season=entry.season,
        episode=entry.episode,
    )


def _numbered(items: Sequence[Item], known: dict[str, Entry], channel: Channel) -> list[Item]:
    """The items with season and number: those that the feed had keep theirs."""
    last = Counter[int]()
    for entry in known.values():
        last[entry.season] = max(last[entry.season], entry.episode)
    numbered: list[Item] = []
    for item in sorted(items, key=lambda one: (one.published, one.guid)):
        is_trailer = bool(channel.trailer) and item.stem == channel.trailer
        season, episode = item.season, item.episode
        if file_name(item.audio.path) not in known and not is_trailer:
            season = channel.season
            if channel.numbered:
                last[season] += 1
                episode = last[season]
        numbered.append(replace(item, season=season, episode=episode, is_trailer=is_trailer))
    return numbered


def _keep(
    folder: Path, known: dict[str, Entry], items: Sequence[Item]
) -> tuple[list[Entry], list[str]]:
    """Entries without a report whose audio is still there; a sentence for each of the others."""
    renewed = {file_name(item.audio.path) for item in items}
    old = [entry for name, entry in known.items() if name not in renewed]
    kept = [entry for entry in old if (folder / entry.name).is_file()]
    return kept, [
        msg("{name} is gone, so its item is gone too.", name=entry.name)
        for entry in old
        if entry not in kept
    ]


def _in_order(items: Sequence[Item], kept: Sequence[Entry], head: Head) -> list[_Episode]:
    """All items, newest first; of one time, by guid."""
    episodes = [
        _Episode(item.published, item.guid, item.audio.path, item_element(item, head))
        for item in items
    ]
    episodes += [_Episode(old.published, old.guid, old.name, old.element) for old in kept]
    return sorted(episodes, key=lambda one: (one.published, one.guid), reverse=True)


def _current(episodes: Sequence[_Episode], limits: Limits) -> Sequence[_Episode]:
    """Those that are not too old."""
    most = limits.most_episodes or len(episodes)
    if limits.most_days:
        oldest = (limits.now or datetime.now(UTC)) - timedelta(days=limits.most_days)
        young = sum(episode.published >= oldest for episode in episodes)
        most = min(most, max(young, 1))
    return episodes[:most]
