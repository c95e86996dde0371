"""A few seconds of a voice: ``<voice>-sample.mp3``, which is no edition and has no report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from readaloud.config.run_options import Options
from readaloud.editions.observer import Quiet, QuietEdition
from readaloud.editions.pipeline import build_one
from readaloud.editions.run_state import Job, open_run
from readaloud.editions.voice_and_lexicon import find_voice
from readaloud.files.atomic import prepare_output
from readaloud.model import Source

_SAMPLE_TEXT = "您好，我是readaloud的朗讀者。今天是2020年1月23日，氣溫零下20度。祝您聽得愉快！\n"


def write_sample(options: Options, text: str = _SAMPLE_TEXT) -> Path:
    """Write a few seconds of the voice to ``<voice>-sample.mp3`` in the output folder.

    Raises:
        VoiceNotFoundError, EngineError, OutputError: it can't be made.
    """
    voice = find_voice(options)
    prepare_output(options.out)
    name = _sample_name(voice.name)
    source = Source(name, name, ".txt", text.encode())
    with open_run(voice, replace(options, formats=("mp3",), jobs=1), Quiet()) as run:
        return build_one(source, None, Job(run, 0, QuietEdition())).files[0]


def is_sample(path: Path) -> bool:
    """Whether a file is a voice's sample: it bears the name of the voice that its tags name."""
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    if not path.stem.endswith(_sample_name("")):
        return False
    try:
        voices = [str(tag) for tag in ID3(path).getall("TXXX:VOICE")]
    except MutagenError:
        return False
    return path.stem in map(_sample_name, voices)


def _sample_name(voice: str) -> str:
    return f"{voice}-sample"
