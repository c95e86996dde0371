"""Clips -> one timeline of PCM, a chapter at a time; the only module that uses pydub."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.chime import AFTER_MS, make_chime
from readaloud.audio.filters import resample
from readaloud.audio.words import into_words, to_shown
from readaloud.model import Chapter, ChapterMark, Clip, Cue, Script, Utterance, Word

with warnings.catch_warnings():
    # pydub warns that it found no ffmpeg program, and of audioop: neither concerns joining.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

END_MS = 500
"""Silence behind the last utterance, so that players don't clip its end."""
_MOST_HELD = 16
"""Clips joined at once: some 80 seconds, 4 MB."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Silence that is left for music, in samples."""

    lead: int = 0
    """Before the first word."""
    between: int = 0
    """In place of a chime."""
    tail: int = 0
    """At the end."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What lies where in the joined audio; ``frames`` is its length in samples."""

    frames: int
    cues: tuple[Cue, ...]
    marks: tuple[ChapterMark, ...]
    between: tuple[int, ...] = ()
    """Where the gaps in place of chimes begin, in samples."""


_NO_GAPS = Gaps()


@dataclass
class _Progress:
    """The timeline as it grows; positions are counted in samples."""

    with_words: bool
    gaps: Gaps = _NO_GAPS
    frames: int = 0
    cues: list[Cue] = field(default_factory=list)
    starts: list[tuple[str, int]] = field(default_factory=list)
    between: list[int] = field(default_factory=list)


def join(
    script: Script,
    clips: Iterable[Clip],
    path: Path,
    *,
    with_words: bool = True,
    gaps: Gaps = _NO_GAPS,
) -> Timeline:
    """Write the clips with their pauses to ``path``, as raw PCM at ``SAMPLE_RATE_HZ``.

    ``clips`` come in the order of the script's utterances, one each; no more than a chapter of
    them is held, and of a long chapter no more than ``_MOST_HELD``. The last pause is at least
    ``END_MS``. Times in milliseconds are rounded down from counted samples. OSError as it comes.
    Without ``with_words`` the cues hold no words: of all that is kept they are by far the most.
    """
    progress = _Progress(with_words, gaps)
    pairs = zip(_with_ending(script.utterances), clips, strict=True)
    with path.open("wb") as file:
        for chapter_id, chapter in groupby(pairs, key=lambda pair: pair[0].chapter_id):
            progress.starts.append((chapter_id, progress.frames))
            if len(progress.starts) == 1:
                file.write(_silence(gaps.lead, progress))
            while batch := list(islice(chapter, _MOST_HELD)):
                file.write(_joined(batch, progress).raw_data)
        file.write(_silence(gaps.tail, progress))
    marks, between = _marks(script, progress), tuple(progress.between)
    return Timeline(progress.frames, tuple(progress.cues), marks, between)


def _silence(frames: int, progress: _Progress) -> bytes:
    progress.frames += frames
    return bytes(2 * frames)


def _with_ending(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """The utterances, the last of them with a short silence behind it."""
    yield from utterances[:-1]
    for last in utterances[-1:]:
        yield replace(last, pause_after_ms=max(last.pause_after_ms, END_MS))


def _joined(pairs: Sequence[tuple[Utterance, Clip]], progress: _Progress) -> AudioSegment:
    pieces: list[AudioSegment] = []
    for utterance, loaded in pairs:
        clip = resample(loaded, SAMPLE_RATE_HZ)
        spoken = AudioSegment(clip.pcm, sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=1)
        pause = AudioSegment.silent(utterance.pause_after_ms, frame_rate=SAMPLE_RATE_HZ)
        progress.cues.append(_cue(utterance, clip, progress))
        progress.frames += int(spoken.frame_count()) + int(pause.frame_count())
        pieces += [spoken, pause]
        if utterance.chime_after:
            pieces.append(_sound_between(progress))
    # `+` copies all that went before each time; one join of the raw data is linear.
    return pieces[0]._spawn([piece.raw_data for piece in pieces])


def sound_of(utterance: Utterance, clip: Clip) -> bytes:
    """What ``join`` makes of one utterance, its pause and its chime with it, as raw PCM."""
    return bytes(_joined([(utterance, clip)], _Progress(with_words=False)).raw_data)


def _sound_between(progress: _Progress) -> AudioSegment:
    """A chime, or silence where music takes its place."""
    if not progress.gaps.between:
        chime = _chime()
        progress.frames += int(chime.frame_count())
        return chime
    progress.between.append(progress.frames)
    silence = _silence(progress.gaps.between, progress)
    return AudioSegment(silence, sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=1)


def _chime() -> AudioSegment:
    """The chime and the silence behind it; both are part of the chapter that ends with it."""
    silence = bytes(AFTER_MS * SAMPLE_RATE_HZ // 1000 * 2)
    pcm = make_chime() + silence
    return AudioSegment(pcm, sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=1)


def _cue(utterance: Utterance, clip: Clip, progress: _Progress) -> Cue:
    start_ms, end_ms = _to_ms(progress.frames), _to_ms(progress.frames + clip.frames)
    if not progress.with_words:
        return Cue(utterance.id, start_ms, end_ms, utterance.text)
    said = into_words(clip.words, utterance.spoken, utterance.word_starts)
    words = tuple(
        Word(word.text, word.start_ms + start_ms, word.end_ms + start_ms)
        for word in to_shown(said, utterance.spoken, utterance.text)
    )
    return Cue(utterance.id, start_ms, end_ms, utterance.text, words)


def _marks(script: Script, progress: _Progress) -> tuple[ChapterMark, ...]:
    """A mark runs from its first sound to the next mark's start."""
    names = chapter_names(script)
    chapters = {chapter.id: chapter for chapter in script.article.chapters}
    ends = [start for _, start in progress.starts[1:]] + [progress.frames]
    return tuple(
        ChapterMark(
            chapter_id,
            names[chapter_id],
            _to_ms(start),
            _to_ms(end),
            chapters[chapter_id].level,
            chapters[chapter_id].parent,
        )
        for (chapter_id, start), end in zip(progress.starts, ends, strict=True)
    )


def chapter_names(script: Script) -> dict[str, str]:
    """Chapter id -> its heading, or its number where the source has no heading."""
    article = script.article
    counter = "第{}節" if article.language == "zh-Hant" else "第{}节"

    def name(number: int, chapter: Chapter) -> str:
        return chapter.title.text if chapter.title else counter.format(number)

    return {chapter.id: name(number, chapter) for number, chapter in enumerate(article.chapters, 1)}


def _to_ms(frames: int) -> int:
    return frames * 1000 // SAMPLE_RATE_HZ
