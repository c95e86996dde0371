"""How likely each line is the article's own: a weighted sum of what ``features`` measures."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from operator import mul
from pathlib import Path

from readaloud.editing.line_model.features import NAMES

FILE = Path(__file__).parent / "weights.toml"


@lru_cache
def read_weights() -> tuple[float, ...]:
    """The weights in the order of ``NAMES``."""
    named = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(float(named[name]) for name in NAMES)


def log_odds(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Of each measured line the logarithm of its odds to be the article's: 0 is even, 3 is 20:1."""
    return [sum(map(mul, row, weights)) for row in rows]
