"""M4B and Opus: exact in time, tagged, chapters seen by FFmpeg, ffprobe and mutagen."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from marker_tones import heard_late_ms, write_marked
from mutagen import File
from mutagen.flac import Picture
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from narrations import make_narration, nameless, write

from conftest import require
from readaloud.audio.loudness import measure_file
from readaloud.errors import OutputError
from readaloud.formats import audio_formats, find_format
from readaloud.model import Narration

LONG = "第二章 " + "長" * 60
LONGEST_DRIFT_MS = 20
"""After four minutes, which would be 50 after ten."""


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", LONG, "結尾"])


def _chapters(path: Path) -> list[tuple[str, int]]:
    """Title and start in milliseconds of each chapter, as FFmpeg reads them."""
    with av.open(str(path)) as container:
        return [
            (item["metadata"]["title"], round(item["start"] * (item["time_base"] or 0) * 1000))
            for item in container.chapters()
        ]


AUDIO = [each.name for each in audio_formats()]


@pytest.mark.parametrize("name", AUDIO)
def test_every_audio_file_is_exact(narration: Narration, tmp_path: Path, name: str) -> None:
    path = write(name, narration, tmp_path)
    assert measure_file(path)[1] == pytest.approx(narration.duration_ms, abs=25)
    with av.open(str(path)) as container:
        assert container.streams.audio[0].codec_context.layout.name == "mono"
        assert (container.duration or 0) / 1000 == pytest.approx(narration.duration_ms, abs=8)
    assert all(abs(late) < 5 for late in heard_late_ms(path, narration.cues))


@pytest.mark.parametrize("name", AUDIO)
@pytest.mark.parametrize("frames", [1, 500, 24_000, 100_003])
def test_any_length_is_whole(narration: Narration, tmp_path: Path, name: str, frames: int) -> None:
    narration.audio.write_bytes(narration.audio.read_bytes()[: frames * 2])
    cut = replace(narration, frames=min(frames, narration.frames))
    _, length_ms = measure_file(write(name, cut, tmp_path))
    assert length_ms == pytest.approx(cut.duration_ms, abs=25)


@pytest.mark.parametrize("name", AUDIO)
def test_the_same_edition_is_the_same_file(narration: Narration, tmp_path: Path, name: str) -> None:
    first = write(name, narration, tmp_path).read_bytes()
    time.sleep(1.1)  # a time written into a file would be another
    assert write(name, narration, tmp_path).read_bytes() == first


@pytest.mark.parametrize("name", AUDIO)
def test_four_minutes_do_not_drift(tmp_path: Path, name: str) -> None:
    narration = write_marked(tmp_path, minutes=4)
    late = heard_late_ms(write(name, narration, tmp_path), narration.cues[-1:])
    assert abs(late[0]) < LONGEST_DRIFT_MS


@pytest.mark.parametrize("name", AUDIO)
def test_chapters_as_ffmpeg_reads_them(narration: Narration, tmp_path: Path, name: str) -> None:
    path = write(name, narration, tmp_path)
    assert _chapters(path) == [(mark.title, mark.start_ms) for mark in narration.marks]


@pytest.mark.parametrize("name", AUDIO)
def test_chapters_as_ffprobe_reads_them(narration: Narration, tmp_path: Path, name: str) -> None:
    ffprobe = shutil.which("ffprobe") or ""
    require(bool(ffprobe), "ffprobe")
    path = write(name, narration, tmp_path)
    command = [ffprobe, "-v", "error", "-show_chapters", "-of", "json", str(path)]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    found = [(c["tags"]["title"], float(c["start_time"])) for c in json.loads(out)["chapters"]]
    assert found == [(mark.title, mark.start_ms / 1000) for mark in narration.marks]


def test_m4b_has_both_kinds_of_chapters(narration: Narration, tmp_path: Path) -> None:
    path = write("m4b", narration, tmp_path)
    chapters: Any = MP4(path).chapters
    assert [(c.title, round(c.start * 1000)) for c in chapters] == _chapters(path)
    data = path.read_bytes()
    assert data[8:12] == b"M4B "
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"\0\0\0\x14tref\0\0\0\x0cchap" in data


def test_m4b_has_every_chapter_of_a_long_edition(tmp_path: Path) -> None:
    narration = make_narration(tmp_path, [f"第{n}回" for n in range(300)], spoken_ms=5, pause_ms=5)
    path = write("m4b", narration, tmp_path)
    assert _chapters(path) == [(mark.title, mark.start_ms) for mark in narration.marks]
    assert len(MP4(path).chapters or ()) == 255


def test_m4b_shortens_titles_between_characters(tmp_path: Path) -> None:
    titles = ["長" * 85, "長" * 86, "a" + "長" * 200]
    path = write("m4b", make_narration(tmp_path, titles), tmp_path)
    shortened = ["長" * 85, "長" * 84 + "…", "a" + "長" * 83 + "…"]
    assert [title for title, _ in _chapters(path)] == shortened
    assert [chapter.title for chapter in MP4(path).chapters or ()] == shortened


def test_m4b_tags(narration: Narration, tmp_path: Path) -> None:
    tags: Any = MP4(write("m4b", narration, tmp_path)).tags
    assert tags["\xa9nam"] == tags["\xa9alb"] == ["北風呼嘯"]
    assert tags["\xa9ART"] == ["王小明"]
    assert tags["\xa9wrt"] == ["xiaoxiao"]
    assert tags["\xa9day"] == ["2020-02-03"]
    assert tags["stik"] == [2]
    assert tags["\xa9lyr"][0].splitlines() == [cue.text for cue in narration.cues]


def test_opus_comments(narration: Narration, tmp_path: Path) -> None:
    path = write("opus", narration, tmp_path)
    tags: Any = OggOpus(path).tags
    assert (tags["title"], tags["artist"]) == (["北風呼嘯"], ["王小明"])
    assert (tags["album"], tags["date"]) == (["北風呼嘯"], ["2020-02-03"])
    assert tags["performer"] == ["xiaoxiao"]
    assert tags["lyrics"][0].splitlines() == [cue.text for cue in narration.cues]
    assert tags["CHAPTER002"] == ["00:00:01.500"]
    assert tags["CHAPTER002NAME"] == [LONG]
    assert "CHAPTER000" not in tags
    assert "CHAPTER004" not in tags


def test_opus_skips_what_its_encoder_put_before(narration: Narration, tmp_path: Path) -> None:
    path = write("opus", narration, tmp_path)
    head = path.read_bytes()[28:47]
    assert head[:8] == b"OpusHead"
    assert head[9] == 1
    assert int.from_bytes(head[10:12], "little") >= 312 / 2
    info: Any = OggOpus(path).info
    assert info.length * 1000 == pytest.approx(narration.duration_ms, abs=1)
    with av.open(str(path)) as container:
        assert next(container.decode(audio=0)).time == 0
        assert container.streams.audio[0].time_base == Fraction(1, 48_000)


def test_opus_names_at_most_999_chapters(tmp_path: Path) -> None:
    narration = make_narration(tmp_path, ["回"] * 1001, spoken_ms=2, pause_ms=2)
    tags: Any = OggOpus(write("opus", narration, tmp_path)).tags
    assert "CHAPTER999NAME" in tags
    assert not [key for key, _ in tags if key.startswith("CHAPTER1000")]


def _tags(path: Path) -> dict[str, str]:
    """Names and values as FFmpeg's players show them, whatever the container calls them."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        found = {**stream.metadata, **container.metadata}
    return {name.casefold(): value for name, value in found.items()}


SHOWN = ("title", "artist", "album", "album_artist", "composer", "date", "genre", "language")


@pytest.mark.parametrize("name", AUDIO)
def test_players_show_the_same_tags_of_every_format(
    narration: Narration, tmp_path: Path, name: str
) -> None:
    article = replace(narration.script.article, origin="北方日報")
    named = replace(narration, album="晨間新聞", script=replace(narration.script, article=article))
    path = write(name, named, tmp_path)
    tags = _tags(path)
    assert [tags[each][:10] for each in SHOWN] == [
        *("北風呼嘯", "王小明", "晨間新聞", "晨間新聞", "xiaoxiao"),
        *("2020-02-03", "Speech", "chi"),
    ]
    publisher = {"mp3": "TPUB", "m4b": "\xa9pub", "opus": "publisher"}[name]
    told: Any = File(path)
    assert list(told.tags[publisher]) == ["北方日報"]


@pytest.mark.parametrize("name", AUDIO)
def test_without_byline_the_publisher_is_the_artist_and_never_the_voice(
    narration: Narration, tmp_path: Path, name: str
) -> None:
    bare = nameless(narration)
    tags = _tags(write(name, bare, tmp_path))
    assert [tags[each] for each in SHOWN[:5]] == ["北風", "北風", "北風", "北風", "xiaoxiao"]
    assert "date" not in tags
    article = replace(bare.script.article, origin="北方日報")
    published = replace(bare, script=replace(bare.script, article=article))
    assert _tags(write(name, published, tmp_path))["artist"] == "北方日報"
    assert _tags(write(name, replace(bare, album="晨報"), tmp_path))["artist"] == "晨報"


@pytest.mark.parametrize(("name", "fits"), [("m4b", 255), ("opus", 999)])
def test_chapters_that_a_list_can_not_hold_are_told_of(
    tmp_path: Path, name: str, fits: int
) -> None:
    full = make_narration(tmp_path, ["回"] * fits, spoken_ms=2, pause_ms=2)
    assert find_format(name).shortfall(full) == ""
    over = make_narration(tmp_path, ["回"] * (fits + 1), spoken_ms=2, pause_ms=2)
    told = find_format(name).shortfall(over)
    assert str(fits) in told
    assert str(fits + 1) in told


@pytest.mark.parametrize(("suffix", "mime", "kind"), [("png", "png", 14), ("jpg", "jpeg", 13)])
def test_a_cover_is_shown(
    narration: Narration, tmp_path: Path, suffix: str, mime: str, kind: int
) -> None:
    cover = tmp_path / f"cover.{suffix}"
    cover.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 800)
    covered = replace(narration, cover=cover)
    picture: Any = MP4(write("m4b", covered, tmp_path))["covr"][0]
    assert (bytes(picture), int(picture.imageformat)) == (cover.read_bytes(), kind)
    path = write("opus", covered, tmp_path)
    block = Picture(base64.b64decode(OggOpus(path)["metadata_block_picture"][0]))
    assert (block.mime, block.type, block.data) == (f"image/{mime}", 3, cover.read_bytes())
    assert all(abs(late) < 5 for late in heard_late_ms(path, narration.cues))


@pytest.mark.parametrize("name", AUDIO)
def test_a_folder_that_is_not_there_is_an_output_error(
    narration: Narration, tmp_path: Path, name: str
) -> None:
    with pytest.raises(OutputError, match="北風"):
        write(name, narration, tmp_path / "absent")


@pytest.mark.parametrize("name", AUDIO)
def test_a_full_disk_is_an_output_error(narration: Narration, tmp_path: Path, name: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    find_format(name).path(tmp_path, "北風").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="北風"):
        write(name, narration, tmp_path)
