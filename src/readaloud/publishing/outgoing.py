"""What of a folder is published: all that is visible, but for reports and what stays here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from readaloud.errors import OutputError, UnreadableSourceError, msg
from readaloud.files.atomic import hash_file, output_errors
from readaloud.podcast.check_feed import check_feed, named_beside
from readaloud.podcast.episodes import find_reports
from readaloud.podcast.feed_file import is_feed
from readaloud.podcast.file_requests import media_type
from readaloud.publishing.settings import Publishing
from readaloud.publishing.targets.place import Outgoing

Known = Callable[[str, int, int], str | None]
"""Path, size and time of a file -> its SHA-256, where it is known already."""


def find_outgoing(
    folder: Path, settings: Publishing, old: Collection[str], known: Known
) -> dict[str, Outgoing]:
    """The files to publish, by path; ``old`` are those of old episodes.

    Raises:
        OutputError: there are none, or one can't be read.
        UnreadableSourceError: a feed names a file that would not be there.
    """
    with output_errors(folder):
        found = {path: file for path, file in _visible(folder) if path not in old}
        wanted = {
            path: _outgoing(path, file, known)
            for path, file in found.items()
            if not stays(path, settings.leave_out)
        }
        if not settings.reports:
            for path in _reports(folder, wanted):
                del wanted[path]
    if not wanted:
        raise OutputError(
            msg("There is nothing to publish in {folder}.", folder=folder),
            msg("Give the folder with the editions."),
        )
    _check_feeds(folder, wanted)
    return wanted


def _visible(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files by their paths; nothing hidden, and no link that leads out."""
    root = folder.resolve()
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            path = Path(name, each)
            inside = not path.is_symlink() or path.resolve().is_relative_to(root)
            if not each.startswith(".") and inside and path.is_file() and _is_text(each):
                yield path.relative_to(folder).as_posix(), path


def _is_text(name: str) -> bool:
    """Whether a name can stand in an address."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return name.isprintable() and "\\" not in name


def stays(path: str, patterns: Collection[str]) -> bool:
    """Whether the settings keep a file here."""
    name = PurePosixPath(path).name
    return any(fnmatchcase(path, each) or fnmatchcase(name, each) for each in patterns)


def _outgoing(path: str, file: Path, known: Known) -> Outgoing:
    status = file.stat()
    sha256 = known(path, status.st_size, status.st_mtime_ns) or hash_file(file)
    kind = media_type(file.name)
    return Outgoing(path, file, status.st_size, sha256, kind, status.st_mtime_ns)


def _reports(folder: Path, wanted: Collection[str]) -> list[str]:
    """The reports among them: they tell what was removed, and paths of this machine."""
    places = {PurePosixPath(path).parent for path in wanted if path.endswith(".json")}
    found = [
        (place / file.name).as_posix()
        for place in places
        for file, _ in find_reports(folder / place)
    ]
    return [path for path in found if path in wanted]


def _check_feeds(folder: Path, wanted: Collection[str]) -> None:
    """See that each feed is whole, and names nothing that would be missing."""
    for path in wanted:
        if not is_feed(path):
            continue
        for problem in check_feed(folder / path):
            raise UnreadableSourceError(
                msg("{path} would be published, but: {problem}", path=path, problem=problem),
                msg("Write it anew: readaloud feed."),
            )
        place = PurePosixPath(path).parent
        for name in named_beside(folder / path):
            if (place / name).as_posix() not in wanted:
                raise UnreadableSourceError(
                    msg("{path} names {name}, which stays here.", path=path, name=name),
                    msg("Take its pattern out of leave_out in [publish]."),
                )
