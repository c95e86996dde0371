"""What several writers need: who performs, the whole text, the cover's type, errors of files."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readaloud.errors import OutputError, msg
from readaloud.model import Narration


def artist_of(narration: Narration) -> str:
    """The author, or the voice where the article names none."""
    return narration.script.article.byline or narration.voice.name


def text_of(narration: Narration) -> str:
    """All that is spoken, as it is shown: a line an utterance."""
    return "\n".join(cue.text for cue in narration.cues)


def cover_type(cover: Path) -> str:
    """The media type of a cover image, by its name."""
    return mimetypes.guess_type(cover.name)[0] or "image/jpeg"


@contextmanager
def write_errors(path: Path, *also: type[Exception]) -> Iterator[None]:
    """Translate what the file system, or a library (``also``), says of a file.

    Raises:
        OutputError: the file can't be written.
    """
    expected: tuple[type[Exception], ...] = (OSError, *also)
    try:
        yield
    except expected as error:
        raise OutputError(
            msg("{name} can't be written: {error}.", name=path.name, error=error),
            msg("Free some space, or choose another folder."),
        ) from error
