"""The plain path: the export's own graph, whole, on onnxruntime; and what both paths give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from readaloud.speech.engines.kokoro import original
from readaloud.speech.engines.kokoro.inputs import Inputs

WHOLE = "whole.onnx"
_AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Sound:
    """Audio, float32 at 24 kHz, and the frames of 25 ms of each token, edges included."""

    samples: np.ndarray
    durations: np.ndarray


class PlainPath:
    """Any machine that runs onnxruntime."""

    def __init__(self, model: Path | bytes) -> None:
        """Load what ``make`` gave (about half a second).

        Raises whatever onnxruntime raises.
        """
        self._session = open_session(model)

    def run(self, inputs: Inputs) -> Sound:
        """One utterance."""
        audio, durations = self._session.run((_AUDIO, original.DURATIONS), inputs.arrays())
        return Sound(audio.reshape(-1), durations.reshape(-1))


def make(model: Path) -> bytes:
    """The export with the durations among its outputs."""
    return original.add_output(original.load(model), [original.DURATIONS])


def open_session(model: Path | bytes) -> Any:
    """A graph on one thread of onnxruntime; its errors share no base but Exception."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
