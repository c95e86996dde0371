"""The keyword arguments of the Python interface: fields of ``Options``, as callers write them."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TypedDict

AnyPath = str | PathLike[str]


class VoiceOptions(TypedDict, total=False):
    """Who speaks, and how it is said; what is left out is as the voice's profile has it."""

    voice: str
    """A name that ``readaloud voices`` lists."""
    rate: float | str
    """1.1 or ``"+10%"``."""
    pitch_hz: int | str
    volume_percent: int | str
    voices_dir: AnyPath
    """A folder of your own voice profiles."""
    lexicon: AnyPath
    """Words and how they are said; else ``lexicon.toml`` of the working folder."""
    alt_text: str
    """How pictures are announced: ``"off"``, ``"short"`` or ``"full"``."""
    code: str
    """What becomes of program code: ``"skip"`` (announced) or ``"read"``."""
    engine_options: Sequence[str]
    """``name=value`` each, for the voice's engine."""
    allow_private: bool
    """Whether addresses may lead into the own network."""


class PlanOptions(VoiceOptions, total=False):
    """Which lines of an article are spoken, where that was decided wrongly."""

    keep: int | str | Sequence[int | str]
    """Lines to speak, by the numbers that ``readaloud plan --explain`` shows: ``"12,40-44"``."""
    drop: int | str | Sequence[int | str]
    """Lines to leave out, likewise."""


class BuildOptions(PlanOptions, total=False):
    """What is made, and where and how."""

    out: AnyPath
    """The folder of the editions: ``output``."""
    formats: str | Sequence[str]
    """``"mp3,json"``, or a list."""
    album: str
    """The series that players show: the feed's title, else the folder chosen with ``out``."""
    cover: AnyPath
    """An image, JPEG or PNG."""
    jobs: int
    """Utterances at once: one a core."""
    cache_dir: AnyPath
    """Where spoken clips are kept."""
    cache_max_gb: float
    """How large they may grow together, in units of 10^9 bytes: 4."""
    label: str
    """How editions are marked as synthetic speech: ``"off"``, ``"cn"`` or ``"eu"``."""
    rebuild: bool
    """Make what is there already anew."""
    fallback: str
    """The voice for when an online service is down."""
    cluster: str
    """The address of a Dask scheduler whose workers speak."""
