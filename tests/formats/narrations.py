"""Narrations to write: marked by tones, so that what is heard can be held against the cues."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from readaloud.audio.filters import read_pcm, to_frames
from readaloud.audio.loudness import measure
from readaloud.formats import find_format
from readaloud.model import (
    Article,
    Block,
    Chapter,
    ChapterMark,
    Cue,
    Narration,
    Removal,
    Script,
    Utterance,
    Voice,
)

RATE = 24_000
VOICE = Voice("xiaoxiao", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")


def write(name: str, narration: Narration, folder: Path) -> Path:
    """Write a narration in the format of that name."""
    path = find_format(name).path(folder, narration.stem)
    find_format(name).write(narration, path)
    return path


def make_narration(
    folder: Path, titles: list[str], *, spoken_ms: int = 400, pause_ms: int = 350
) -> Narration:
    """A chapter a title, two utterances each: tones that begin at once, at -20 dBFS."""
    chapters = tuple(
        Chapter(f"c{n}", Block(title, n, "heading"), ()) for n, title in enumerate(titles, 1)
    )
    utterances = tuple(
        Utterance(
            *(f"c{n}u{k}", f"c{n}", "sentence", f"第{n}章第{k}句。", f"第{n}章第{k}句。"),
            block=n,
            offset=6 * (k - 1),
            line=n,
        )
        for n in range(1, len(titles) + 1)
        for k in (1, 2)
    )
    step = spoken_ms + pause_ms
    cues = tuple(
        Cue(item.id, i * step, i * step + spoken_ms, item.text) for i, item in enumerate(utterances)
    )
    marks = tuple(
        ChapterMark(f"c{n}", title, (n - 1) * 2 * step, n * 2 * step)
        for n, title in enumerate(titles, 1)
    )
    audio = folder / "mastered.pcm"
    audio.write_bytes(_tones(len(utterances), spoken_ms, pause_ms).tobytes())
    article = Article(
        source_name="articles/北風.txt",
        title="北風呼嘯",
        byline="王小明",
        date="2020-02-03",
        language="zh-Hant",
        chapters=chapters,
        removed=(Removal(3, "點讚", "boilerplate"), Removal(9, "北風", "duplicate", 97.25)),
    )
    return Narration(
        script=Script(article, utterances, (Removal(5, "🙂", "nothing to say"),)),
        voice=VOICE,
        audio=audio,
        sample_rate_hz=RATE,
        frames=audio.stat().st_size // 2,
        cues=cues,
        marks=marks,
        source_sha256="ab" * 32,
        key="k",
        stem="北風",
        loudness=measure(to_frames(read_pcm(audio), RATE), RATE),
    )


def nameless(narration: Narration) -> Narration:
    """The same without title, byline, publisher and date."""
    article = replace(narration.script.article, title=None, byline=None, origin=None, date=None)
    return replace(narration, script=replace(narration.script, article=article))


def _tones(count: int, spoken_ms: int, pause_ms: int) -> np.ndarray:
    times = np.arange(spoken_ms * RATE // 1000) / RATE
    pause = np.zeros(pause_ms * RATE // 1000)
    parts = []
    for number in range(count):
        parts += [np.sin(2 * np.pi * (400 + 37 * (number % 20)) * times) * 3277, pause]
    return np.concatenate(parts).round().astype("<i2")
