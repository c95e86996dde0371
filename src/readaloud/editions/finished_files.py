"""Clips -> files in a private folder: joined, mastered, written, and measured when done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.ahead import together
from readaloud.audio.join import Gaps, join
from readaloud.audio.loudness import CEILING_DBTP, ENCODER_HEADROOM_DB, master, measure_file
from readaloud.audio.music import mix
from readaloud.config.run_options import Options
from readaloud.editions.programme_music import read_score
from readaloud.errors import OutputError, msg
from readaloud.files.atomic import hash_file
from readaloud.files.pictures import picture_kind
from readaloud.formats import Format, find_format
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Loudness, Narration
from readaloud.speech.edition_clips import Clips

_MOST_MASTERINGS = 3
_LENGTH_SLACK_MS = 30
"""By how much a decoded file may differ from its timeline."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an edition is called, what it is made of, and its picture, a JPEG or PNG."""

    source: str
    stem: str
    key: str
    source_sha256: str
    album: str = ""
    cover: bytes | None = None


def produce(
    clips: Clips,
    edition: Named,
    options: Options,
    folder: Path,
    on_stage: Callable[[str], None] = lambda _: None,
) -> tuple[Narration, list[Path]]:
    """Join, master and write into ``folder``; master again, lower, where encoding raised the peaks.

    Raises:
        OutputError: a file can't be written, or what was written is not whole or too loud.
    """
    joined, mixed, mastered = (folder / f"{name}.pcm" for name in ("joined", "mixed", "mastered"))
    cover = _write_cover(edition.cover, folder)
    on_stage(msg("join"))
    with_words = any(find_format(name).needs_words for name in options.formats)
    score = read_score(options.programme.music) if clips.script.article.items else None
    gaps = score.gaps if score else Gaps()
    timeline = join(clips.script, clips, joined, with_words=with_words, gaps=gaps)
    if score:
        mix(joined, mixed, score, timeline)
        joined.unlink()
        joined = mixed
    headroom_db = ENCODER_HEADROOM_DB
    for _ in range(_MOST_MASTERINGS):
        on_stage(msg("master"))
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
            cover=cover,
            album=edition.album,
            label=options.mark,
        )
        on_stage(msg("write"))
        narration, made, peak_dbtp = _write(narration, options.formats, folder)
        over_db = peak_dbtp - CEILING_DBTP
        if over_db <= 0:
            return narration, made
        headroom_db += over_db + 0.2
    raise OutputError(
        msg(
            "{stem}: the encoded audio is still {over_db:.1f} dB above {ceiling_dbtp:g} dBTP.",
            stem=edition.stem,
            over_db=over_db,
            ceiling_dbtp=CEILING_DBTP,
        ),
        msg("Please report this article."),
    )


def _write_cover(data: bytes | None, folder: Path) -> Path | None:
    """The picture as a file that bears the suffix of its kind."""
    if data is None:
        return None
    path = folder / ("cover.png" if picture_kind(data) == "png" else "cover.jpg")
    with write_errors(path):
        path.write_bytes(data)
    return path


def _write(
    narration: Narration, formats: Sequence[str], folder: Path
) -> tuple[Narration, list[Path], float]:
    """Write all formats, audio first and the report last: it tells of the finished files.

    The last value is the highest true peak of all audio files, in dBTP, or the narration's own.

    Raises:
        OutputError: a file can't be written, or what was written is not whole.
    """
    wanted = sorted(map(find_format, formats), key=lambda each: each.order)
    audio = [each for each in wanted if each.is_audio]
    encoded = together([partial(_write_audio, narration, folder, each) for each in audio])
    named = [(each.name, done[0].name, done[2]) for each, done in zip(audio, encoded, strict=True)]
    loudness = encoded[0][1] if encoded else narration.loudness
    narration = replace(narration, loudness=loudness, files=tuple(named))
    for each in wanted:
        if not each.is_audio:
            path = each.path(folder, narration.stem)
            each.write(narration, path)
            written = (each.name, path.name, hash_file(path))
            narration = replace(narration, files=(*narration.files, written))
    peak_dbtp = max(
        (found.true_peak_dbtp for _, found, _ in encoded), default=narration.loudness.true_peak_dbtp
    )
    made = [find_format(name).path(folder, narration.stem) for name in formats]
    return narration, made, peak_dbtp


def _write_audio(narration: Narration, folder: Path, wanted: Format) -> tuple[Path, Loudness, str]:
    """Encode in one audio format; decode it whole: the file, its loudness and its hash.

    Raises:
        OutputError: the file can't be written, or what was written is not whole.
    """
    path = wanted.path(folder, narration.stem)
    wanted.write(narration, path)
    loudness, decoded_ms = measure_file(path)
    if abs(decoded_ms - narration.duration_ms) > _LENGTH_SLACK_MS:
        raise OutputError(
            msg(
                "{name} has only {decoded_ms} ms of {duration_ms} ms.",
                name=path.name,
                decoded_ms=decoded_ms,
                duration_ms=narration.duration_ms,
            ),
            msg("Please report this article."),
        )
    return path, loudness, hash_file(path)
