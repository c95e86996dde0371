"""Finished editions -> what is wrong with them: held against their report, and listened to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readaloud.editions.finished_editions import (
    Finished,
    find_editions,
    find_feeds,
    find_named,
)
from readaloud.editions.listening import Hearing, open_recogniser
from readaloud.errors import InputError, msg, system_reason
from readaloud.files.atomic import hash_file
from readaloud.files.outside import is_file, is_folder
from readaloud.formats import FORMATS, Format
from readaloud.formats.report import Report, WrittenFile, read_report
from readaloud.podcast.check_feed import check_feed
from readaloud.podcast.feed_file import is_feed

Recognise = Callable[[Path, Report], Hearing]
_NO_EDITION = msg("No edition is here. An edition is a report (.json) and the files beside it.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what was found; ``hearing`` is None where nobody listened."""

    file: str
    problems: tuple[str, ...]
    hearing: Hearing | None = None


def check(names: Sequence[str], *, listen: bool = False) -> Iterator[Checked]:
    """Check the editions that ``names`` lead to, each with all its files, and feeds; folders too.

    A folder without any edition or feed is a problem of its own. Only an edition that passes all
    other checks is listened to: in another one no utterance is sure to stand where the report says.

    Raises:
        MissingDependencyError: ``listen``, and the recogniser is not installed.
        OutputError: its model can't be put into the cache.
    """
    recognise = open_recogniser() if listen else None
    seen: set[Finished] = set()
    for path in map(Path, names):
        for found in _find(path):
            if isinstance(found, Checked):
                yield found
            elif found not in seen:
                seen.add(found)
                shown = path if is_file(path) else found.audio or found.report
                yield _check_edition(found, shown, recognise)


def _find(path: Path) -> Iterator[Finished | Checked]:
    """The editions that a name leads to, and what can be said of the rest at once."""
    if is_folder(path):
        feeds, editions = find_feeds(path), find_editions(path)
        yield from editions
        yield from (Checked(str(feed), check_feed(feed)) for feed in feeds)
        if not feeds and not editions:
            yield Checked(str(path), (_NO_EDITION,))
    elif not is_file(path):
        yield Checked(str(path), (msg("There is no such file."),))
    elif is_feed(path.name):
        yield Checked(str(path), check_feed(path))
    else:
        yield find_named(path)


def _check_edition(edition: Finished, shown: Path, recognise: Recognise | None) -> Checked:
    """An edition, under the name of one of its files."""
    try:
        report = read_report(edition.report)
    except InputError as error:
        return Checked(str(shown), (error.message,))
    problems = tuple(find_problems(edition, shown, report))
    if recognise is None or problems:
        return Checked(str(shown), problems)
    if edition.audio is None:
        return Checked(str(shown), (msg("There is no audio file to listen to."),))
    hearing = recognise(edition.audio, report)
    return Checked(str(shown), hearing.problems, hearing)


def find_problems(edition: Finished, shown: Path, report: Report) -> Iterator[str]:
    """What is wrong with an edition: the file shown first, then all others of the edition.

    Files that the report lists have to be there; others that are there are checked as well.
    """
    paths = {each: each.path(edition.folder, edition.stem) for each in FORMATS.all()}
    for each, path in sorted(paths.items(), key=lambda pair: pair[1] != shown):
        if path.is_file():
            named = "" if path in {shown, edition.report} else f"{path.name}: "
            found = (
                *_find_faults(each, path, report),
                *_find_change(path, report.files.get(each.name)),
            )
            yield from (f"{named}{problem}" for problem in found)
        elif each.name in report.files:
            yield msg("{name} is missing: the report lists it.", name=path.name)
    if not any(path.is_file() for path in paths.values() if path != edition.report):
        yield msg("Only the report is there.")


def _find_faults(each: Format, path: Path, report: Report) -> Iterator[str]:
    """What a format says of its file, which may hold anything, as its report may."""
    try:
        yield from each.check(path, report)
    except (OSError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else error
        yield msg("It can't be read: {reason}.", reason=reason)


def _find_change(path: Path, written: WrittenFile | None) -> Iterator[str]:
    """Whether a file is still the one that was written: damage may hide from all other checks."""
    try:
        changed = written is not None and hash_file(path) != written.sha256
    except OSError as error:
        yield msg("It can't be read: {reason}.", reason=system_reason(error))
        return
    if changed:
        yield msg("It was changed or damaged after it was made: its SHA-256 is not the report's.")
