"""The fast path: the first half as it comes on onnxruntime, the decoder in 8 bits on OpenVINO.

Text to aligned features, F0 and energy takes a tenth of the time, and with other arithmetic gives
other durations: it stays the export's own graph.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from readaloud.audio.ahead import usable_cores
from readaloud.speech.engines.kokoro import original
from readaloud.speech.engines.kokoro.decoder import INPUTS, build
from readaloud.speech.engines.kokoro.inputs import Inputs
from readaloud.speech.engines.kokoro.plain import Sound, open_session
from readaloud.speech.engines.kokoro.processor import open_core
from readaloud.speech.engines.kokoro.source import make_source, to_spectrum, to_waveform

BETWEEN = (original.ALIGNED, original.PITCH, original.NOISE, original.DURATIONS)
FRONT, DECODER, AROUND = "front.onnx", "decoder.blob", "around.npz"
_SLOW = re.compile(
    r'(<layer id="\d+" name="generator\.(?:(?:resblocks|noise_res)\.\d\.convs1\.[12]|ups\.0)"'
    r"[^>]*>\s*<data [^>]*/>)"
)
"""Convolutions, the dilated ones and one more, whose usual kernel takes 1.5 times as long."""
_OTHER_KERNEL = (
    r'\1<rt_info><attribute name="primitives_priority" version="0" value="cpu:jit_avx512"/>'
    r"</rt_info>"
)
_MOST_THREADS = 2
"""A sentence that is spoken alone takes little more than half the time on two cores. Where each
core has its process, two threads in each cost nothing, and the numbers are the same bit for bit."""
_DECODER_STYLE = 128
"""The first half of a style vector is the decoder's, the second the prosody's."""

Function = Callable[[Mapping[str, np.ndarray]], dict[str, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Feed:
    """What the first half gives to the decoder."""

    aligned: np.ndarray
    pitch: np.ndarray
    noise: np.ndarray
    source: np.ndarray
    style: np.ndarray
    durations: np.ndarray
    """Frames of 25 ms of each token."""

    def arrays(self) -> dict[str, np.ndarray]:
        """The decoder's inputs, by name, with their four dimensions."""
        return {
            "aligned": self.aligned[:, :, None],
            "pitch": self.pitch.reshape(1, 1, 1, -1),
            "noise": self.noise.reshape(1, 1, 1, -1),
            "source": self.source[None, :, None],
            "style": self.style.reshape(1, -1, 1, 1),
        }


class Front:
    """Tokens to what the decoder takes."""

    def __init__(self, model: Path | bytes, around: Mapping[str, np.ndarray]) -> None:
        self._session = open_session(model)
        self._around = around

    def run(self, inputs: Inputs) -> Feed:
        """One utterance."""
        aligned, pitch, noise, durations = self._session.run(BETWEEN, inputs.arrays())
        samples = make_source(pitch.reshape(-1), self._around["mix"], self._around["mix_bias"])
        style = inputs.style[:_DECODER_STYLE]
        return Feed(aligned, pitch, noise, to_spectrum(samples), style, durations.reshape(-1))


class FastPath:
    """One utterance at a time: calls from several threads wait for each other."""

    def __init__(self, folder: Path) -> None:
        """Load what ``make`` wrote (about a second).

        Raises whatever onnxruntime and OpenVINO raise.
        """
        with np.load(folder / AROUND) as file:
            self._around = dict(file)
        self._front = Front(folder / FRONT, self._around)
        self._decode = to_function(load_decoder(folder))
        self._lock = threading.Lock()

    def run(self, inputs: Inputs) -> Sound:
        """One utterance."""
        with self._lock:
            feed = self._front.run(inputs)
            spectrum = self._decode(feed.arrays())["spectrum"]
            return Sound(to_waveform(spectrum[0, :, 0], self._around["basis"]), feed.durations)


def _settings() -> dict[str, object]:
    return {
        "INFERENCE_NUM_THREADS": min(_MOST_THREADS, usable_cores()),
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",
        "ENABLE_CPU_PINNING": False,
    }


def make(model: Path, folder: Path) -> None:
    """Write the fast path's files into a folder (two seconds, 600 MB of memory)."""
    import openvino

    from readaloud.speech.engines.kokoro.calibration import load_ranges

    whole = original.load(model)
    weights = original.read_weights(whole)
    (folder / FRONT).write_bytes(original.cut(whole, BETWEEN))
    np.savez(folder / AROUND, **around_of(weights))  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "decoder.xml"
        openvino.save_model(build(weights, load_ranges()), str(path), compress_to_fp16=False)
        path.write_text(_SLOW.sub(_OTHER_KERNEL, path.read_text("utf-8")), "utf-8")
        compiled = open_core().compile_model(str(path), "CPU", _settings())
        (folder / DECODER).write_bytes(compiled.export_model().getvalue())


def around_of(weights: original.Weights) -> dict[str, np.ndarray]:
    """The few weights that are used outside both graphs."""
    return {
        "mix": weights["generator.m_source.l_linear.weight"],
        "mix_bias": weights["generator.m_source.l_linear.bias"],
        "basis": weights["istft.basis"][:, 0],
    }


def load_decoder(folder: Path) -> Any:
    """The compiled decoder, as this version of OpenVINO wrote it: in a third of the time."""
    return open_core().import_model((folder / DECODER).read_bytes(), "CPU", _settings())


def compile_model(model: Any) -> Function:
    """A model that was just built, as a function."""
    return to_function(open_core().compile_model(model, "CPU", _settings()))


def to_function(compiled: Any) -> Function:
    """A compiled model as a function of named arrays; what it returns lasts until its next call."""
    request = compiled.create_infer_request()
    names = [next(iter(port.names)) for port in compiled.outputs]

    def run(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        request.infer({name: np.ascontiguousarray(arrays[name]) for name in INPUTS})
        return {name: request.get_tensor(name).data for name in names}

    return run
