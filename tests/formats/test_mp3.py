"""The MP3: heard where the cues say, as loud as it was, chapters seen by two other programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode
from narrations import make_narration, nameless, write

from readaloud.audio.loudness import measure_file
from readaloud.errors import OutputError
from readaloud.model import Narration

NEAR_MS = 5


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", "第二章 " + "長" * 60, "結尾"])


def _decoded(path: Path) -> np.ndarray:
    """Samples as a decoder gives them that knows the Info frame."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_every_cue_is_where_it_is_heard(narration: Narration, tmp_path: Path) -> None:
    heard = _decoded(write("mp3", narration, tmp_path))
    lead_ms, per_ms = 100, 44.1
    padded = np.pad(heard, (round(lead_ms * per_ms), 0))
    for cue in narration.cues:
        window = padded[round(cue.start_ms * per_ms) :]
        onset_ms = np.flatnonzero(np.abs(window) > 0.03)[0] / per_ms - lead_ms
        assert abs(onset_ms) < NEAR_MS
        before_end = heard[round((cue.end_ms - 30) * per_ms) : round((cue.end_ms - 5) * per_ms)]
        after_end = heard[round((cue.end_ms + 30) * per_ms) : round((cue.end_ms + 300) * per_ms)]
        assert np.abs(before_end).max() > 0.08
        assert np.abs(after_end).max(initial=0) < 0.01


def test_the_file_is_as_long_as_the_narration(narration: Narration, tmp_path: Path) -> None:
    path = write("mp3", narration, tmp_path)
    assert len(_decoded(path)) == narration.frames * 147 // 80
    with av.open(str(path)) as container:
        assert (container.duration or 0) / 1000 == pytest.approx(narration.duration_ms, abs=1)
    info: Any = MP3(path).info
    assert info.length * 1000 == pytest.approx(narration.duration_ms, abs=1)
    assert (info.sample_rate, info.channels, info.bitrate) == (44_100, 1, 80_000)
    assert info.bitrate_mode == BitrateMode.CBR
    assert not info.sketchy


@pytest.mark.parametrize("frames", [1, 500, 24_000, 100_003])
def test_any_length_is_exact(narration: Narration, tmp_path: Path, frames: int) -> None:
    narration.audio.write_bytes(narration.audio.read_bytes()[: frames * 2])
    cut = replace(narration, frames=min(frames, narration.frames))
    assert len(_decoded(write("mp3", cut, tmp_path))) == cut.frames * 147 // 80


def test_encoding_changes_neither_loudness_nor_peak(narration: Narration, tmp_path: Path) -> None:
    made, length_ms = measure_file(write("mp3", narration, tmp_path))
    assert length_ms == pytest.approx(narration.duration_ms, abs=1)
    assert made.integrated_lufs == pytest.approx(narration.loudness.integrated_lufs, abs=0.15)
    assert made.true_peak_dbtp <= narration.loudness.true_peak_dbtp + 0.8


def test_chapters_as_players_read_them(narration: Narration, tmp_path: Path) -> None:
    with av.open(str(write("mp3", narration, tmp_path))) as container:
        found = [
            (chapter["metadata"]["title"], chapter["start"], chapter["end"])
            for chapter in container.chapters()
        ]
        assert container.metadata["title"] == "北風呼嘯"
        assert container.metadata["artist"] == "王小明"
    assert found == [(mark.title, mark.start_ms, mark.end_ms) for mark in narration.marks]


def test_tags_are_v23_in_utf16(narration: Narration, tmp_path: Path) -> None:
    path = write("mp3", narration, tmp_path)
    tags = ID3(path, translate=False)
    assert tags.version == (2, 3, 0)
    assert all(frame.encoding == 1 for frame in tags.values() if hasattr(frame, "encoding"))
    assert tags["TYER"].text == ["2020"]
    assert tags["TDAT"].text == ["0302"]
    assert tags["TLAN"].text == ["chi"]
    assert tags["TXXX:VOICE"].text == ["xiaoxiao"]
    assert tags["USLT::chi"].text.splitlines() == [cue.text for cue in narration.cues]
    contents = tags["CTOC:toc"]
    assert contents.child_element_ids == ["c1", "c2", "c3"]
    assert int(contents.flags) == 3
    chapter = tags["CHAP:c2"]
    assert chapter.start_offset == chapter.end_offset == 0xFFFFFFFF
    assert chapter.sub_frames["TIT2"].encoding == 1


def test_many_chapters_stand_in_order_below_nested_contents(tmp_path: Path) -> None:
    titles = [f"{n}" * (1 + n % 7) for n in range(600)]
    narration = make_narration(tmp_path, titles, spoken_ms=5, pause_ms=3)
    path = write("mp3", narration, tmp_path)
    tags = ID3(path)
    assert [chap.element_id for chap in tags.getall("CHAP")] == [
        mark.id for mark in narration.marks
    ]
    assert tags["CTOC:toc"].child_element_ids == ["toc1", "toc2", "toc3"]
    children = [tags[f"CTOC:toc{n}"].child_element_ids for n in (1, 2, 3)]
    assert all(len(part) <= 255 for part in children)
    assert [name for part in children for name in part] == [mark.id for mark in narration.marks]
    assert [int(tags[f"CTOC:{name}"].flags) for name in ("toc", "toc1")] == [3, 1]
    with av.open(str(path)) as container:
        assert [c["metadata"]["title"] for c in container.chapters()] == titles


def test_without_author_and_date_there_is_none(narration: Narration, tmp_path: Path) -> None:
    tags = ID3(write("mp3", nameless(narration), tmp_path))
    assert tags["TPE1"].text == ["北風"]
    assert tags["TIT2"].text == ["北風"]
    assert "TDRC" not in tags


def test_a_cover_is_shown(narration: Narration, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    tags = ID3(write("mp3", replace(narration, cover=cover), tmp_path))
    picture = tags.getall("APIC")[0]
    assert (picture.mime, picture.type, picture.data) == ("image/png", 3, cover.read_bytes())


def test_a_full_disk_is_an_output_error(narration: Narration, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "北風.mp3").symlink_to("/dev/full")
    with pytest.raises(OutputError, match=r"北風\.mp3"):
        write("mp3", narration, folder)
    with pytest.raises(OutputError):
        write("mp3", narration, tmp_path / "absent")
