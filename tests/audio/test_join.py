"""One timeline: every sample is counted, every cue is where it sounds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import RATE, load, tone

from readaloud.audio.join import END_MS, join
from readaloud.model import Article, Block, Chapter, Clip, Script, Utterance, Word


def _script(pauses: Sequence[Sequence[int]], titles: Sequence[str | None] = ()) -> Script:
    """One chapter a list of pauses, in milliseconds."""
    titles = titles or [f"標題{n}" for n in range(len(pauses))]
    chapters = tuple(
        Chapter(f"c{n}", Block(title, n, "heading") if title else None, ())
        for n, title in enumerate(titles)
    )
    utterances = tuple(
        Utterance(f"c{n}u{k}", f"c{n}", "sentence", "北風", "北风", pause_after_ms=pause)
        for n, chapter in enumerate(pauses)
        for k, pause in enumerate(chapter)
    )
    return Script(Article("a.txt", None, None, None, "zh-Hant", chapters, ()), utterances)


def _clips(script: Script, lengths: Sequence[int]) -> Iterator[Clip]:
    """Clips of so many samples, each of one value: its number."""
    for number, (utterance, frames) in enumerate(zip(script.utterances, lengths, strict=True), 1):
        yield Clip(utterance.id, np.full(frames, number, "<i2").tobytes(), RATE)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3000)), min_size=1, max_size=5),
        min_size=1,
        max_size=4,
    )
)
def test_cues_say_where_each_clip_sounds(
    tmp_path_factory: pytest.TempPathFactory, chapters: list[list[tuple[int, int]]]
) -> None:
    path = tmp_path_factory.mktemp("join") / "a.pcm"
    script = _script([[pause for pause, _ in chapter] for chapter in chapters])
    lengths = [frames for chapter in chapters for _, frames in chapter]
    timeline = join(script, _clips(script, lengths), path)
    samples = load(path)
    assert timeline.frames == len(samples)
    assert [cue.utterance_id for cue in timeline.cues] == [u.id for u in script.utterances]
    pauses = [pause for chapter in chapters for pause, _ in chapter]
    silent = (sum(pauses[:-1]) + max(pauses[-1], END_MS)) * RATE // 1000
    # pydub may round a pause down by a sample; the timeline counts what it made
    assert 0 <= sum(lengths) + silent - len(samples) <= len(pauses)
    for number, (cue, frames) in enumerate(zip(timeline.cues, lengths, strict=True), 1):
        place = np.flatnonzero(samples == number)
        assert len(place) == frames
        assert cue.start_ms == place[0] * 1000 // RATE
        assert cue.end_ms == (place[-1] + 1) * 1000 // RATE
    marks = timeline.marks
    assert [mark.id for mark in marks] == [chapter.id for chapter in script.article.chapters]
    assert marks[0].start_ms == 0
    assert marks[-1].end_ms == len(samples) * 1000 // RATE
    assert all(a.end_ms == b.start_ms for a, b in pairwise(marks))
    starts = {cue.start_ms for cue in timeline.cues}
    assert all(mark.start_ms in starts for mark in marks)


def test_words_stand_on_the_edition_timeline(tmp_path: Path) -> None:
    script = _script([[250, 0]])
    words = (Word("北", 0, 120), Word("风", 120, 400))
    clips = [Clip(u.id, tone(0.5).tobytes(), RATE, words) for u in script.utterances]
    second = join(script, clips, tmp_path / "a.pcm").cues[1]
    assert second.start_ms == 750
    assert second.words == (Word("北", 750, 870), Word("風", 870, 1150))
    without = join(script, clips, tmp_path / "b.pcm", with_words=False).cues[1]
    assert without == replace(second, words=())


def test_chapters_without_heading_are_numbered(tmp_path: Path) -> None:
    script = _script([[0], [0], [0]], ["開頭", None, "結尾"])
    marks = join(script, _clips(script, [9, 9, 9]), tmp_path / "a.pcm").marks
    assert [mark.title for mark in marks] == ["開頭", "第2節", "結尾"]


def test_clips_at_another_rate_are_resampled(tmp_path: Path) -> None:
    script = _script([[0, 0]])
    clips = [
        Clip("c0u0", tone(1, 440, rate=44_100).tobytes(), 44_100),
        Clip("c0u1", tone(0.5, 440).tobytes(), RATE),
    ]
    timeline = join(script, clips, tmp_path / "a.pcm")
    assert timeline.cues[1].start_ms == 1000
    heard = load(tmp_path / "a.pcm")[:RATE].astype(float)
    spectrum = np.abs(np.fft.rfft(heard))
    assert spectrum.argmax() == 440
    assert np.abs(heard - tone(1, 440))[200:-200].max() < 80


@pytest.mark.parametrize("count", [1, 3])
def test_a_clip_too_few_or_too_many_is_never_overlooked(tmp_path: Path, count: int) -> None:
    script = _script([[0, 0]])
    clips = [Clip("u", tone(0.1).tobytes(), RATE)] * count
    with pytest.raises(ValueError, match="zip"):
        join(script, clips, tmp_path / "a.pcm")


def test_memory_stays_flat_in_one_long_chapter(tmp_path: Path) -> None:
    script = _script([[100] * 600])
    pcm = tone(2).tobytes()
    tracemalloc.start()
    timeline = join(
        script, (Clip(u.id, bytes(pcm), RATE) for u in script.utterances), tmp_path / "a"
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert timeline.frames * 2 > 55_000_000
    assert peak < 25_000_000
