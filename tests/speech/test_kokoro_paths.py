"""The two ways to run the embedded voice: what they say, what is made for them, which is chosen."""

from __future__ import annotations

import socket
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from readaloud.config.voices import load_voices
from readaloud.errors import ConfigError, EngineError, OutputError
from readaloud.speech.engines.kokoro import derived, source, weights
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of, times_of
from readaloud.speech.engines.kokoro.plain import PlainPath, Sound
from readaloud.spoken import pronounce

VOICE = load_voices()["xiaoxiao"]
CAN_BE_FAST = not derived._why_not_fast()
fast_only = pytest.mark.skipif(
    not CAN_BE_FAST, reason="needs OpenVINO and a processor with avx512_vnni"
)


def said(text: str = "今天下雨，明天放晴。") -> Inputs:
    utterance = pronounce(text, VOICE)
    return inputs_of(utterance, symbols_of(utterance), VOICE)


def run(path: str, monkeypatch: pytest.MonkeyPatch) -> Sound:
    monkeypatch.setenv(derived.PATH_VARIABLE, path)
    return derived.open_path().run(said())


@pytest.mark.voice
@fast_only
def test_both_paths_are_near_to_the_decoder_in_float(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from readaloud.speech.engines.kokoro import decoder, fast, original

    plain, quick = run("plain", monkeypatch), run("fast", monkeypatch)
    assert np.array_equal(plain.durations, quick.durations)
    assert plain.samples.shape == quick.samples.shape
    model = original.load(weights.find_model())
    floats = original.read_weights(model)
    around = fast.around_of(floats)
    feed = fast.Front(original.cut(model, fast.BETWEEN), around).run(said())
    output = fast.compile_model(decoder.build(floats, {}))(feed.arrays())["spectrum"]
    best = source.to_waveform(output[0, :, 0], around["basis"])
    # A wrong sign of one phase of the source takes 4 dB from the plain one.
    assert derived.snr_db(best, plain.samples) > 13
    assert derived.snr_db(best, quick.samples) > 12
    assert _log_spectral_distance_db(best, quick.samples) < 3
    assert derived.snr_db(plain.samples, quick.samples) > 9


def _log_spectral_distance_db(one: np.ndarray, other: np.ndarray) -> float:
    """In bands of about 500 Hz, where there is speech."""
    levels = []
    for samples in (one, other):
        frames = np.lib.stride_tricks.sliding_window_view(samples, 512)[::256] * np.hanning(512)
        power = np.square(np.abs(np.fft.rfft(frames, axis=1)))[:, :250]
        levels.append(10 * np.log10(power.reshape(len(power), 25, 10).mean(axis=2) + 1e-6))
    loud = levels[0] > levels[0].max() - 50
    return float(np.abs(levels[0] - levels[1])[loud].mean())


@pytest.mark.voice
@fast_only
def test_openvino_takes_the_kernel_that_the_model_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An attribute of OpenVINO's own, which another version may stop to know."""
    from readaloud.speech.engines.kokoro import fast

    monkeypatch.setenv(derived.PATH_VARIABLE, "fast")
    compiled = fast.load_decoder(derived.prepare(print))
    kinds: dict[str, list[str]] = {"jit_avx512_I8": [], "brgconv_avx512_I8": []}
    for node in compiled.get_runtime_model().get_ordered_ops():
        kind = node.get_rt_info()["primitiveType"].value
        if kind in kinds:
            kinds[kind].append(node.get_friendly_name())
    assert len(kinds["jit_avx512_I8"]) == 17
    assert all(".convs1." in name or ".ups." in name for name in kinds["jit_avx512_I8"])
    assert len(kinds["brgconv_avx512_I8"]) >= 40


def test_the_path_is_chosen_by_the_machine_and_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.delenv(derived.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(derived, "_processor_flags", lambda: frozenset({"avx2"}))
    assert derived.choose_path() == "plain"
    assert "avx512_vnni" in derived.describe_path() or "OpenVINO" in derived.describe_path()
    monkeypatch.setenv(derived.PATH_VARIABLE, "fast")
    with pytest.raises(ConfigError, match="fast path"):
        derived.choose_path()
    monkeypatch.setenv(derived.PATH_VARIABLE, "quick")
    with pytest.raises(ConfigError, match="quick"):
        derived.choose_path()
    monkeypatch.setattr(derived, "_processor_flags", lambda: frozenset({"avx512_vnni"}))
    monkeypatch.setattr(derived, "find_spec", lambda _: object())
    monkeypatch.delenv(derived.PATH_VARIABLE)
    assert derived.choose_path() == "fast"
    assert derived.path_id().startswith("fast")


@pytest.mark.voice
def test_files_are_made_once_and_again_when_they_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.setenv(derived.PATH_VARIABLE, "plain")
    heard: list[str] = []
    folder = derived.prepare(heard.append)
    assert derived.prepare(heard.append) == folder
    assert len(heard) == 1
    assert "prepared" in derived.describe_path()
    file = folder / "whole.onnx"
    file.write_bytes(file.read_bytes()[:-1000])
    assert "at first use" in derived.describe_path()
    derived.prepare(heard.append)
    assert len(heard) == 2
    assert PlainPath(folder / "whole.onnx").run(said("好。")).samples.size > 5000
    assert not list(folder.parent.glob(".making-*"))


@pytest.mark.voice
@fast_only
def test_a_machine_on_which_the_fast_path_errs_is_given_the_plain_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.delenv(derived.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(derived, "_LEAST_SNR_DB", 90.0)
    with pytest.raises(EngineError, match="Run again"):
        derived.prepare(lambda _: None)
    assert derived.choose_path() == "plain"
    assert "unfit" in derived.describe_path()


def test_a_cache_that_can_not_be_written_is_an_output_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_bytes(b"a file in the way")
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    with pytest.raises(OutputError, match="READALOUD_CACHE"):
        derived.prepare(lambda _: None)


@pytest.mark.voice
def test_characters_sound_when_their_times_say(monkeypatch: pytest.MonkeyPatch) -> None:
    utterance = pronounce("你好，Windows系统！我买了一个iPhone。", VOICE)
    symbols = symbols_of(utterance)
    sound = derived.open_path().run(inputs_of(utterance, symbols, VOICE))
    words = times_of(utterance.spoken, symbols, sound.durations)
    assert [word.text for word in words] == [
        *("你", "好", "Windows", "系", "统", "我", "买", "了", "一", "个", "iPhone")
    ]
    assert all(word.start_ms < word.end_ms for word in words)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(words))
    assert words[-1].end_ms <= len(sound.samples) // 24


@pytest.mark.voice
def test_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*address: object) -> None:
        raise AssertionError(address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert derived.open_path().run(said("好。")).samples.size


@pytest.mark.voice
def test_times_are_those_of_the_sound() -> None:
    utterance = pronounce("昨天下午，市政府表示，今年将新建十二所小学。", VOICE)
    symbols = symbols_of(utterance)
    sound = derived.open_path().run(inputs_of(utterance, symbols, VOICE))
    words = times_of(utterance.spoken, symbols, sound.durations)
    first_ms = int(np.argmax(np.abs(sound.samples) > 0.02)) / 24
    assert abs(first_ms - words[0].start_ms) < 60
    comma = utterance.spoken.index("，")
    pause = _level(sound.samples, words[comma - 1].end_ms, words[comma].start_ms)
    assert pause < 0.6 * np.median(
        [_level(sound.samples, word.start_ms, word.end_ms) for word in words]
    )


def _level(samples: np.ndarray, start_ms: int, end_ms: int) -> float:
    return float(np.sqrt(np.square(samples[start_ms * 24 : end_ms * 24]).mean()))


def test_a_coloured_syllable_is_one_word_and_edges_are_none() -> None:
    utterance = replace(pronounce("去玩儿。", VOICE), readings=("qu4", "wan2", "er5", ""))
    symbols = symbols_of(utterance)
    words = times_of(utterance.spoken, symbols, np.full(len(symbols) + 2, 2.0))
    assert [word.text for word in words] == ["去", "玩儿"]
    assert words[0].start_ms == 20


def test_the_source_is_nine_harmonics_of_the_pitch_and_silent_without_one() -> None:
    pitch = np.concatenate((np.full(40, 200.0), np.zeros(40))).astype(np.float32)
    weight, bias = np.eye(1, 9, dtype=np.float32) * 5, np.zeros(1, np.float32)
    samples = source.make_source(pitch, weight, bias)
    assert samples.shape == (80 * 300,)
    spectrum = np.abs(np.fft.rfft(samples[:12_000] * np.hanning(12_000)))
    assert np.argmax(spectrum) * 2 == pytest.approx(200, abs=2)
    assert not samples[12_300:].any()


def test_a_spectrum_is_that_of_its_samples_at_every_fifth() -> None:
    samples = np.random.default_rng(1).normal(size=600).astype(np.float32)
    spectrum = source.to_spectrum(samples)
    assert spectrum.shape == (22, 121)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(20) / 20)
    bins = np.fft.rfft(samples[90:110] * window)
    assert np.allclose(spectrum[:11, 20], np.abs(bins), atol=1e-4)
    assert np.allclose(np.exp(1j * spectrum[11:, 20]), bins / np.abs(bins), atol=1e-3)


def test_a_waveform_is_the_sum_of_its_frames() -> None:
    random = np.random.default_rng(2)
    output, basis = random.normal(size=(22, 31)), random.normal(size=(22, 20))
    magnitudes, phases = np.exp(output[:11]), np.sin(output[11:])
    parts = np.concatenate((magnitudes * np.cos(phases), magnitudes * np.sin(phases)))
    whole = np.zeros(30 * 5 + 20)
    for number in range(31):
        whole[number * 5 : number * 5 + 20] += parts[:, number] @ basis
    found = source.to_waveform(output.astype(np.float32), basis.astype(np.float32))
    assert np.allclose(found, whole[10:-10] * 4, rtol=1e-3, atol=1e-3)


def test_other_weights_have_other_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = derived._folder("plain")
    other = tmp_path / "other.onnx"
    other.write_bytes(b"other")
    monkeypatch.setenv(weights.MODEL_VARIABLE, str(other))
    assert derived._folder("plain") != before
