"""Finished books held against the report: SMIL of EPUB 3.3 and DAISY 2.02."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import av
from lxml import etree

from readaloud.errors import msg
from readaloud.files.outside import ZIP_METHODS
from readaloud.formats.report import Report
from readaloud.formats.shared.check_audio import LENGTH_SLACK_MS
from readaloud.formats.shared.check_label import check_book_label

_CLOCK_VALUE = re.compile(r"(?:npt=)?(?:(?:(\d{1,6}):)?(\d{1,2}):)?(\d{1,9}(?:\.\d{1,9})?)(s|ms|)")
_MOST_MEMBER_BYTES = 1 << 29
"""A part of a book that would unpack to more is not one of readaloud's."""
_MOST_SMIL_BYTES = 1 << 27
"""All of a book's SMIL; that of three million characters has about 20 million."""


def check_book(path: Path, report: Report) -> Iterator[str]:
    """Every SMIL clip has a length and lies inside its audio; together they hold all utterances."""
    try:
        with zipfile.ZipFile(path) as book:
            lengths: dict[str, int] = {}
            clips = 0
            for name in _smil_names(book):
                for problem in _clip_problems(book, name, lengths):
                    clips += problem is None
                    if problem is not None:
                        yield msg("{name}: {problem}", name=name, problem=problem)
            yield from check_book_label(book, report, _member)
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        zlib.error,
        av.FFmpegError,
    ) as error:
        yield msg("It can't be read: {error}.", error=error)
        return
    if clips < len(report.utterances):
        yield msg(
            "It has {clips} audio clips for {count} utterances.",
            clips=clips,
            count=len(report.utterances),
        )


def _smil_names(book: zipfile.ZipFile) -> list[str]:
    """The SMIL files of a book.

    Raises:
        ValueError: they are larger than those of any book of readaloud's.
    """
    infos = [info for info in book.infolist() if info.filename.endswith(".smil")]
    if sum(info.file_size for info in infos) > _MOST_SMIL_BYTES:
        raise ValueError(msg("{name} is too large", name="SMIL"))
    return [info.filename for info in infos]


def _clip_problems(
    book: zipfile.ZipFile, name: str, lengths: dict[str, int]
) -> Iterator[str | None]:
    """For each ``audio`` element of a SMIL file: None where it is sound, or what is wrong."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for element in etree.fromstring(_member(book, name), parser).iter("{*}audio"):
        begin = _clock_ms(element.get("clipBegin") or element.get("clip-begin") or "0s")
        stated = element.get("clipEnd") or element.get("clip-end")
        source = posixpath.normpath(posixpath.join(posixpath.dirname(name), element.get("src", "")))
        if source not in book.NameToInfo:
            yield msg("{source} is not in the book.", source=source)
            continue
        length = _length_ms(book, source, lengths)
        end = _clock_ms(stated) if stated else length
        inside = 0 <= begin < end <= length + LENGTH_SLACK_MS
        yield (
            None
            if inside
            else msg(
                "A clip runs from {begin} to {end} ms of {source}, which has {length} ms.",
                begin=begin,
                end=end,
                source=source,
                length=length,
            )
        )


def _length_ms(book: zipfile.ZipFile, name: str, lengths: dict[str, int]) -> int:
    if name not in lengths:
        with av.open(io.BytesIO(_member(book, name)), "r") as container:
            lengths[name] = round((container.duration or 0) / 1000)
    return lengths[name]


def _member(book: zipfile.ZipFile, name: str) -> bytes:
    info = book.getinfo(name)
    if info.compress_type not in ZIP_METHODS:
        raise ValueError(msg("{name} is packed in a way that books don't allow", name=name))
    if info.file_size > _MOST_MEMBER_BYTES:
        raise ValueError(msg("{name} is too large", name=name))
    return book.read(name)


def _clock_ms(value: str) -> int:
    """A SMIL clock value: ``0:00:01.5``, ``01.5``, ``1.5s``, ``1500ms``, ``npt=1.5s``.

    Raises:
        ValueError: it is none.
    """
    match = _CLOCK_VALUE.fullmatch(value.strip())
    if match is None:
        raise ValueError(msg("“{value}” is not a time", value=value[:40]))
    hours, minutes, seconds, unit = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return round((whole + float(seconds)) * (1 if unit == "ms" else 1000))
