"""The music of a bulletin, from the files that its settings name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.audio.music import Score, UnusableSoundError, decode_sound
from readaloud.config.programme import Music
from readaloud.errors import ConfigError, msg, system_reason
from readaloud.files.outside import read_outside

if TYPE_CHECKING:
    import numpy as np

_LONGEST_S, _LONGEST_BED_S = 60.0, 600.0


def read_score(music: Music) -> Score | None:
    """The sounds of a bulletin; None where there are none.

    Raises:
        ConfigError: a file is not there, is no audio, or is silent.
    """
    if not music.files:
        return None
    return Score(
        opening=_sound(music.opening),
        between=_sound(music.between),
        closing=_sound(music.closing),
        bed=_sound(music.bed, _LONGEST_BED_S),
        under_all=music.bed_under == "all",
        under_lu=music.under_lu,
        fade_ms=music.fade_ms,
    )


def hashes(music: Music) -> Iterator[str]:
    """What tells these sounds from others.

    Raises:
        ConfigError: a file is not there.
    """
    yield from (hashlib.sha256(_read(path)).hexdigest() for path in music.files)


def _sound(path: Path | None, longest_s: float = _LONGEST_S) -> np.ndarray:
    import numpy as np

    if path is None:
        return np.zeros(0, np.int16)
    try:
        return decode_sound(_read(path), longest_s)
    except UnusableSoundError as error:
        raise ConfigError(
            msg("The music {path} can't be played: {error}.", path=path, error=error),
            msg("Check [programme.music] in readaloud.toml."),
        ) from error


def _read(path: Path) -> bytes:
    try:
        return read_outside(path)
    except OSError as error:
        raise ConfigError(
            msg(
                "The music {path} can't be read: {reason}.", path=path, reason=system_reason(error)
            ),
            msg("Check [programme.music] in readaloud.toml."),
        ) from error
