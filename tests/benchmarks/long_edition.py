"""Editions of 1 hour and 10 hours on the silent engine: real-time factor, peak memory, stages.

python tests/benchmarks/long_edition.py
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from measure import Run, run

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.join import join
from readaloud.audio.loudness import master, measure_file
from readaloud.config.run_options import Options
from readaloud.editions.scripting import make_script
from readaloud.editions.voice_and_lexicon import find_voice
from readaloud.files.atomic import hash_file
from readaloud.formats import FORMATS, find_format
from readaloud.formats.shared.audio_encoding import exact_samples
from readaloud.formats.shared.mp3_frames import SAMPLE_RATE_HZ as MP3_HZ
from readaloud.formats.shared.mp3_pieces import open_encoder
from readaloud.model import Narration, Script, Source, Voice
from readaloud.speech.clip_cache import ClipCache
from readaloud.speech.edition_clips import Clips, Speaking
from readaloud.speech.engines import load_engine
from readaloud.speech.utterance_queue import open_workers
from readaloud.spoken import Lexicon

SENTENCE = "第{n}段講的是一件平常的事，說話的人慢慢地說，聽的人慢慢地聽，誰也不著急。"
PARAGRAPHS_A_CHAPTER = 22
"""Some ten minutes."""
Made = TypeVar("Made")


def _article(path: Path, hours: int) -> None:
    lines = ["長篇測試"]
    for chapter in range(hours * 6):
        lines.append(f"## 第{chapter + 1}章")
        lines += [SENTENCE.format(n=chapter * 70 + k) * 3 for k in range(PARAGRAPHS_A_CHAPTER)]
    path.write_text("\n\n".join(lines), encoding="utf-8")


def _build(hours: int, folder: Path, *options: str) -> tuple[Run, float]:
    """The whole command in a process of its own, with no clip kept; seconds of audio."""
    article = folder / f"{hours}h.md"
    _article(article, hours)
    command = [sys.executable, "-m", "readaloud", "build", str(article), "--voice", "silent"]
    with tempfile.TemporaryDirectory(dir=folder) as out:
        places = ("--out", f"{out}/out", "--cache-dir", f"{out}/cache")
        done = run([*command, "--json", *places, *options])
    return done, json.loads(done.stdout)["duration_ms"] / 1000


def _print_build(name: str, hours: int, folder: Path, *options: str) -> float:
    done, audio_s = _build(hours, folder, *options)
    print(
        f"{name}: {audio_s / 3600:.2f} h of audio in {done.seconds:.1f} s, "
        f"{audio_s / done.seconds:.0f} x real time, peak memory {done.peak_mib:.0f} MiB"
    )
    return done.peak_mib


class _Stages:
    """Seconds of processor time that each stage took: other work on the machine counts little."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Made]) -> Made:
        start = time.process_time()
        made = work()
        self.seconds[name] = time.process_time() - start
        return made

    def show(self, audio_s: float) -> None:
        encoder = self.seconds["LAME alone"]
        for name, seconds in self.seconds.items():
            speed = audio_s / seconds
            print(f"  {name:34} {speed:8.0f} x real time, {seconds / encoder:5.2f} of LAME's time")
        part = {name: self.seconds[name] for name in self.seconds if "LAME" not in name}
        rest = sum(s for name, s in part.items() if name not in ("m4b", "opus"))
        print(f"  all but LAME, M4B and Opus: {audio_s / rest:.0f} x real time")
        print(f"  LAME's share of an MP3 edition's work: {encoder / (encoder + rest):.0%}")


def _stages(folder: Path) -> tuple[_Stages, float]:
    """An hour, one stage after the other."""
    stages, voice = _Stages(), find_voice(Options(voice="silent"))
    article = folder / "stages.md"
    _article(article, 1)
    source = Source(article.name, "stages", ".md", article.read_bytes())
    script = stages.time(
        "reading, editing, splitting", lambda: make_script(source, voice, Lexicon(), Options())
    )
    clips = stages.time("silent clips, into the cache", lambda: _clips(script, voice, folder))
    raw, audio = folder / "raw.pcm", folder / "mastered.pcm"
    timeline = stages.time("joining", lambda: join(script, clips, raw))
    loudness = stages.time("mastering", lambda: master(raw, SAMPLE_RATE_HZ, audio))
    narration = Narration(
        *(script, voice, audio, SAMPLE_RATE_HZ, timeline.frames, timeline.cues, timeline.marks),
        *("0" * 64, "stages", "0" * 64, loudness),
    )
    _writers(stages, narration, folder)
    return stages, narration.duration_ms / 1000


def _clips(script: Script, voice: Voice, folder: Path) -> Clips:
    with (
        open_workers(load_engine(voice.engine), None) as workers,
        Speaking(voice, ClipCache(folder), lambda _: workers, lambda *_: None) as speaking,
    ):
        return speaking.finish(script)


def _writers(stages: _Stages, narration: Narration, folder: Path) -> None:
    blocks = stages.time("resampling for MP3", lambda: list(exact_samples(narration, MP3_HZ)))
    stages.time("LAME alone", lambda: _encode(block.tobytes() for block in blocks))
    blocks.clear()
    path = _write("mp3", narration, folder)
    stages.time("MP3 decoded, measured, hashed", lambda: (measure_file(path), hash_file(path)))
    narration = replace(narration, files=(("mp3", path.name, "0" * 64),))
    texts = [each.name for each in FORMATS.all() if not each.is_audio]
    stages.time(
        "captions, page, books, report",
        lambda: [_write(name, narration, folder) for name in texts],
    )
    for name in ("m4b", "opus"):
        stages.time(name, lambda name=name: _write(name, narration, folder))  # type: ignore[misc]


def _write(name: str, narration: Narration, folder: Path) -> Path:
    path = find_format(name).path(folder, narration.stem)
    find_format(name).write(narration, path)
    return path


def _encode(blocks: Iterator[bytes]) -> None:
    encoder = open_encoder()
    for block in blocks:
        encoder.encode(block)
    encoder.flush()


def main() -> None:
    """Print a line a build, the ratio of the peaks, and the stages of an hour."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hour = _print_build("1 hour", 1, folder)
        ten = _print_build("10 hours", 10, folder)
        print(f"peak memory, 10 h against 1 h: {ten / hour:.2f}")
        # Opus answers some of the silent voice's tones with a crack, and is then refused.
        formats = ",".join(each.name for each in FORMATS.all() if each.name != "opus")
        _print_build("1 hour, all formats but opus", 1, folder, "--format", formats)
        stages, audio_s = _stages(folder)
        print("an hour, stage by stage, in processor time:")
        stages.show(audio_s)


if __name__ == "__main__":
    main()
