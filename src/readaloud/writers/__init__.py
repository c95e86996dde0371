"""Writers turn a narration into files. To add one: a module, and a line in WRITERS."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from readaloud.errors import ConfigError
from readaloud.model import Narration

WRITERS = {
    "mp3": "readaloud.writers.mp3:Mp3Writer",
    "m4b": "readaloud.writers.m4b:M4bWriter",
    "opus": "readaloud.writers.opus:OpusWriter",
    "vtt": "readaloud.writers.captions:VttWriter",
    "srt": "readaloud.writers.captions:SrtWriter",
    "lrc": "readaloud.writers.lyrics:LyricsWriter",
    "chapters": "readaloud.writers.chapters:ChaptersWriter",
    "html": "readaloud.writers.page:PageWriter",
    "epub": "readaloud.writers.epub:EpubWriter",
    "daisy": "readaloud.writers.daisy:DaisyWriter",
    "json": "readaloud.writers.report:ReportWriter",
}
AUDIO_FORMATS = ("mp3", "m4b", "opus")
"""Those that hold the whole narration: they are written first, in this order, decoded and measured.

The report tells the loudness of the first."""

WORD_FORMATS = frozenset({"vtt", "srt", "html"})
"""Those that use the times of single words; the narration may have none for the others."""


class Writer(Protocol):
    """One output format."""

    extension: str

    def write(self, narration: Narration, directory: Path) -> Path:
        """Write ``directory/<stem><extension>`` and return it.

        ``directory`` is private to this build: the pipeline checks what is in it and moves it
        under its final name, so that nothing half made is ever seen.

        Raises:
            OutputError: the file can't be written.
        """


def load_writer(name: str) -> Writer:
    """Make the writer of that name of WRITERS.

    Raises:
        ConfigError: there is no such format.
    """
    if name not in WRITERS:
        raise ConfigError(f"There is no format “{name}”.", f"Formats: {', '.join(WRITERS)}.")
    module, _, attribute = WRITERS[name].partition(":")
    return cast("Writer", getattr(import_module(module), attribute)())
