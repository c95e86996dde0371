"""The round trip: what a recogniser hears of an edition, against what should be said.

Whisper confuses characters that sound alike, hardly syllables: pinyin without tones is compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from readaloud.audio.filters import ffmpeg_name, run_filters
from readaloud.errors import msg
from readaloud.formats.report import Report
from readaloud.model import Voice
from readaloud.speech.recogniser import load_model
from readaloud.spoken import pronounce

_RATE_HZ = 16_000
_MARGIN_MS = 100
"""Silence left around an utterance, so that no sound of it is cut off."""
_READER = Voice("", "", "", "zh-CN", "", "simplified")
_LATIN = re.compile(r"[A-Za-z]{1,64}")
_FEWEST_ERRORS, _WRONG = 3, 0.25
"""An utterance sounds wrong from three errors and above a quarter of its syllables. Measured on
whole speech: at most 2 errors in 6 syllables, and at most 18 % in utterances of 12 and more, with
the least distinct voice (14 % with the default one); where a third is lost, it is 30 % at least."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance: how many syllables should be heard, and how many edits away what was is."""

    utterance_id: str
    spoken: str
    heard: str
    syllables: int
    errors: int

    @property
    def sounds_wrong(self) -> bool:
        """Whether so much differs that it is hardly the recogniser's own error."""
        if not any(map(str.isalnum, self.heard)):
            return self.syllables > 0
        return self.errors >= _FEWEST_ERRORS and self.errors > _WRONG * self.syllables


@dataclass(frozen=True, slots=True)
class Hearing:
    """All utterances of an edition as they were heard."""

    utterances: tuple[Heard, ...]

    @property
    def syllables(self) -> int:
        """How many should be heard."""
        return sum(heard.syllables for heard in self.utterances)

    @property
    def errors(self) -> int:
        """How many were not, or were heard without being there."""
        return sum(heard.errors for heard in self.utterances)

    @property
    def error_rate(self) -> float:
        """Errors a syllable."""
        return self.errors / max(self.syllables, 1)

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each utterance that sounds wrong."""
        return tuple(
            msg(
                "Utterance {id} sounds wrong, {errors} of {syllables} syllables: "
                "{spoken} was heard as {heard}.",
                id=item.utterance_id,
                errors=item.errors,
                syllables=item.syllables,
                spoken=item.spoken,
                heard=item.heard or msg("nothing"),
            )
            for item in self.utterances
            if item.sounds_wrong
        )


def open_recogniser() -> Callable[[Path, Report], Hearing]:
    """A function that listens to editions, with one model for all of them.

    Raises:
        MissingDependencyError, OutputError: see ``recogniser.load_model``.
    """
    model = load_model()
    return lambda audio, report: _listen(audio, report, model)


def _listen(audio: Path, report: Report, model: Any) -> Hearing:
    spoken = [each for each in report.utterances if each.spoken]  # a rhythm is no speech
    spans_ms = [(cue.start_ms - _MARGIN_MS, cue.end_ms + _MARGIN_MS) for cue in spoken]
    heard = []
    cut = cut_audio(audio, spans_ms)
    for said, samples in zip(spoken, cut, strict=True):
        heard.append(compare(said.id, said.spoken, recognise(samples, model)))
    return Hearing(tuple(heard))


def compare(utterance_id: str, spoken: str, heard: str) -> Heard:
    """Count the edits between what should be said and what was heard, in syllables."""
    wanted, got = syllables(spoken), syllables(heard)
    return Heard(utterance_id, spoken, heard, len(wanted), edit_distance(wanted, got))


def syllables(text: str) -> list[str]:
    """Pinyin without tones, a syllable a Chinese character; a Latin word is one, in lower case.

    Numbers and signs are said first, and Traditional characters read as Simplified ones.
    """
    said = pronounce(text, _READER)
    found: list[str] = []
    position = 0
    while position < len(said.spoken):
        reading = said.readings[position]
        latin = _LATIN.match(said.spoken, position)
        if reading:
            found.append(reading.rstrip("012345"))
        elif latin:
            found.append(latin[0].lower())
        position = latin.end() if latin else position + 1
    return found


def edit_distance(wanted: Sequence[str], got: Sequence[str]) -> int:
    """The least number of insertions, deletions and replacements (Levenshtein)."""
    row = list(range(len(got) + 1))
    for count, left in enumerate(wanted, 1):
        diagonal, row[0] = row[0], count
        for index, right in enumerate(got, 1):
            replaced = diagonal + (left != right)
            diagonal = row[index]
            row[index] = min(replaced, row[index] + 1, row[index - 1] + 1)
    return row[-1]


def recognise(samples: np.ndarray, model: Any) -> str:
    """What is heard in mono float32 samples at 16 kHz; the same each time."""
    segments, _ = model.transcribe(
        samples,
        language="zh",
        beam_size=1,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
        vad_filter=False,
    )
    return "".join(segment.text for segment in segments).strip()


def cut_audio(path: Path, spans_ms: Iterable[tuple[int, int]]) -> Iterator[np.ndarray]:
    """Stretches of an audio file, mono float32 at 16 kHz; starts rise. Decodes as it goes."""
    steps = [("aresample", str(_RATE_HZ)), ("aformat", "sample_fmts=flt:channel_layouts=mono")]
    with av.open(ffmpeg_name(path)) as container:
        frames = run_filters(container.decode(container.streams.audio[0]), steps)
        held, origin = np.empty(0, np.float32), 0
        for start_ms, end_ms in spans_ms:
            start, end = (max(ms, 0) * _RATE_HZ // 1000 for ms in (start_ms, end_ms))
            while origin + len(held) < end and (frame := next(frames, None)) is not None:
                held = np.concatenate((held, frame.to_ndarray()[0]))
            held, origin = held[start - origin :], start
            yield held[: end - start]
