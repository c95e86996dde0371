"""readaloud turns a Chinese article into an accessible audio edition.

>>> import readaloud
>>> for outcome in readaloud.build("article.txt", voice="yunxi", out="output"):
...     print(outcome.edition or outcome.error)
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readaloud.model.version import __version__

if TYPE_CHECKING:
    from readaloud.editions.observer import Observer
    from readaloud.model import Outcome, Script

__all__ = ["__version__", "build", "plan"]


def build(
    sources: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    observer: Observer | None = None,
    **options: Any,
) -> list[Outcome]:
    """Make an audio edition of each source; folders are walked, addresses fetched.

    Args:
        sources: a file, a folder, an http(s) address, or several.
        observer: told of the progress (``readaloud.editions.observer.Observer``).
        options: the fields of ``readaloud.config.run_options.Options``: ``voice``, ``rate``,
            ``out``, ``formats``, ``jobs`` and so on. ``readaloud.toml`` is not read.

    Returns:
        One outcome a source, in order: ``edition`` with its files and figures, or ``error``.

    Raises:
        ConfigError, VoiceNotFoundError, OutputError: nothing could be begun.
    """
    from readaloud.config import run_options as module
    from readaloud.editions import pipeline

    paths = [sources] if isinstance(sources, str | PathLike) else list(sources)
    names = [fspath(path) for path in paths]
    return list(pipeline.build(names, module.from_mapping(options), observer))


def plan(source: str | PathLike[str], **options: Any) -> Script:
    """What would be spoken of one source and what was removed; nothing is synthesised.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
        ConfigError, VoiceNotFoundError: an option is wrong.
    """
    from readaloud.config import run_options as module
    from readaloud.editions import plan as preview
    from readaloud.sources.fetch import is_address

    name = fspath(source)
    place = name if is_address(name) else Path(name)
    return preview.plan(place, module.from_mapping(options))
