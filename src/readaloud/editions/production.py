"""Clips -> files in a private folder: joined, mastered, written, and measured when done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from readaloud.atomic import hash_file
from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.ahead import together
from readaloud.audio.join import join
from readaloud.audio.loudness import CEILING_DBTP, ENCODER_HEADROOM_DB, master, measure_file
from readaloud.config.options import Options
from readaloud.errors import OutputError
from readaloud.formats import AUDIO_FORMATS, WORD_FORMATS, WRITERS, load_writer
from readaloud.model import Loudness, Narration
from readaloud.speech.clips import Clips

_MOST_MASTERINGS = 3
_LENGTH_SLACK_MS = 30
"""By how much a decoded file may differ from its timeline."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an edition is called, and what it is made of."""

    stem: str
    key: str
    source_sha256: str


def produce(
    clips: Clips, edition: Named, options: Options, folder: Path, on_stage: Callable[[str], None]
) -> tuple[Narration, list[Path]]:
    """Join, master and write into ``folder``; master again, lower, where encoding raised the peaks.

    Raises:
        OutputError: a file can't be written, or what was written is not whole or too loud.
    """
    joined, mastered = folder / "joined.pcm", folder / "mastered.pcm"
    on_stage("join")
    with_words = not WORD_FORMATS.isdisjoint(options.formats)
    timeline = join(clips.script, clips, joined, with_words=with_words)
    headroom_db = ENCODER_HEADROOM_DB
    for _ in range(_MOST_MASTERINGS):
        on_stage("master")
        loudness = master(joined, SAMPLE_RATE_HZ, mastered, ceiling_dbtp=CEILING_DBTP - headroom_db)
        narration = Narration(
            script=clips.script,
            voice=clips.voice,
            audio=mastered,
            sample_rate_hz=SAMPLE_RATE_HZ,
            frames=timeline.frames,
            cues=timeline.cues,
            marks=timeline.marks,
            source_sha256=edition.source_sha256,
            stem=edition.stem,
            key=edition.key,
            loudness=loudness,
            cover=options.cover,
        )
        on_stage("write")
        narration, made, peak_dbtp = _write(narration, options.formats, folder)
        over_db = peak_dbtp - CEILING_DBTP
        if over_db <= 0:
            return narration, made
        headroom_db += over_db + 0.2
    raise OutputError(
        f"{edition.stem}: the encoded audio stays {over_db:.1f} dB over {CEILING_DBTP:g} dBTP.",
        "Please report this article.",
    )


def _write(
    narration: Narration, formats: Sequence[str], folder: Path
) -> tuple[Narration, list[Path], float]:
    """Write all formats, audio first and the report last: it tells of the finished files.

    The last value is the highest true peak of all audio files, in dBTP, or the narration's own.

    Raises:
        OutputError: a file can't be written, or what was written is not whole.
    """
    audio = [name for name in AUDIO_FORMATS if name in formats]
    others = sorted(set(formats).difference(audio), key=_turn)
    encoded = together([partial(_write_audio, narration, folder, name) for name in audio])
    made = dict(zip(audio, (path for path, _, _ in encoded), strict=True))
    narration = replace(
        narration,
        loudness=encoded[0][1] if encoded else narration.loudness,
        files=tuple(
            (name, path.name, digest)
            for name, (path, _, digest) in zip(audio, encoded, strict=True)
        ),
    )
    for name in others:
        made[name] = load_writer(name).write(narration, folder)
        written = (name, made[name].name, hash_file(made[name]))
        narration = replace(narration, files=(*narration.files, written))
    peak_dbtp = max(
        (found.true_peak_dbtp for _, found, _ in encoded), default=narration.loudness.true_peak_dbtp
    )
    return narration, [made[name] for name in formats], peak_dbtp


def _write_audio(narration: Narration, folder: Path, name: str) -> tuple[Path, Loudness, str]:
    """Encode in one audio format; decode it whole: the file, its loudness and its hash.

    Raises:
        OutputError: the file can't be written, or what was written is not whole.
    """
    path = load_writer(name).write(narration, folder)
    loudness, decoded_ms = measure_file(path)
    if abs(decoded_ms - narration.duration_ms) > _LENGTH_SLACK_MS:
        raise OutputError(
            f"{path.name} holds {decoded_ms} ms of {narration.duration_ms} ms.",
            "Please report this article.",
        )
    return path, loudness, hash_file(path)


def _turn(name: str) -> int:
    """What goes with the audio in the order of its table, then the report."""
    return list(WRITERS).index(name) + len(WRITERS) * (name == "json")
