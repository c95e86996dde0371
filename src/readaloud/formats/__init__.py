"""Writers turn a narration into files. To add one: a module, and a line in WRITERS."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from readaloud.errors import ConfigError
from readaloud.model import Narration

WRITERS = {
    "mp3": "readaloud.formats.mp3.file:Mp3Writer",
    "m4b": "readaloud.formats.m4b:M4bWriter",
    "opus": "readaloud.formats.opus:OpusWriter",
    "vtt": "readaloud.formats.shared.captions:VttWriter",
    "srt": "readaloud.formats.shared.captions:SrtWriter",
    "lrc": "readaloud.formats.lrc:LyricsWriter",
    "chapters": "readaloud.formats.chapters:ChaptersWriter",
    "html": "readaloud.formats.html.page:PageWriter",
    "epub": "readaloud.formats.epub.book:EpubWriter",
    "daisy": "readaloud.formats.daisy.book:DaisyWriter",
    "json": "readaloud.formats.report:ReportWriter",
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
