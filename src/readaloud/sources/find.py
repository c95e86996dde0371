"""Finds what to read in the paths and addresses a user gave, and loads it as bytes."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from readaloud.errors import (
    Several,
    UnreadableSourceError,
    UnsupportedFormatError,
    msg,
    system_reason,
)
from readaloud.files.outside import read_outside
from readaloud.model import Source, Text
from readaloud.sources.fetch import fetch, is_address, name_of
from readaloud.sources.readers import known_suffixes, most_bytes_of

STEM_BYTES = 120
"""File systems allow 255 bytes a name; the rest is for extensions and chapter numbers."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_PASSED = (".", "~$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


Place = Path | str | Text
"""Where a source is: a file, an address of the web as it was given, or the text itself."""


def find_sources(names: Sequence[str | Path | Text]) -> Iterator[Place]:
    """What to read: texts, addresses and files as given, folders searched with their subfolders.

    A file is taken whatever its suffix, so that its reader can say what is wrong with it. A
    folder gives the files of known suffixes, sorted; hidden files and folders are skipped. A
    folder is listed when its turn comes, and what Word keeps beside an open file (``~$a.docx``) is
    passed over. What two names lead to comes twice (``same_place``).

    Raises:
        UnreadableSourceError: a path does not exist, is no file, or can't be searched.
        UnsupportedFormatError: a folder holds nothing that a reader knows.
    """
    for name in names:
        if isinstance(name, Text):
            yield name
        elif not str(name):
            raise UnreadableSourceError(msg("The name is empty."), msg("Name a file or a folder."))
        elif isinstance(name, str) and is_address(name):
            yield name
        else:
            yield from _find(Path(name))


def same_place(place: Place) -> str:
    """The same for all names of a place."""
    return os.path.realpath(place) if isinstance(place, Path) else str(place)


def load_source(place: Place, *, allow_private: bool = False) -> Source:
    """Read a file or an address whole, or take a text as a file would give it.

    Args:
        place: what ``find_sources`` found.
        allow_private: whether machines of the own network may be asked for an address.

    Raises:
        UnreadableSourceError: missing, no file, too large, forbidden, or a failing disk; see
            ``fetch`` too.
    """
    if isinstance(place, str):
        fetched = fetch(place, allow_private=allow_private)
        stem = safe_stem(name_of(place))
        return Source(place, stem, fetched.suffix, fetched.data, fetched.charset)
    if isinstance(place, Text):
        data = place.text.encode("utf-8", "replace")
        return Source(str(place), safe_stem(place.stem), place.suffix, data, "utf-8")
    path = place
    name = _printable(str(path))
    if _kind(path) in {"folder", "other"}:
        raise UnreadableSourceError(
            msg("{name} is not a file.", name=name), msg("Give a file, or a folder of files.")
        )
    most_bytes = most_bytes_of(path.suffix.lower())
    try:
        data = read_outside(path, most_bytes)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise UnreadableSourceError(
                msg("{name} is larger than {most:g} MB.", name=name, most=most_bytes / 1e6),
                msg("Split it, or save only the article."),
            ) from error
        raise UnreadableSourceError(
            msg("{name} can't be read: {reason}.", name=name, reason=system_reason(error)),
            msg("Check the path, and that you are allowed to read the file."),
        ) from error
    return Source(name=name, stem=safe_stem(path.stem), suffix=path.suffix.lower(), data=data)


def safe_stem(stem: str) -> str:
    """Make a file name's stem safe on every common file system.

    No separators, control or invisible characters, no leading or trailing dots, no device
    names of Windows, and at most STEM_BYTES bytes of UTF-8. Where nothing is left: "article".
    """
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in _in_gbk(stem))
    name = _FORBIDDEN.sub("_", visible.strip()).replace("..", "_")
    name = name.encode("utf-8")[:STEM_BYTES].decode("utf-8", "ignore").strip("._ ")
    return f"_{name}" if _RESERVED.match(name) else name or "article"


def _in_gbk(stem: str) -> str:
    """The name of a file that an old Chinese system named, in GBK; any other as it is."""
    if stem.isascii() or not any("\udc80" <= character <= "\udcff" for character in stem):
        return stem
    return stem.encode("utf-8", "surrogateescape").decode("gb18030", "ignore")


def _find(path: Path) -> Iterator[Path]:
    kind = _kind(path)
    if kind == "folder":
        nothing = True
        for file in _walk(path):
            nothing = False
            yield file
        if nothing:
            raise UnsupportedFormatError(
                msg(
                    "readaloud can read nothing in the folder {value}.",
                    value=_printable(str(path)),
                ),
                msg("It can read {listed}.", listed=Several(sorted(known_suffixes()))),
            )
    elif kind == "file":
        yield path
    else:
        reason = msg("is not a file") if kind else msg("does not exist")
        raise UnreadableSourceError(
            msg("{value} {reason}.", value=_printable(str(path)), reason=reason),
            msg("Check the path. It should lead to a file or a folder."),
        )


def _kind(path: Path) -> Literal["file", "folder", "other", ""]:
    """What is at a path; nothing where it is longer than the system allows, either."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"


def _walk(folder: Path) -> Iterator[Path]:
    suffixes = known_suffixes()
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(parent, name)
            if not name.startswith(_PASSED) and file.suffix.lower() in suffixes and file.is_file():
                yield file


def _refuse(error: OSError) -> None:
    raise UnreadableSourceError(
        msg(
            "The folder {value} can't be searched: {reason}.",
            value=_printable(str(error.filename)),
            reason=system_reason(error),
        ),
        msg("Check that you are allowed to read it."),
    ) from error


def _printable(text: str) -> str:
    """Names that are not valid text would break the report that quotes them."""
    return text.encode("utf-8", "replace").decode("utf-8")
