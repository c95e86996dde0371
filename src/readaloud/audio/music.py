"""The user's music in an edition: jingles between what is said, a bed under it.

Levels are set by measured loudness (ITU-R BS.1770-4), relative to the speech. Every sound begins
and ends in a fade; what lies under speech goes down before the first word and up behind the last.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.chime import AFTER_MS
from readaloud.audio.filters import read_pcm, run_filters, to_frames
from readaloud.audio.join import Gaps, Timeline
from readaloud.audio.meter import energies, integrated
from readaloud.errors import msg
from readaloud.model import Cue

JINGLE_LU = -2.0
"""Of a jingle, and of the bed where nobody speaks, relative to the speech."""
_LEAD_MS, _TAIL_MS = 2500, 3000
"""How long a bed is heard alone before the first word and behind the last."""
_HEADROOM = 0.5
"""What is mixed must not be clipped; mastering gives the loudness back."""
_LARGEST_GAIN_DB = 30.0


class UnusableSoundError(ValueError):
    """It is no audio, or holds none; whoever knows its name tells of it."""


@dataclass(frozen=True, slots=True)
class Score:
    """The sounds of an edition, int16 at ``SAMPLE_RATE_HZ``; empty ones are not played."""

    opening: np.ndarray
    between: np.ndarray
    """In place of the chime."""
    closing: np.ndarray
    bed: np.ndarray
    under_all: bool
    """Whether the bed lies under all that is said, or under opening and closing alone."""
    under_lu: float
    """How far below the speech it lies."""
    fade_ms: int

    @property
    def gaps(self) -> Gaps:
        """The silence that it needs."""
        after = _samples(AFTER_MS)
        with_bed = _samples(_LEAD_MS) if len(self.bed) else 0
        return Gaps(
            lead=len(self.opening) + after if len(self.opening) else with_bed,
            between=len(self.between) + after if len(self.between) else 0,
            tail=len(self.closing) or (_samples(_TAIL_MS) if len(self.bed) else 0),
        )


def decode_sound(data: bytes, most_s: float) -> np.ndarray:
    """Any audio file that FFmpeg knows, as mono int16 at ``SAMPLE_RATE_HZ``, cut after ``most_s``.

    Raises:
        UnusableSoundError: it is none, or nothing is heard in it.
    """
    try:
        with av.open(io.BytesIO(data), "r") as container:
            steps = [
                ("aresample", str(SAMPLE_RATE_HZ)),
                ("aformat", "sample_fmts=s16:channel_layouts=mono"),
            ]
            made = run_filters(container.decode(audio=0), steps)
            sound = _at_most(made, int(most_s * SAMPLE_RATE_HZ))
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise UnusableSoundError(str(error)) from error
    if not math.isfinite(_lufs(sound)):
        raise UnusableSoundError(msg("nothing is heard in it"))
    return sound


def _at_most(frames: Iterator[object], most: int) -> np.ndarray:
    pieces, count = [np.zeros(0, np.int16)], 0
    for frame in frames:
        pieces.append(frame.to_ndarray()[0])  # type: ignore[attr-defined]
        count += len(pieces[-1])
        if count >= most:
            break
    return np.concatenate(pieces)[:most]


def mix(joined: Path, out: Path, score: Score, timeline: Timeline) -> None:
    """Write the joined speech with its music, as long as before. OSError as it comes."""
    speech = integrated(energies(to_frames(read_pcm(joined), SAMPLE_RATE_HZ), SAMPLE_RATE_HZ))
    jingles = list(_jingles(score, timeline, speech + JINGLE_LU))
    bed = _looped(score, speech + JINGLE_LU)
    points, heights = envelope(score, timeline)
    position = 0
    with out.open("wb") as file:
        for block in read_pcm(joined):
            mixed = block.astype(np.float32)
            for start, sound in jingles:
                _add(mixed, sound, start - position)
            if len(bed):
                times = np.arange(position, position + len(block))
                mixed += bed[times % len(bed)] * np.interp(times, points, heights)
            position += len(block)
            file.write(np.clip(mixed * _HEADROOM, -32768, 32767).round().astype("<i2").tobytes())


def _jingles(score: Score, timeline: Timeline, lufs: float) -> Iterator[tuple[int, np.ndarray]]:
    """Each jingle at its level, with the sample that it begins at."""
    starts = {
        "opening": (0,),
        "between": timeline.between,
        "closing": (timeline.frames - score.gaps.tail,),
    }
    for name, places in starts.items():
        if len(sound := getattr(score, name)):
            made = _levelled(sound, lufs, score.fade_ms)
            yield from ((start, made) for start in places)


def _spans(score: Score, timeline: Timeline) -> list[tuple[int, int]]:
    """Where the bed is heard, in samples: it takes over from the jingles."""
    fade = _samples(score.fade_ms)
    first = max(len(score.opening) - fade, 0)
    last = timeline.frames - max(len(score.closing) - fade, 0)
    if score.under_all or len(timeline.marks) < 2:
        return [(first, last)]
    opening, closing = timeline.marks[0], timeline.marks[-1]
    return [(first, _samples(opening.end_ms)), (_samples(closing.start_ms), last)]


def envelope(score: Score, timeline: Timeline) -> tuple[np.ndarray, np.ndarray]:
    """How loud the bed is, as points: samples that rise, and factors of a jingle's level.

    It is 1 where nobody speaks for long enough, lower under the speech, and 0 where no bed is.
    """
    low, fade = 10 ** ((-score.under_lu - JINGLE_LU) / 20), _samples(score.fade_ms)
    points: list[tuple[int, float]] = []
    for first, last in _spans(score, timeline):
        points.append((first, 0.0))
        here = first + fade
        for start, end in _speeches(timeline.cues, first, last, 3 * fade):
            if start - fade > here:
                points += [(here, 1.0), (start - fade, 1.0)]
            points += [(max(start, first + 1), low), (end, low)]
            here = end + fade
        if here < last - fade:
            points += [(here, 1.0), (last - fade, 1.0)]
        points.append((last, 0.0))
    places = np.maximum.accumulate([at for at, _ in points])
    return places, np.array([height for _, height in points])


def _speeches(cues: Sequence[Cue], first: int, last: int, least_gap: int) -> list[tuple[int, int]]:
    """When somebody speaks within a span, in samples; short pauses are part of it."""
    found: list[tuple[int, int]] = []
    for cue in cues:
        start, end = _samples(cue.start_ms), _samples(cue.end_ms)
        if end <= first or start >= last:
            continue
        if found and start - found[-1][1] < least_gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _looped(score: Score, lufs: float) -> np.ndarray:
    """The bed at the level of a jingle, its end blended into its beginning."""
    if not len(score.bed):
        return score.bed
    sound = _at_level(score.bed, lufs)
    blend = min(_samples(score.fade_ms), len(sound) // 3)
    ramp = np.linspace(0, 1, blend, dtype=np.float32)
    sound[:blend] = sound[:blend] * ramp + sound[len(sound) - blend :] * (1 - ramp)
    return sound[: len(sound) - blend]


def _levelled(sound: np.ndarray, lufs: float, fade_ms: int) -> np.ndarray:
    """A jingle at a loudness, faded at both ends."""
    made = _at_level(sound, lufs)
    fade = min(_samples(fade_ms), len(made) // 2)
    ramp = np.sin(np.linspace(0, np.pi / 2, fade, dtype=np.float32)) ** 2
    # What begins with a beat keeps it: only its end is faded for long.
    short = min(_samples(20), fade)
    made[:short] *= np.linspace(0, 1, short, dtype=np.float32)
    made[len(made) - fade :] *= ramp[::-1]
    return made


def _at_level(sound: np.ndarray, lufs: float) -> np.ndarray:
    gain_db = lufs - _lufs(sound) if math.isfinite(lufs) else 0.0
    gain = 10 ** (min(gain_db, _LARGEST_GAIN_DB) / 20)
    return np.asarray(sound * np.float32(gain), np.float32)


def _lufs(sound: np.ndarray) -> float:
    """Its loudness; one shorter than a block of the measurement counts as that long."""
    padded = np.pad(sound, (0, max(0, _samples(500) - len(sound))))
    return integrated(energies(to_frames([padded], SAMPLE_RATE_HZ), SAMPLE_RATE_HZ))


def _add(mixed: np.ndarray, sound: np.ndarray, at: int) -> None:
    """Add what of a sound lies within a block; it begins at ``at`` there, which may be below 0."""
    first, last = max(at, 0), min(at + len(sound), len(mixed))
    if first < last:
        mixed[first:last] += sound[first - at : last - at]


def _samples(milliseconds: int) -> int:
    return milliseconds * SAMPLE_RATE_HZ // 1000
