"""The embedded voice itself: real weights, real audio, and what is said when they are missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from readaloud.audio.trim import check_audio, trim
from readaloud.config.voices import find_style, find_voice, load_voices
from readaloud.errors import (
    ConfigError,
    EngineError,
    MissingDependencyError,
    NoAudioError,
    OutputError,
    UtteranceTooLongError,
)
from readaloud.model import Prosody, Utterance, Voice
from readaloud.speech.engines.kokoro import weights
from readaloud.speech.engines.kokoro.engine import KokoroEngine
from readaloud.speech.engines.kokoro.inputs import inputs_of, symbols_of
from readaloud.speech.worker_processes import Processes
from readaloud.spoken import pronounce

VOICES = [voice for voice in load_voices().values() if voice.engine == "kokoro"]


@pytest.fixture(scope="module")
def engine() -> KokoroEngine:
    return KokoroEngine()


def utterance(text: str, voice: Voice = VOICES[0]) -> Utterance:
    return replace(pronounce(text, voice), id="u1")


@pytest.mark.voice
@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_every_voice_speaks(engine: KokoroEngine, voice: Voice) -> None:
    said = utterance("北風呼嘯，氣溫降到零下20度。", voice)
    clip = engine.synthesize(said, voice)
    check_audio(clip, said.spoken, voice.prosody.rate)
    assert clip.sample_rate_hz == 24_000
    assert 1500 < trim(clip).duration_ms < 6000


@pytest.mark.voice
def test_speech_repeats_sample_for_sample_and_obeys_the_prosody(engine: KokoroEngine) -> None:
    said, voice = utterance("今天天氣很好。"), VOICES[0]
    clip = engine.synthesize(said, voice)
    assert clip == engine.synthesize(said, voice)
    quick = engine.synthesize(said, replace(voice, prosody=Prosody(rate=1.5)))
    assert quick.frames < clip.frames * 0.8
    soft = engine.synthesize(said, replace(voice, prosody=Prosody(volume_percent=-50)))
    levels = [float(np.abs(np.frombuffer(c.pcm, "<i2")).max()) for c in (clip, soft)]
    assert levels[1] == pytest.approx(levels[0] / 2, rel=0.02)


@pytest.mark.voice
def test_what_the_engine_can_not_say_is_refused(engine: KokoroEngine) -> None:
    with pytest.raises(UtteranceTooLongError):
        engine.synthesize(utterance("物資" * 300), VOICES[0])
    with pytest.raises(ConfigError, match="pitch"):
        engine.synthesize(utterance("好"), replace(VOICES[0], prosody=Prosody(pitch_hz=5)))
    with pytest.raises(NoAudioError):
        engine.synthesize(utterance(""), VOICES[0])


def test_missing_and_broken_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(weights.MODEL_VARIABLE, str(tmp_path / "none.onnx"))
    with pytest.raises(ConfigError, match=r"none\.onnx"):
        weights.find_model()
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    monkeypatch.setenv(weights.MODEL_VARIABLE, str(broken))
    assert KokoroEngine.model_id() != f"kokoro-v1.0-{weights.SHA256[:12]}-1"
    with pytest.raises(EngineError, match=r"broken\.onnx"):
        KokoroEngine()


def test_parts_that_do_not_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(weights.MODEL_VARIABLE, raising=False)
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.setattr(weights, "_PARTS", weights._PARTS[:1])
    with pytest.raises(MissingDependencyError, match="don't add up"):
        weights.find_model()
    monkeypatch.setattr(weights, "_PARTS", ("kokoro_no_such_part",))
    with pytest.raises(MissingDependencyError, match="kokoro-no-such-part"):
        weights.find_model()


def test_a_cache_without_room_for_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(weights.MODEL_VARIABLE, raising=False)
    (tmp_path / "models").write_bytes(b"a file in the way")
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    with pytest.raises(OutputError, match="READALOUD_CACHE"):
        weights.find_model()


@pytest.fixture
def own_voices(tmp_path: Path) -> Path:
    """A folder with a voice of its own, which sounds as one of ours."""
    (tmp_path / "mine.toml").write_text(
        'engine = "kokoro"\nengine_voice = "my_own"\nlocale = "zh-CN"\n'
        'gender = "male"\nscript = "simplified"\n',
        encoding="utf-8",
    )
    yunxi = find_voice("yunxi")
    (tmp_path / "my_own.bin").write_bytes(find_style(yunxi).read_bytes())
    return tmp_path


@pytest.mark.voice
def test_a_voice_of_ones_own_speaks_in_a_process_of_its_own(own_voices: Path) -> None:
    own, same = find_voice("mine", own_voices), find_voice("yunxi")
    said = utterance("今天天氣很好。")
    processes = Processes("kokoro")
    try:
        speak = processes.begin()
        assert speak(said, own) == speak(said, same)
    finally:
        processes.close()


@pytest.mark.parametrize("data", [b"", b"short", bytes(510 * 256 * 4 + 1)])
def test_a_file_that_holds_no_style_is_named(own_voices: Path, data: bytes) -> None:
    (own_voices / "my_own.bin").write_bytes(data)
    said = utterance("好。")
    with pytest.raises(ConfigError, match=r"my_own\.bin has"):
        inputs_of(said, symbols_of(said), find_voice("mine", own_voices))


def test_a_style_that_was_changed_is_not_taken(own_voices: Path) -> None:
    voice, said = find_voice("mine", own_voices), utterance("好。")
    (own_voices / "my_own.bin").write_bytes(bytes(510 * 256 * 4))
    with pytest.raises(ConfigError, match="not the file"):
        inputs_of(said, symbols_of(said), voice)
