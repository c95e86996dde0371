"""Where finished editions lie: an edition is its report, and the files of its name beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readaloud.editions.sample import is_sample
from readaloud.errors import UnreadableSourceError
from readaloud.formats import FORMATS, REPORT, audio_formats, find_format
from readaloud.formats.report import read_report
from readaloud.podcast.feed_file import is_feed
from readaloud.podcast.public_names import public_stem


@dataclass(frozen=True, slots=True)
class Finished:
    """An edition by its place: the folder and the stem of its files."""

    folder: Path
    stem: str

    @property
    def report(self) -> Path:
        """Where its report lies, if it has one."""
        return find_format(REPORT).path(self.folder, self.stem)

    @property
    def audio(self) -> Path | None:
        """The first of its audio files that is there."""
        paths = (each.path(self.folder, self.stem) for each in audio_formats())
        return next((path for path in paths if path.is_file()), None)


def find_named(path: Path) -> Finished:
    """The edition that a file belongs to, by the file's name."""
    for stem in _stems(path):
        found = Finished(path.parent, stem)
        if found.report.is_file():
            return found
    return Finished(path.parent, path.stem)


def find_feeds(folder: Path) -> list[Path]:
    """The feeds of a folder and of those below it."""
    return sorted(path for path in folder.rglob("*.xml") if is_feed(path.name))


def find_editions(folder: Path) -> list[Finished]:
    """The editions of a folder and of those below it, in the order of their names.

    Audio without a report is one that has lost it, and so is a book beside a file of the report's
    name that is none. Samples of voices, and the second names that feeds use, are passed by.
    """
    files = sorted(folder.rglob("*"))
    extension = find_format(REPORT).extension
    named = [file for file in files if file.name.endswith(extension) and file.is_file()]
    found = {_of(file, extension) for file in named if _is_report(file)}
    found |= {each for each in (_of(file, extension) for file in named) if _has_a_book(each)}
    aliases = {Finished(each.folder, public_stem(each.stem)) for each in found}
    sounds = {each for each in _sounds(files) if each not in found | aliases}
    return sorted(found | sounds, key=lambda each: (each.folder, each.stem))


def _sounds(files: Sequence[Path]) -> Iterator[Finished]:
    """Editions by their audio; a second name of one without a report is none more."""
    extensions = tuple(each.extension for each in audio_formats())
    sounds = [
        _of(file, extension)
        for file in files
        for extension in extensions
        if file.name.endswith(extension) and file.is_file() and not is_sample(file)
    ]
    aliases = {
        Finished(each.folder, slug)
        for each in sounds
        if (slug := public_stem(each.stem)) != each.stem
    }
    yield from (each for each in sounds if each not in aliases)


def _has_a_book(edition: Finished) -> bool:
    """Whether a file is there that can't stand for itself in a folder of articles, nor is audio."""
    return any(
        each.path(edition.folder, edition.stem).is_file()
        for each in FORMATS.all()
        if each.name != REPORT and not each.is_audio and not each.needs_audio
    )


def _of(file: Path, extension: str) -> Finished:
    return Finished(file.parent, file.name.removesuffix(extension))


def _stems(path: Path) -> Iterator[str]:
    """What the edition of a file may be called: the longest extension is the likeliest."""
    for each in sorted(FORMATS.all(), key=lambda each: -len(each.extension)):
        if path.name.endswith(each.extension):
            yield path.name.removesuffix(each.extension)


def _is_report(path: Path) -> bool:
    try:
        read_report(path)
    except UnreadableSourceError:
        return False
    return True
