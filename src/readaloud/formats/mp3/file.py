"""MP3 with ID3v2.3 chapters.

The tags are ID3v2.3 with UTF-16 titles: in v2.4, readers built on FFmpeg lose every chapter once a
Chinese title passes 41 characters. Frames CHAP and CTOC: "ID3v2 Chapter Frame Addendum", id3.org.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from mutagen import MutagenError, id3

from readaloud.formats.shared.credentials import sign_mp3
from readaloud.formats.shared.label import KEY, implicit_mark
from readaloud.formats.shared.mp3_audio import append_audio
from readaloud.formats.shared.tag_values import (
    TagValues,
    cover_type,
    tag_values,
    text_of,
    write_errors,
)
from readaloud.model import ChapterMark, Narration

_MOST_CHILDREN = 255
_UTF16 = 1
_NO_OFFSET = 0xFFFFFFFF
_FRONT_COVER = 3
_MILLISECONDS, _LYRICS = 2, 1
"""How SYLT counts time, and what it says it holds."""
_HEADER_BYTES = 10
"""Of a tag, and of a frame, whose size is four bytes of it from the fourth on."""


def write_mp3(narration: Narration, path: Path) -> None:
    """Write the file; see ``readaloud.formats.Format``."""
    with write_errors(path, av.FFmpegError, MutagenError):
        path.write_bytes(_tag_bytes(_tags(narration)))
        append_audio(narration, path)
    if narration.label.mode == "eu":
        sign_mp3(narration, path)


def _tags(narration: Narration) -> id3.ID3:
    """All tags; the text stands in them twice, whole and timed, a line an utterance."""
    values, tags = tag_values(narration), id3.ID3()
    for frame in _text_frames(values):
        tags.add(frame)
    if mark := implicit_mark(narration):
        tags.add(id3.TXXX(_UTF16, KEY, [mark]))
    tags.add(id3.USLT(_UTF16, values.language, "", text_of(narration)))
    lines = [(cue.text, cue.start_ms) for cue in narration.cues]
    tags.add(id3.SYLT(_UTF16, values.language, _MILLISECONDS, _LYRICS, "", lines))
    if narration.cover is not None:
        mime = cover_type(narration.cover)
        tags.add(id3.APIC(0, mime, _FRONT_COVER, "", narration.cover.read_bytes()))
    contents = "目錄" if narration.script.article.language == "zh-Hant" else "目录"
    for frame in _chapter_frames(narration.marks, contents):
        tags.add(frame)
    return tags


def _text_frames(values: TagValues) -> Iterator[id3.Frame]:
    told = (
        (id3.TIT2, values.title),
        (id3.TPE1, values.artist),
        (id3.TALB, values.album),
        (id3.TPE2, values.album_artist),
        (id3.TCOM, values.narrator),
        (id3.TPUB, values.publisher),
        (id3.TDRC, values.date),
        (id3.TLAN, values.language),
        (id3.TCON, values.genre),
    )
    yield from (frame(_UTF16, [value]) for frame, value in told if value)
    yield id3.TXXX(_UTF16, "VOICE", [values.narrator])
    if values.notice:
        yield id3.COMM(_UTF16, values.language, "", [values.notice])


def _chapter_frames(marks: Sequence[ChapterMark], contents: str) -> Iterator[id3.Frame]:
    """CHAPs in rising order below one top-level CTOC; a chapter with others below has its own."""
    for mark in marks:
        yield id3.CHAP(
            element_id=mark.id,
            start_time=mark.start_ms,
            end_time=mark.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(_UTF16, [mark.title])],
        )
    marked = {mark.id for mark in marks}
    below: dict[str | None, list[ChapterMark]] = {}
    for mark in marks:
        below.setdefault(mark.parent if mark.parent in marked else None, []).append(mark)
    named = {mark.id: f"toc-{mark.id}" if mark.id in below else mark.id for mark in marks}
    for mark in marks:
        if mark.id in below:
            children = [mark.id, *(named[each.id] for each in below[mark.id])]
            yield from _listing(named[mark.id], children, id3.CTOCFlags.ORDERED, mark.title)
    top_level = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    yield from _listing("toc", [named[each.id] for each in below[None]], top_level, contents)


def _listing(name: str, children: list[str], flags: int, title: str) -> Iterator[id3.CTOC]:
    """A CTOC, with nested ones where its children are over 255."""
    if len(children) > _MOST_CHILDREN:
        parts = [children[i : i + _MOST_CHILDREN] for i in range(0, len(children), _MOST_CHILDREN)]
        children = [f"{name}{number}" for number in range(1, len(parts) + 1)]
        for part_name, part in zip(children, parts, strict=True):
            yield _contents(part_name, part, id3.CTOCFlags.ORDERED, title)
    yield _contents(name, children, flags, title)


def _contents(name: str, children: Sequence[str], flags: int, title: str) -> id3.CTOC:
    return id3.CTOC(
        element_id=name,
        flags=flags,
        child_element_ids=list(children),
        sub_frames=[id3.TIT2(_UTF16, [title])],
    )


def _tag_bytes(tags: id3.ID3) -> bytes:
    """The tag, its chapters in the order of their times: mutagen sorts frames by their size."""
    buffer = io.BytesIO()
    tags.update_to_v23()
    tags.save(buffer, v2_version=3)
    tag = buffer.getvalue()
    frames, end = [], _HEADER_BYTES
    while tag[end : end + 4].strip(b"\0"):
        start = end
        end += _HEADER_BYTES + int.from_bytes(tag[start + 4 : start + 8], "big")
        frames.append(tag[start:end])
    frames.sort(key=_chapter_start)
    return tag[:_HEADER_BYTES] + b"".join(frames) + tag[end:]


def _chapter_start(frame: bytes) -> int:
    """Where a CHAP frame begins, in milliseconds; -1 for any other frame."""
    if not frame.startswith(b"CHAP"):
        return -1
    after_id = frame.index(b"\0", _HEADER_BYTES) + 1
    return int.from_bytes(frame[after_id : after_id + 4], "big")
