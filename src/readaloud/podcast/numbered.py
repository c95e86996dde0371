"""Numbered MP3s and a playlist: for talking-book players, old radios and cars, which know no feed.

Such players read plain ASCII names, and play files in the order of their names or as they were
written; so both are the order of the days. The playlist is M3U in UTF-8 (RFC 8216, section 4.1).
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readaloud.errors import OutputError, msg
from readaloud.files.atomic import output_errors, write_whole
from readaloud.files.outside import is_file, read_outside_text
from readaloud.formats import find_format
from readaloud.podcast.episodes import day_of, find_reports

PLAYLIST = "playlist.m3u8"
_CLOCK_SECONDS = 2.0
"""How coarse the clock of a FAT file system is."""


@dataclass(frozen=True, slots=True)
class _Track:
    published: datetime
    file: Path
    title: str
    duration_ms: int


def write_numbered(folder: Path, out: Path, newest: int = 0) -> int:
    """Copy the MP3s of a folder's editions, oldest first; how many there are.

    What an earlier playlist there named and this one does not is removed.

    Raises:
        OutputError: there is none, or they can't be written.
    """
    with output_errors(out):
        tracks = _tracks(folder)
        tracks = tracks[-newest:] if newest > 0 else tracks
        if not tracks:
            raise OutputError(
                msg("There is no MP3 of an edition in {folder}.", folder=folder),
                msg("Build one first, with an MP3."),
            )
        out.mkdir(parents=True, exist_ok=True)
        width = max(3, len(str(len(tracks))))
        named = {
            f"{number:0{width}}-{track.published:%Y-%m-%d}.mp3": track
            for number, track in enumerate(tracks, 1)
        }
        before = _listed(out / PLAYLIST)
        for name, track in named.items():
            _copy(track.file, out / name)
        write_whole(out / PLAYLIST, _playlist(named).encode(errors="replace"), mode=0o644)
        for name in before - set(named):
            (out / name).unlink(missing_ok=True)
    return len(named)


def _tracks(folder: Path) -> list[_Track]:
    """The MP3s of a folder, oldest first."""
    mp3 = find_format("mp3")
    tracks = []
    for path, report in find_reports(folder):
        file = mp3.path(folder, report.stem)
        if is_file(file):
            when = day_of(report.date) or datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
            title = " ".join((report.title or report.stem).split())
            tracks.append(_Track(when, file, title, report.duration_ms))
    return sorted(tracks, key=lambda track: (track.published, track.file.name))


def _copy(file: Path, copy: Path) -> None:
    """Copy a file, whole or not at all; one that is there and as old is the same."""
    here = file.stat()
    if is_file(copy):
        there = copy.stat()
        is_as_old = abs(there.st_mtime - here.st_mtime) <= _CLOCK_SECONDS
        if there.st_size == here.st_size and is_as_old:
            return
    part = copy.with_name(f".part-{secrets.token_hex(6)}")
    try:
        shutil.copy2(file, part)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)


def _playlist(named: dict[str, _Track]) -> str:
    lines = ["#EXTM3U"]
    for name, track in named.items():
        lines += [f"#EXTINF:{round(track.duration_ms / 1000)},{track.title}", name]
    return "\n".join(lines) + "\n"


def _listed(playlist: Path) -> set[str]:
    """The numbered files that a playlist names; none of another kind."""
    if not is_file(playlist):
        return set()
    lines = read_outside_text(playlist, errors="replace").splitlines()
    return {line for line in lines if line[:3].isdecimal() and line == Path(line).name}
