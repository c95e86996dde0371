"""What several writers need: the tags that players show, the whole text, errors of files."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from readaloud.errors import OutputError, msg
from readaloud.model import Narration


@dataclass(frozen=True, slots=True)
class TagValues:
    """What players show of an edition; empty texts mean: not known."""

    title: str
    artist: str
    """The author, else who published the article, else the album: never the voice."""
    album: str
    album_artist: str
    """The same for all editions of an album, so that players keep them together."""
    narrator: str
    """The voice; it stands as the composer, where audiobook players look for it."""
    publisher: str
    date: str
    notice: str
    """That the speech is synthetic, where the edition is labelled."""
    language: str = "chi"
    """ISO 639-2, as ID3 and MP4 have it."""
    genre: str = "Speech"


def tag_values(narration: Narration) -> TagValues:
    """The tags of a narration, the same in every audio format."""
    article = narration.script.article
    album = narration.album or narration.title
    artist = article.byline or article.origin or album
    return TagValues(
        title=narration.title,
        artist=artist,
        album=album,
        album_artist=narration.album or artist,
        narrator=narration.voice.name,
        publisher=article.origin or "",
        date=article.date or "",
        notice=narration.notice,
    )


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
