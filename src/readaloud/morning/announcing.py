"""What follows once a bulletin is whole: the feed is renewed, and the folder published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.config.readaloud_toml import read_settings
from readaloud.editions.publish import publish
from readaloud.errors import Message, msg
from readaloud.podcast.feed import write_feed
from readaloud.podcast.feed_settings import read_channel
from readaloud.publishing.settings import read_publishing


def announce(folder: Path, config: Path | None) -> Iterator[Message]:
    """Do what the settings ask for with the folder of bulletins; a sentence for each thing done.

    Doing it again does no harm: a run that was cut off here is not known to have done it.

    Raises:
        ReadaloudError: it can't be done.
    """
    channel = read_channel(folder, None, config)
    if read_settings(config).publish.values:
        published = publish(folder, read_publishing(config, None), channel)
        yield msg("{folder} is published to {place}.", folder=folder, place=published.place)
    elif channel.address:
        yield msg("{path} is up to date.", path=write_feed(folder, "", channel).path)
