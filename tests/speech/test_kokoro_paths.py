"""The two ways to run the embedded voice: what they say, what is made for them, which is chosen."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from readaloud.config.voices import load_voices
from readaloud.errors import ConfigError, EngineError, OutputError
from readaloud.files.atomic import hash_file
from readaloud.speech import packaged_models as packaged
from readaloud.speech.engines.kokoro import derived, processor, source, weights
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of, times_of
from readaloud.speech.engines.kokoro.plain import PlainPath, Sound
from readaloud.spoken import pronounce

VOICE = load_voices()["xiaoxiao"]
CAN_BE_FAST = not derived._why_not_fast()
fast_only = pytest.mark.skipif(not CAN_BE_FAST, reason="needs OpenVINO and a processor with avx2")


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


def test_no_two_neighbouring_weights_can_overflow_16_bits() -> None:
    """Where there is no VNNI, two products are added before there is room for them."""
    from openvino import opset13 as ops

    from readaloud.speech.engines.kokoro import decoder

    random = np.random.default_rng(3)
    weight = random.standard_t(2, size=(96, 64, 7)).astype(np.float32)
    given = decoder.Range(random.uniform(0.1, 9, 64).astype(np.float32), -1.0, 1.0)
    _, scaled = decoder._quantized(
        ops.parameter([1, 64, 1, -1], np.float32), weight, np.ones(64, np.float32), given
    )
    whole = scaled.input_value(0).get_node().input_value(0).get_node().data.astype(int)
    pairs = whole.reshape(96, 32, 2, 7)
    assert pairs.clip(min=0).sum(axis=2).max() * 255 < 2**15
    assert pairs.clip(max=0).sum(axis=2).min() * 255 >= -(2**15)
    assert np.abs(whole).max(axis=(1, 2, 3)).mean() > 100


@pytest.mark.voice
@pytest.mark.skipif("avx512_vnni" not in processor.flags(), reason="needs avx512_vnni")
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
    # On some processors oneDNN takes it for another convolution of its own accord.
    asked = [name for name in kinds["jit_avx512_I8"] if ".convs1." in name or ".ups." in name]
    assert len(asked) == 17
    assert len(kinds["jit_avx512_I8"]) <= 20
    assert len(kinds["brgconv_avx512_I8"]) >= 40


def test_the_path_is_chosen_by_the_machine_and_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.delenv(derived.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(processor, "flags", lambda: frozenset({"avx"}))
    assert derived.choose_path() == "plain"
    assert "avx2" in derived.describe_path() or "OpenVINO" in derived.describe_path()
    monkeypatch.setenv(derived.PATH_VARIABLE, "fast")
    with pytest.raises(ConfigError, match="fast path"):
        derived.choose_path()
    monkeypatch.setenv(derived.PATH_VARIABLE, "quick")
    with pytest.raises(ConfigError, match="quick"):
        derived.choose_path()
    monkeypatch.setattr(processor, "flags", lambda: frozenset({"avx2"}))
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
    heard: list[str] = []
    path = derived.open_path(heard.append)
    assert isinstance(path, PlainPath)
    assert path.run(said("好。")).samples.size > 5000
    assert any("Using the plain one" in line for line in heard)
    assert derived.choose_path() == "plain"
    assert "gives other speech on this computer" in derived.describe_path()
    monkeypatch.setenv(derived.PATH_VARIABLE, "fast")
    with pytest.raises(ConfigError, match="gives other speech on this computer"):
        derived.open_path()


def test_a_mark_and_files_of_another_processor_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    for name in (derived.PATH_VARIABLE, *processor.CAP_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(derived, "find_spec", lambda _: object())
    ours, theirs = {"avx2", "avx512_vnni"}, {"avx2", "avx512_vnni", "avx512_fp16", "amx_tile"}
    monkeypatch.setattr(processor, "flags", lambda: frozenset(theirs))
    (tmp_path / "models").mkdir()
    derived._unfit().write_text("can't be made: no luck")
    folder = derived._folder("fast")
    assert "no luck" in derived.describe_path()
    assert str(derived._unfit()) in derived.describe_path()
    monkeypatch.setattr(processor, "flags", lambda: frozenset(ours))
    assert derived.choose_path() == "fast"
    assert derived._folder("fast") != folder
    assert derived._folder("plain") == derived._folder("plain").with_name(
        f"kokoro-v1.0-{weights.model_hash()}-plain{derived.RECIPE}"
    )


def test_amx_is_off_but_what_a_user_has_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    own, older = processor.CAP_VARIABLES
    for name in (own, older):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(processor, "flags", lambda: frozenset({"avx2", "avx512_vnni"}))
    without, plain = processor.isa_cap(), processor.fingerprint()
    assert without == ""
    monkeypatch.setattr(processor, "flags", lambda: frozenset({"avx2", "avx512_vnni", "amx_tile"}))
    assert processor.isa_cap() == "AVX512_CORE_VNNI"
    ids = {plain, processor.fingerprint()}
    with processor._limited():
        assert os.environ[own] == "AVX512_CORE_VNNI"
    assert own not in os.environ
    monkeypatch.setenv(older, "avx512_core_amx")
    ids.add(processor.fingerprint())
    with processor._limited():
        assert own not in os.environ
    assert os.environ[older] == "avx512_core_amx"
    assert processor.isa_cap() == "AVX512_CORE_AMX"
    assert processor.why_no_avx2() == ""
    monkeypatch.setenv(own, "AVX")
    assert "AVX" in processor.why_no_avx2()
    assert len({*ids, processor.fingerprint()}) == 4


_ISA_OF_OPENVINO = """
import os
from readaloud.speech.engines.kokoro import processor
before = dict(os.environ)
core = processor.open_core()
assert dict(os.environ) == before
print(*core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
"""


@fast_only
@pytest.mark.skipif(
    not processor.flags() >= {"amx_tile", "avx512_fp16"}, reason="needs a processor with AMX"
)
def test_openvino_takes_the_limit_in_every_process() -> None:
    clean = {k: v for k, v in os.environ.items() if k not in processor.CAP_VARIABLES}
    own = clean | {"ONEDNN_MAX_CPU_ISA": "ALL"}
    assert "FP16" not in _run_python(_ISA_OF_OPENVINO, clean)
    assert "FP16" in _run_python(_ISA_OF_OPENVINO, own)


def _run_python(code: str, environment: dict[str, str]) -> list[str]:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


_MAKE = """
import sys
from pathlib import Path
from readaloud.speech.engines.kokoro import fast, weights
fast.make(weights.find_model(), Path(sys.argv[1]))
"""


def _of_other_instructions(folder: Path) -> None:
    command = [sys.executable, "-c", _MAKE, str(folder)]
    subprocess.run(command, env=os.environ | {"ONEDNN_MAX_CPU_ISA": "AVX"}, check=True)


def _cut_short(folder: Path) -> None:
    blob = folder / "decoder.blob"
    blob.write_bytes(blob.read_bytes()[:-1000])


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fast path's files in a cache of the test's own: a copy, for making them takes long."""
    monkeypatch.delenv(derived.PATH_VARIABLE, raising=False)
    made = derived.prepare(lambda _: None)
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    return Path(shutil.copytree(made, derived._folder("fast")))


@pytest.mark.voice
@fast_only
@pytest.mark.parametrize("spoil", [_of_other_instructions, _cut_short])
def test_a_decoder_that_can_not_be_loaded_is_made_anew(
    spoil: Callable[[Path], None], prepared: Path
) -> None:
    folder = derived.prepare(lambda _: None)
    assert folder == prepared
    expected = derived.open_path().run(said("好。")).samples
    _spoil(folder, spoil)
    heard: list[str] = []
    assert derived.prepare(heard.append) == folder  # its hashes are right
    found = derived.open_path(heard.append).run(said("好。")).samples
    assert np.array_equal(found, expected)
    assert len(heard) == 1
    assert str(folder) in heard[0]
    assert "Making it again" in heard[0]
    derived.open_path(heard.append)
    assert len(heard) == 1
    assert derived.choose_path() == "fast"
    assert not list(folder.parent.glob(".making-*"))


def _spoil(folder: Path, spoil: Callable[[Path], None]) -> None:
    """Change the files of a prepared folder, and the hashes with them."""
    spoil(folder)
    manifest = folder / packaged._MANIFEST
    hashes = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({name: hash_file(folder / name) for name in hashes}))


@pytest.mark.voice
@fast_only
def test_a_decoder_that_can_not_be_made_anew_costs_no_edition(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _spoil(prepared, _cut_short)
    monkeypatch.setattr("readaloud.speech.engines.kokoro.fast.load_decoder", _refuse)
    heard: list[str] = []
    assert isinstance(derived.open_path(heard.append), PlainPath)
    assert "no such kernel" in derived.describe_path()
    assert len(heard) == 3
    assert isinstance(derived.open_path(heard.append), PlainPath)
    assert len(heard) == 3


def _refuse(_: Path) -> object:
    raise RuntimeError("no such kernel")


def test_a_model_that_can_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    monkeypatch.setenv("READALOUD_CACHE", str(tmp_path))
    monkeypatch.setenv(weights.MODEL_VARIABLE, str(broken))
    with pytest.raises(EngineError, match=r"broken\.onnx can't be loaded") as caught:
        derived.open_path()
    assert weights.MODEL_VARIABLE in caught.value.remedy


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


def test_nothing_is_reported_to_the_makers_of_openvino(tmp_path: Path) -> None:
    """The import alone would write an identity into the home folder, and send an event."""
    code = (
        "import sys, readaloud.speech.engines.kokoro, openvino\n"
        "from openvino.tools.ovc import telemetry\n"
        "print(type(telemetry).__module__, sys.modules['openvino_telemetry'])"
    )
    home = tmp_path / "home"
    home.mkdir()
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert told.split() == ["openvino.tools.ovc.telemetry_stub", "None"]
    assert list(home.iterdir()) == []
