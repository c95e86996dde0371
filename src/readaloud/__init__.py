"""readaloud turns a Chinese article into an accessible audio edition.

>>> import readaloud
>>> for outcome in readaloud.build("article.txt", voice="yunxi", out="output"):
...     print(outcome.edition or outcome.error)
>>> readaloud.build(readaloud.Text("春天來了。", name="news"))

What can't be done is a ``ReadaloudError`` (``readaloud.errors``) that says what failed and what to
do. Settings are those of ``readaloud.toml`` where ``config`` names one, and of the arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 - an argument is called date
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Unpack

if TYPE_CHECKING:
    from readaloud.config.keywords import AnyPath, BuildOptions, PlanOptions, VoiceOptions
    from readaloud.config.run_options import Options
    from readaloud.editions.check import Checked
    from readaloud.editions.observer import Observer
    from readaloud.editions.publish import Published
    from readaloud.errors import ReadaloudError
    from readaloud.model import Outcome, Script, Utterance
    from readaloud.model.source import Text
    from readaloud.model.version import __version__
    from readaloud.podcast.feed import Written

    Source = AnyPath | Text
    """A file, a folder, an http(s) address, or a text."""

__all__ = [
    "BuildOptions",
    "PlanOptions",
    "ReadaloudError",
    "Text",
    "VoiceOptions",
    "__version__",
    "build",
    "build_bulletin",
    "check",
    "correct",
    "plan",
    "pronounce",
    "publish",
    "write_feed",
]

_HOMES = {
    "BuildOptions": "readaloud.config.keywords",
    "PlanOptions": "readaloud.config.keywords",
    "ReadaloudError": "readaloud.errors",
    "Text": "readaloud.model.source",
    "VoiceOptions": "readaloud.config.keywords",
    "__version__": "readaloud.model.version",
}
"""Where the names lie that are no functions of this module."""


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: the command has to stand ready for signals before."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__


def build(
    sources: Source | Iterable[Source],
    *,
    config: AnyPath | None = None,
    observer: Observer | None = None,
    stream: BinaryIO | None = None,
    **options: Unpack[BuildOptions],
) -> list[Outcome]:
    """Make an audio edition of each source; folders are walked, addresses fetched.

    Args:
        sources: one or several.
        config: a ``readaloud.toml``; without it none is read.
        observer: told of the progress (``readaloud.editions.observer.Observer``).
        stream: gets the sound as WAV while it is made, each sentence as soon as it is spoken.
        options: see ``BuildOptions``.

    Returns:
        One outcome a source, in order: ``edition`` with its files and figures, or ``error``.

    Raises:
        ConfigError, VoiceNotFoundError, OutputError: nothing could be begun.
    """
    from readaloud.editions import pipeline

    names, checked = _listed(sources), _options(options, config)
    if stream is None:
        return list(pipeline.build(names, checked, observer))
    from readaloud.editions.heard_live import heard_live

    with heard_live(stream) as live:
        return list(pipeline.build(names, checked, observer, live))


def build_bulletin(  # noqa: PLR0913 - most are keywords
    sources: Source | Iterable[Source],
    name: str,
    *,
    date: Date | None = None,
    chime: bool = True,
    config: AnyPath | None = None,
    observer: Observer | None = None,
    **options: Unpack[BuildOptions],
) -> list[Outcome]:
    """Make one edition of all sources, with contents, a chime between articles, and an ending.

    Args:
        sources: one or several.
        name: what the bulletin is called.
        date: the bulletin's day; today, if it is left out.
        chime: whether one sounds between articles.
        config: a ``readaloud.toml``; without it none is read.
        observer: told of the progress (``readaloud.editions.observer.Observer``).
        options: see ``BuildOptions``.

    Returns:
        An outcome for each source that had to be left out, then the bulletin's, if there is one.

    Raises:
        ConfigError, VoiceNotFoundError, OutputError: nothing could be begun.
    """
    from readaloud.editions.bulletin import Bulletin, build

    bulletin = Bulletin(name, date or Date.today(), chime)
    return list(build(_listed(sources), bulletin, _options(options, config), observer))


def correct(
    episode: AnyPath,
    source: AnyPath | Text,
    item: str | None = None,
    *,
    config: AnyPath | None = None,
    observer: Observer | None = None,
    **options: Unpack[BuildOptions],
) -> Outcome:
    """Replace one article of a finished bulletin, say so at its start, and renew its feed.

    Args:
        episode: a file of the bulletin, such as its MP3; its ``script`` has to lie beside it.
        source: the article that comes.
        item: the article that goes: its number, from 1, or a part of its title; without it the one
            that came from the same file or address.
        config: a ``readaloud.toml``; without it none is read.
        observer: told of the progress (``readaloud.editions.observer.Observer``).
        options: for the new article; everything else stays as it was.

    Returns:
        ``edition`` with its files and figures, or ``error``.

    Raises:
        InputError: it is no bulletin, or lacks its script.
        ConfigError, OutputError: it is not clear which article goes, or nothing can be written.
    """
    from readaloud.editions import correct as correcting

    (name,) = _listed(source)
    outcome = correcting.correct(Path(episode), name, item, _options(options, config), observer)
    if outcome.edition is not None:
        correcting.renew_feed(Path(episode).parent, _path(config))
    return outcome


def plan(
    source: Source, *, config: AnyPath | None = None, **options: Unpack[PlanOptions]
) -> Script:
    """What would be spoken of one source and what was removed; nothing is synthesised.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
        ConfigError, VoiceNotFoundError: an option is wrong.
    """
    from readaloud.editions import plan as preview
    from readaloud.sources.fetch import is_address

    (name,) = _listed(source)
    place = Path(name) if isinstance(name, str) and not is_address(name) else name
    return preview.plan(place, _options(options, config))


def pronounce(
    text: str, *, config: AnyPath | None = None, **options: Unpack[VoiceOptions]
) -> Utterance:
    """What the voice would say of one line: ``spoken``, and ``readings`` for each character of it.

    Raises:
        ConfigError, VoiceNotFoundError: an option is wrong.
    """
    from readaloud.editions import plan as preview

    return preview.pronounce(text, _options(options, config))


def check(paths: AnyPath | Iterable[AnyPath], *, listen: bool = False) -> list[Checked]:
    """Hold finished editions, and feeds, against their reports; folders are walked.

    Returns:
        A file and its ``problems``, sentences, for each edition and feed; ``hearing`` too where
        ``listen`` has the speech recognised (extra ``listen``).

    Raises:
        MissingDependencyError, OutputError: there is no recogniser.
    """
    from readaloud.editions.check import check

    listed = [paths] if isinstance(paths, str | PathLike) else paths
    return list(check([fspath(path) for path in listed], listen=listen))


def write_feed(
    folder: AnyPath, base_url: str, *, title: str | None = None, config: AnyPath | None = None
) -> Written:
    """Write ``feed.xml``, a podcast of a folder's editions, or renew it (extra ``feed``).

    Args:
        folder: where the editions lie.
        base_url: the address that the folder is published at.
        title: the podcast's; else that of ``[feed]`` in ``config``, or the folder's name.
        config: a ``readaloud.toml``; without it that of the working folder is read, if any.

    Raises:
        ConfigError, UnreadableSourceError, OutputError, MissingDependencyError: it can't be made.
    """
    from readaloud.podcast.feed import write_feed
    from readaloud.podcast.feed_settings import read_channel

    place = Path(folder)
    return write_feed(place, base_url, read_channel(place, title, _path(config)))


def publish(
    folder: AnyPath, to: str | None = None, *, dry_run: bool = False, config: AnyPath | None = None
) -> Published:
    """Put a folder of editions online, files first and the feed last (extras ``publish-…``).

    Args:
        folder: where the editions lie.
        to: a folder or an address; else that of ``[publish]`` in ``config``.
        dry_run: change nothing, and say what would change.
        config: a ``readaloud.toml``; without it that of the working folder is read, if any.

    Raises:
        ConfigError, UnreadableSourceError, OutputError, MissingDependencyError: it can't be done.
    """
    from readaloud.editions.publish import publish
    from readaloud.podcast.feed_settings import read_channel
    from readaloud.publishing.settings import read_publishing

    place, settings = Path(folder), read_publishing(_path(config), to)
    return publish(place, settings, read_channel(place, None, _path(config)), dry_run=dry_run)


def _listed(sources: Source | Iterable[Source]) -> list[str | Text]:
    """The sources by their names, and texts as they are.

    Raises:
        ConfigError: two texts bear one name.
    """
    from readaloud.model.source import Text

    listed: list[Source]
    listed = [sources] if isinstance(sources, str | PathLike | Text) else list(sources)
    texts = [each.name for each in listed if isinstance(each, Text)]
    for name in texts:
        if texts.count(name) > 1:
            from readaloud.errors import ConfigError, msg

            raise ConfigError(
                msg("Two texts are called “{name}”.", name=name),
                msg("Give each a name of its own."),
            )
    return [each if isinstance(each, Text) else fspath(each) for each in listed]


def _options(given: Mapping[str, object], config: AnyPath | None) -> Options:
    from readaloud.config.run_options import from_mapping, make_options

    values = {
        key: Path(value) if isinstance(value, PathLike) else value for key, value in given.items()
    }
    return from_mapping(values) if config is None else make_options(values, Path(config))


def _path(config: AnyPath | None) -> Path | None:
    return None if config is None else Path(config)
