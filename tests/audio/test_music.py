"""Music under and between speech: levels by loudness, no clicks, speech where it was."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.filters import to_frames
from readaloud.audio.join import Timeline
from readaloud.audio.meter import energies, integrated
from readaloud.audio.music import JINGLE_LU, Score, UnusableSoundError, decode_sound, mix
from readaloud.model import ChapterMark, Cue

RATE = SAMPLE_RATE_HZ
NONE = np.zeros(0, np.int16)


def tone(seconds: float, hertz: float, peak: float) -> np.ndarray:
    times = np.arange(int(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * hertz * times) * peak * 32767).astype("<i2")


def lufs(sound: np.ndarray) -> float:
    samples = np.asarray(sound).round().astype("<i2")
    return integrated(energies(to_frames([samples], RATE), RATE))


def score(**sounds: np.ndarray | float | bool) -> Score:
    given: dict[str, object] = dict.fromkeys(("opening", "between", "closing", "bed"), NONE)
    given |= {"under_all": True, "under_lu": 18.0, "fade_ms": 600, **sounds}
    return Score(**given)  # type: ignore[arg-type]


def laid_out(made: Score, spoken: list[tuple[float, float]]) -> tuple[np.ndarray, Timeline]:
    """Speech, a tone of 400 Hz, at these seconds behind the lead, with a gap before each."""
    end = spoken[-1][1] + 0.5
    shift = made.gaps.lead / RATE
    frames = made.gaps.lead + int(end * RATE) + made.gaps.tail
    joined = np.zeros(frames, "<i2")
    cues = []
    for n, (start, stop) in enumerate(spoken):
        sound = tone(stop - start, 400, 0.1)
        at = made.gaps.lead + int(start * RATE)
        joined[at : at + len(sound)] = sound
        times = (int((start + shift) * 1000), int((stop + shift) * 1000))
        cues.append(Cue(f"u{n}", *times, "说"))
    half = cues[-1].start_ms - 10
    marks = (ChapterMark("c1", "一", 0, half), ChapterMark("c2", "二", half, frames // 24))
    return joined, Timeline(frames, tuple(cues), marks)


def mixed(made: Score, joined: np.ndarray, timeline: Timeline, folder: Path) -> np.ndarray:
    """What the mix is, its headroom given back."""
    joined.tofile(folder / "joined.pcm")
    mix(folder / "joined.pcm", folder / "mixed.pcm", made, timeline)
    return np.fromfile(folder / "mixed.pcm", "<i2").astype(float) * 2


@pytest.mark.parametrize("peak", [0.9, 0.02])
def test_a_bed_lies_as_far_below_the_speech_however_loud_its_file(
    peak: float, tmp_path: Path
) -> None:
    made = score(bed=tone(3, 1000, peak), under_lu=15.0)
    joined, timeline = laid_out(made, [(0, 4), (9, 13)])
    result = mixed(made, joined, timeline, tmp_path)
    bed = result - joined
    speech = lufs(joined)
    lead = made.gaps.lead
    under = bed[lead + RATE : lead + 3 * RATE]
    assert lufs(under) == pytest.approx(speech - 15, abs=0.7)
    alone = bed[lead + 6 * RATE : lead + 7 * RATE]
    assert lufs(alone) == pytest.approx(speech + JINGLE_LU, abs=0.7)
    assert len(result) == len(joined)


def test_a_bed_is_down_before_a_word_and_makes_no_click(tmp_path: Path) -> None:
    made = score(bed=tone(2.3, 110, 0.5))
    joined, timeline = laid_out(made, [(0, 4), (9, 13)])
    bed = mixed(made, joined, timeline, tmp_path) - joined
    word = made.gaps.lead + 9 * RATE
    loud = np.abs(bed[word - 2 * RATE : word - RATE]).max()
    assert np.abs(bed[word : word + RATE // 4]).max() < loud / 4
    assert np.abs(bed[[0, -1]]).max() <= 2
    steepest = 2 * np.pi * 110 / RATE * np.abs(bed).max()
    assert np.abs(np.diff(bed)).max() < 2 * steepest + 4


def test_jingles_have_the_speech_s_level_and_end_in_silence(tmp_path: Path) -> None:
    made = score(opening=tone(3, 900, 0.9), closing=tone(3, 700, 0.05))
    joined, timeline = laid_out(made, [(0, 4), (5, 9)])
    result = mixed(made, joined, timeline, tmp_path)
    speech = lufs(joined)
    first, last = result[: 3 * RATE], result[-3 * RATE :]
    assert lufs(first[: 2 * RATE]) == pytest.approx(speech + JINGLE_LU, abs=1)
    assert lufs(last[: 2 * RATE]) == pytest.approx(speech + JINGLE_LU, abs=1)
    assert np.abs(first[[0, -1]]).max() <= 2
    assert np.abs(last[[0, -1]]).max() <= 2
    spoken = slice(made.gaps.lead, made.gaps.lead + 4 * RATE)
    assert np.abs(result[spoken] - joined[spoken]).max() <= 2


def test_a_bed_under_the_opening_alone_leaves_the_rest(tmp_path: Path) -> None:
    made = score(bed=tone(2, 500, 0.5), under_all=False)
    joined, timeline = laid_out(made, [(0, 3), (6, 9), (12, 15), (18, 21)])
    marks = (
        ChapterMark("c1", "一", 0, 8000),
        ChapterMark("c2", "二", 8000, 19000),
        ChapterMark("c3", "三", 19000, timeline.frames // 24),
    )
    timeline = Timeline(timeline.frames, timeline.cues, marks)
    bed = mixed(made, joined, timeline, tmp_path) - joined
    assert np.abs(bed[8 * RATE : 19 * RATE]).max() <= 2
    assert np.abs(bed[4 * RATE : 5 * RATE]).max() > 100
    assert np.abs(bed[20 * RATE : 21 * RATE]).max() > 20


def _wav(samples: np.ndarray, rate: int, channels: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).astype("<i2").tobytes())
    return buffer.getvalue()


def test_any_rate_and_channels_are_read_and_long_files_cut() -> None:
    data = _wav(tone(4, 500, 0.5), 48_000, 2)  # played at twice the rate: 2 s
    assert len(decode_sound(data, 60)) == pytest.approx(2 * RATE, abs=200)
    assert len(decode_sound(data, 1)) == RATE


@pytest.mark.parametrize("data", [b"", b"no audio at all", _wav(np.zeros(RATE), RATE, 1)])
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableSoundError):
        decode_sound(data, 60)


def test_a_sting_shorter_than_the_measurement_is_a_sound() -> None:
    assert len(decode_sound(_wav(tone(0.2, 500, 0.5), RATE, 1), 60)) == RATE // 5
