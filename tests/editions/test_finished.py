"""The finished MP3, held against other programs: PyAV's demuxer, mutagen, pyloudnorm."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from mutagen.id3 import ID3
from scipy.signal import resample_poly
from typer.testing import Result

Cli = Callable[..., Result]
NEAR_MS = 30
QUIET = 10 ** (-45 / 20)


def decoded(path: Path) -> tuple[np.ndarray, int]:
    """Samples between -1 and 1, and their rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray()[0] for frame in container.decode(stream)]
        return np.concatenate(frames).astype(np.float64), stream.rate


def first_sound_ms(samples: np.ndarray, rate: int, start_ms: int) -> int:
    begin = max(0, start_ms - 200) * rate // 1000
    return int((begin + np.argmax(np.abs(samples[begin:]) > QUIET)) * 1000 / rate)


def check(mp3: Path) -> None:
    """Chapters where the headings sound, loudness and peak in range, tags as the report says."""
    report = json.loads(mp3.with_suffix(".json").read_text(encoding="utf-8"))
    samples, rate = decoded(mp3)
    frames = sorted(ID3(mp3).getall("CHAP"), key=lambda frame: frame.start_time)
    assert [frame.start_time for frame in frames] == [c["start_ms"] for c in report["chapters"]]
    for chapter in report["chapters"]:
        sound = first_sound_ms(samples, rate, chapter["start_ms"])
        assert abs(sound - chapter["start_ms"]) <= NEAR_MS, chapter
    assert len(samples) * 1000 // rate == pytest.approx(report["duration_ms"], abs=2)
    lufs = pyloudnorm.Meter(rate).integrated_loudness(samples)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert lufs == pytest.approx(report["loudness_lufs"], abs=0.1)
    peak_dbtp = 20 * np.log10(np.abs(resample_poly(samples, 4, 1)).max())
    assert peak_dbtp <= -1 + 0.1  # the other program's filter is not the standard's
    assert peak_dbtp == pytest.approx(report["true_peak_dbtp"], abs=0.2)


def test_a_third_of_the_sample_on_the_silent_engine(cli: Cli, seed: Path, tmp_path: Path) -> None:
    article, text = tmp_path / "third.txt", seed.read_text("utf-8")
    article.write_text(text[: len(text) // 3], encoding="utf-8")
    result = cli("build", article, "--voice", "silent", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    check(tmp_path / "third.mp3")


@pytest.mark.voice
def test_an_article_on_the_embedded_voice(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "news.md"
    article.write_text(
        "# 早間新聞\n\n今天氣溫零下20度。\n\n## 出行\n\n道路結冰。\n\n## 四季\n\n春天到了！",
        encoding="utf-8",
    )
    result = cli("build", article, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    check(tmp_path / "news.mp3")
