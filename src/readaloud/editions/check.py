"""Finished editions -> what is wrong with them: held against their report, and listened to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readaloud.editions.listening import Hearing, open_recogniser
from readaloud.errors import InputError, UnreadableSourceError, msg
from readaloud.formats import FORMATS, REPORT, find_format
from readaloud.formats.report import Report, read_report
from readaloud.podcast.check_feed import FEED_NAME, check_feed
from readaloud.podcast.public_names import public_stem

_MAIN = ("mp3", REPORT)
"""What an edition has at least; problems of other files name the file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what was found; ``hearing`` is None where nobody listened."""

    file: str
    problems: tuple[str, ...]
    hearing: Hearing | None = None


def check(names: Sequence[str], *, listen: bool = False) -> Iterator[Checked]:
    """Check the MP3 files that ``names`` lead to, with all beside them, and feeds; folders too.

    Only an edition that passes all other checks is listened to: in another one no utterance is
    sure to stand where the report says.

    Raises:
        MissingDependencyError: ``listen``, and the recogniser is not installed.
        OutputError: its model can't be put into the cache.
    """
    recognise = open_recogniser() if listen else None
    for path in _files(names):
        if path.name == FEED_NAME:
            yield Checked(str(path), check_feed(path))
            continue
        try:
            report = _report_of(path)
        except InputError as error:
            yield Checked(str(path), (error.message,))
            continue
        problems = tuple(find_problems(path, report))
        if recognise is None or problems:
            yield Checked(str(path), problems)
            continue
        hearing = recognise(path, report)
        yield Checked(str(path), hearing.problems, hearing)


def find_problems(audio: Path, report: Report) -> Iterator[str]:
    """What is wrong with an edition: its MP3 first, then every file beside it that is there."""
    main = [find_format(name) for name in _MAIN]
    for each in (*main, *(other for other in FORMATS.all() if other not in main)):
        path = each.path(audio.parent, audio.stem)
        if path.is_file():
            named = "" if each in main else f"{path.name}: "
            yield from (f"{named}{problem}" for problem in each.check(path, report))


def _report_of(audio: Path) -> Report:
    """The report of the same name beside an audio file.

    Raises:
        UnreadableSourceError: either is missing, or the report is not one of readaloud's.
    """
    if not audio.is_file():
        raise UnreadableSourceError(msg("There is no such file."), msg("Check the name."))
    return read_report(find_format(REPORT).path(audio.parent, audio.stem))


def _files(names: Sequence[str]) -> Iterator[Path]:
    """The files named, and those of the folders named, each once."""
    seen: set[Path] = set()
    for path in map(Path, names):
        for file in _walk(path) if path.is_dir() else [path]:
            if file not in seen:
                seen.add(file)
                yield file


def _walk(folder: Path) -> list[Path]:
    """Editions and feeds; an edition's second name is checked where its feed is."""
    sounds = set(folder.rglob(f"*{find_format('mp3').extension}"))
    own = {path: public_stem(path.stem) for path in sounds}
    aliases = {path.with_stem(stem) for path, stem in own.items() if stem != path.stem}
    return sorted((sounds - aliases) | set(folder.rglob(FEED_NAME)))
