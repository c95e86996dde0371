"""Sound that leaves while it is made: in order, at once, and the same as in the edition."""

from __future__ import annotations

import io
import os
import threading
import wave
from pathlib import Path

import numpy as np
import pytest
from sounds import RATE

from readaloud.audio.join import join
from readaloud.audio.live_sound import LiveSound
from readaloud.errors import OutputError
from readaloud.model import Article, Chapter, Clip, Script, Utterance


def utterance(number: int, pause_ms: int = 0, *, chime: bool = False) -> Utterance:
    return Utterance(
        f"u{number}", "c1", "sentence", "雨", "雨", pause_after_ms=pause_ms, chime_after=chime
    )


def clip(number: int, rate_hz: int = RATE) -> Clip:
    return Clip(f"u{number}", np.full(rate_hz // 10, number, "<i2").tobytes(), rate_hz)


def test_it_is_the_joined_audio_of_the_edition(tmp_path: Path) -> None:
    said = (utterance(1, 300), utterance(2, 150, chime=True), utterance(3))
    clips = [clip(1), clip(2, 16_000), clip(3)]
    article = Article("a", None, None, None, "zh-Hans", (Chapter("c1", None, ()),), ())
    join(Script(article, said), clips, tmp_path / "joined.pcm")
    with (tmp_path / "live.wav").open("wb") as file:
        live = LiveSound(file)
        for each, made in zip(said, clips, strict=True):
            live.put(each, [made].pop)
        live.close()
    with wave.open(str(tmp_path / "live.wav")) as read:
        assert (read.getnchannels(), read.getsampwidth(), read.getframerate()) == (1, 2, RATE)
        assert read.readframes(read.getnframes()) == (tmp_path / "joined.pcm").read_bytes()


def test_what_is_there_leaves_before_the_rest_is_made() -> None:
    reading, writing = os.pipe()
    later = threading.Event()

    def slow() -> Clip:
        assert later.wait(10)
        return clip(1)

    with os.fdopen(reading, "rb") as heard, os.fdopen(writing, "wb", buffering=0) as file:
        live = LiveSound(file)
        for number, ready in ((5, lambda: clip(5)), (1, slow), (2, lambda: clip(2))):
            live.put(utterance(number), ready)
        header = heard.read(44)
        assert header[:4] + header[8:12] == b"RIFFWAVE"
        assert header[-4:] == b"\xff" * 4  # nobody knows the length yet
        assert heard.read(len(clip(5).pcm)) == clip(5).pcm
        later.set()
        assert heard.read(2 * len(clip(1).pcm)) == clip(1).pcm + clip(2).pcm
        live.close()


def test_what_could_not_be_spoken_is_passed_over() -> None:
    file = io.BytesIO()
    live = LiveSound(file)
    live.put(utterance(1), lambda: None)
    live.put(utterance(2), lambda: clip(2))
    live.close()
    assert file.getvalue()[44:].startswith(clip(2).pcm)


def test_a_listener_may_hang_up() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as file:
        live = LiveSound(file)
        live.put(utterance(1), lambda: clip(1))
        live.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_an_error() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file:
        live = LiveSound(file)
        live.put(utterance(1), lambda: clip(1))
        with pytest.raises(OutputError, match="--stream"):
            live.close()
