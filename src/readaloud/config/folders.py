"""Where readaloud keeps what it makes, and where a user's own settings lie."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "READALOUD_CACHE"
DATA_VARIABLE = "READALOUD_DATA"
_NAME = "readaloud"


def cache_folder(chosen: Path | None = None) -> Path:
    """Where clips are kept: the folder chosen, ``READALOUD_CACHE``, or the user's cache folder."""
    if chosen is not None:
        return chosen
    if CACHE_VARIABLE in os.environ:
        return Path(os.environ[CACHE_VARIABLE])
    import platformdirs

    return platformdirs.user_cache_path(_NAME)


def data_folder() -> Path:
    """Where is kept what can't be made anew: ``READALOUD_DATA``, or the user's data folder."""
    if DATA_VARIABLE in os.environ:
        return Path(os.environ[DATA_VARIABLE])
    import platformdirs

    return platformdirs.user_data_path(_NAME)


def models_folder() -> Path:
    """Where models are kept, and what is made of them."""
    return cache_folder() / "models"


def user_folder() -> Path:
    """The user's own profiles and lexicon."""
    import platformdirs

    return platformdirs.user_config_path(_NAME)
