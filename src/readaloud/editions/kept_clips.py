"""The clips that are kept: how many there are, and how they are cleared away."""

from __future__ import annotations

from pathlib import Path

from readaloud.errors import OutputError, msg, system_reason
from readaloud.speech import cache_limit
from readaloud.speech.cache_limit import Kept
from readaloud.speech.clip_cache import ClipCache

__all__ = ["Kept", "clear_clips", "look_at_clips"]


def look_at_clips(folder: Path) -> Kept:
    """What the cache in this folder holds.

    Raises:
        OutputError: it can't be read.
    """
    try:
        return cache_limit.look(ClipCache(folder).folder)
    except OSError as error:
        raise _unusable(folder, error) from error


def clear_clips(folder: Path) -> Kept:
    """Remove all clips but those that a running build may need; what was removed.

    Raises:
        OutputError: the cache can't be read.
    """
    try:
        return cache_limit.trim(ClipCache(folder).folder, 0)
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        msg(
            "The clip cache {folder} can't be read: {reason}.",
            folder=folder,
            reason=system_reason(error),
        ),
        msg("Check its permissions, or choose another folder with --cache-dir."),
    )
