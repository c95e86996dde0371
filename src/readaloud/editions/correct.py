"""``readaloud correct``: one article of a finished bulletin replaced, and its feed renewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from readaloud.config.run_options import Options
from readaloud.editions.finished_editions import Finished, find_named
from readaloud.editions.observer import Observer, Quiet
from readaloud.errors import ConfigError, ReadaloudError, Several, msg
from readaloud.formats import REPORT, find_format
from readaloud.formats.report import Report, read_report
from readaloud.model import Edition, Outcome, ProgrammeItem, Script, Source, Text, Voice

if TYPE_CHECKING:
    from readaloud.editions.bulletin import Part
    from readaloud.editions.run_state import Job, Run


def correct(
    episode: Path,
    source: str | Text,
    which: str | None,
    options: Options,
    observer: Observer | None = None,
) -> Outcome:
    """Make a bulletin again with ``source`` in the place of one of its articles.

    All its files are made anew under their names; the edition says at its start what is corrected.
    Everything else is as it was, whatever has become of its sources and settings since.

    Args:
        episode: one of its files.
        source: the article that comes.
        which: the article that goes: its number, from 1, or a part of its title; else the one that
            came from that source.
        options: for the new article, and for the voice's service.
        observer: told of the progress.

    Raises:
        InputError: it is no bulletin, or lacks its script.
        ConfigError: it is not clear which article goes, or an option can't be met.
        OutputError: the folder can't be written.
    """
    from readaloud.editions.run_state import Job, open_run

    edition = find_named(episode)
    report = read_report(edition.report)
    number = _number_of(report, which, str(source), episode)
    options = _as_then(options, edition, report)
    script = _script_of(edition, options)
    voice = _voice_of(report.voice, options)
    with open_run(voice, options, observer or Quiet()) as run:
        job = Job(run, 0, run.observer.begin(report.source))
        return _attempt(script, number, source, report, job)


def _attempt(script: Script, number: int, source: str | Text, report: Report, job: Job) -> Outcome:
    start = perf_counter()
    try:
        outcome = Outcome(report.source, _make(script, number, source, report, job))
    except ReadaloudError as error:
        outcome = Outcome(report.source, error=error)
    outcome = replace(outcome, seconds=perf_counter() - start)
    job.observer.ended(outcome)
    return outcome


def _make(script: Script, number: int, source: str | Text, report: Report, job: Job) -> Edition:
    from readaloud.editions.bulletin_script import BulletinMaker
    from readaloud.editions.bulletin_words import Bulletin
    from readaloud.editions.correction import Replacing
    from readaloud.editions.pipeline import make_edition
    from readaloud.editions.scripting import marked
    from readaloud.editions.voice_and_lexicon import find_lexicon
    from readaloud.formats.script import to_json
    from readaloud.podcast.episodes import guid_of

    run = job.run
    day = date.fromisoformat(report.date or "")
    bulletin = Bulletin(report.source, day)
    lexicon = find_lexicon(run.options, run=run)
    maker = BulletinMaker(bulletin, run.options.programme, run.voice, lexicon)
    part = _read(source, run)
    corrected = Replacing(script, number, part, maker).corrected(guid_of(report))
    made = marked(corrected, run.voice, lexicon, run.options)
    told = Source(report.source, report.stem, "", to_json(made))
    return make_edition(made, told, run.voice, None, job)


def _read(source: str | Text, run: Run) -> Part:
    from readaloud.editions.bulletin import Item, read_part
    from readaloud.editions.pipeline import find_files

    found = list(find_files([source]))
    if len(found) != 1:
        raise ConfigError(
            msg("{source} holds {count} articles.", source=source, count=len(found)),
            msg("Give the one that replaces the other."),
        )
    if isinstance(found[0], Outcome):
        raise found[0].error or ConfigError(msg("It can't be read."))
    return read_part(Item(found[0]), run)


def _number_of(report: Report, which: str | None, source: str, episode: Path) -> int:
    """The number, from 0, of the article that goes.

    Raises:
        ConfigError: it is not clear which.
    """
    items = report.items
    if not items:
        raise ConfigError(
            msg("{episode} is no edition of several articles.", episode=episode),
            msg("Build its article again; its files keep their names."),
        )
    found = [n for n, item in enumerate(items) if _is_meant(n, item, which, source)]
    if len(found) != 1:
        listed = (f"{n} {item.title or item.source}" for n, item in enumerate(items, 1))
        raise ConfigError(
            msg("It is not clear which article of {episode} is replaced.", episode=episode),
            msg("Name one with --item, by its number or title: {listed}.", listed=Several(listed)),
        )
    return found[0]


def _is_meant(number: int, item: ProgrammeItem, which: str | None, source: str) -> bool:
    if which is None:
        return source in {item.source, item.link}
    if which.isdecimal():
        return int(which) == number + 1
    return which in item.title


def _script_of(edition: Finished, options: Options) -> Script:
    """The script without what is no part of the bulletin, has no block, and is said anew."""
    from readaloud.formats.script import FORMAT, read_script

    script = read_script(FORMAT.path(edition.folder, edition.stem))
    own = (each for each in script.utterances if each.block)
    said = (
        replace(each, voice=_voice_of(each.voice, options)) if each.voice else each for each in own
    )
    return replace(script, utterances=tuple(said))


def _as_then(options: Options, edition: Finished, report: Report) -> Options:
    """The options with what the edition was made with: its place, its formats, its series."""
    formats = (*(name for name in report.files if _is_known(name)), REPORT)
    album = options.album or report.source
    label = report.label.mode if report.label else options.label
    return replace(options, out=edition.folder, formats=formats, album=album, label=label)


def _is_known(name: str) -> bool:
    """Somebody else's format may be gone by now."""
    try:
        find_format(name)
    except ConfigError:
        return False
    return True


def _voice_of(spoke: Voice, options: Options) -> Voice:
    """The voice as it spoke then; what no report holds comes from the profile of its name."""
    from readaloud.editions.voice_and_lexicon import find_voice

    now = find_voice(options, spoke.name)
    return replace(spoke, secrets=now.secrets, style_file=now.style_file)


def renew_feed(folder: Path, config: Path | None) -> Path | None:
    """The folder's feed with its editions as they are now; None where there is no feed.

    Raises:
        ConfigError, InputError, OutputError: it can't be read or written.
    """
    from readaloud.podcast.existing_feed import base_of
    from readaloud.podcast.feed import write_feed
    from readaloud.podcast.feed_file import FEED_NAME
    from readaloud.podcast.feed_settings import read_channel

    base = base_of(folder / FEED_NAME)
    if base is None:
        return None
    return write_feed(folder, base, read_channel(folder, None, config)).path
