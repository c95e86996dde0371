"""A folder of editions is published: its feed is renewed, then all goes to the place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readaloud.errors import ConfigError, UnreadableSourceError, msg
from readaloud.files.atomic import output_errors
from readaloud.files.lock import only_run
from readaloud.files.outside import is_folder
from readaloud.podcast.episodes import edition_names, find_reports
from readaloud.podcast.feed import Limits, write_feed
from readaloud.podcast.feed_file import FEED_NAME
from readaloud.podcast.feed_settings import Channel
from readaloud.podcast.site import may_write, write_site
from readaloud.publishing.outgoing import find_outgoing, stays
from readaloud.publishing.records import read_records
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets import open_target
from readaloud.publishing.transfer import Change, carry_out, make_plan
from readaloud.publishing.websub import ping

_MARKER = ".readaloud-publish.lock"
Tell = Callable[[Change], object]


@dataclass(frozen=True, slots=True)
class Published:
    """What was changed at the place, or would be."""

    place: str
    changes: tuple[Change, ...]
    unchanged: int
    """Files that were there already."""
    waiting: tuple[str, ...]
    """Files that are old, and stay there for a while yet."""
    left_out: tuple[str, ...]
    """A sentence for each edition that is not in the feed."""
    notices: tuple[str, ...]
    """What did not work, and keeps no listener from the feed."""


def publish(  # noqa: PLR0913 - most are keywords
    folder: Path,
    settings: Publishing,
    channel: Channel,
    *,
    dry_run: bool = False,
    now: float | None = None,
    tell: Tell = lambda _: None,
) -> Published:
    """Bring a folder to the place of the settings: files first, the feed last.

    Args:
        folder: where the editions lie.
        settings: the place, and the rules.
        channel: the feed's data; where it has an address, ``feed.xml`` is renewed first.
        dry_run: change nothing, neither there nor here.
        now: in seconds since 1970; else the clock's.
        tell: told of each change before it is made.

    Raises:
        ConfigError, UnreadableSourceError: the settings, the folder or its feed can't be used.
        MissingDependencyError: the extra for such places is not installed.
        OutputError: the place can't be written, or another run is publishing the folder.
    """
    now = time.time() if now is None else now
    _check(folder, settings, channel)
    taken = msg("Another run is publishing {folder}.", folder=folder)
    with only_run(folder / _MARKER, taken):
        left_out, audio = _renew_feed(folder, settings, channel, now, dry_run)
        old = _files_of(audio)
        if settings.site and not dry_run:
            _renew_site(folder, settings, old)
        with closing(open_target(settings)) as target:
            records = read_records(target)
            wanted = find_outgoing(folder, settings, old, records.sha256_here)
            plan = make_plan(wanted, target, records, settings, now)
            if not dry_run:
                carry_out(plan, target, records, settings, tell)
    is_new = any(change.path == FEED_NAME for change in plan.changes)
    problem = _tell_hub(channel) if is_new and not dry_run else None
    notices = (problem,) if problem else ()
    return Published(target.name, plan.changes, len(plan.same), plan.waiting, left_out, notices)


def _tell_hub(channel: Channel) -> str | None:
    """Tell the hub of the feed, where there are both; what went wrong."""
    if not channel.hub or not channel.address:
        return None
    return ping(channel.hub, f"{channel.address.rstrip('/')}/{FEED_NAME}")


def _check(folder: Path, settings: Publishing, channel: Channel) -> None:
    if not is_folder(folder):
        raise UnreadableSourceError(
            msg("There is no folder {folder}.", folder=folder),
            msg("Give the folder with the editions."),
        )
    if not settings.scheme and Path(settings.to).resolve().is_relative_to(folder.resolve()):
        raise ConfigError(
            msg("{to} lies in the folder that would be published to it.", to=settings.to),
            msg("Choose a folder outside of {folder}.", folder=folder),
        )
    if not channel.address and (settings.most_days or settings.most_episodes):
        raise ConfigError(
            msg("most_days and most_episodes need a feed that is written by publish."),
            msg("Set address in [feed] of readaloud.toml."),
        )


def _renew_feed(
    folder: Path, settings: Publishing, channel: Channel, now: float, dry_run: bool
) -> tuple[tuple[str, ...], Iterable[str]]:
    """Write the feed, where its address is known; who is not in it, and the audio of old ones."""
    if not channel.address or dry_run:
        return (), ()
    moment = datetime.fromtimestamp(now, UTC)
    limits = Limits(settings.most_days, settings.most_episodes, moment)
    written = write_feed(folder, "", channel, limits)
    return written.left_out, written.old


def _renew_site(folder: Path, settings: Publishing, old: frozenset[str]) -> None:
    """Write the page, which links to nothing that is not published; never over somebody else's."""
    with output_errors(folder):
        if not may_write(folder / "index.html") or not any(find_reports(folder)):
            return
        here = {path.name for path in folder.iterdir() if path.suffix != ".json"}
    write_site(folder, old | {name for name in here if stays(name, settings.leave_out)})


def _files_of(audio: Iterable[str]) -> frozenset[str]:
    """All files of editions, by the names that their audio is published under."""
    return frozenset(name for each in audio for name in edition_names(Path(each).stem))
