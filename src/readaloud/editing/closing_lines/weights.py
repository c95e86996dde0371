"""The weights of pieces and signs, and their sum."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "weights.tsv"
BIAS = "<any line>"


@lru_cache
def read_weights() -> dict[str, float]:
    """The weight of each piece and sign."""
    rows = FILE.read_text(encoding="utf-8").splitlines()
    parted = (row.split("\t") for row in rows if not row.startswith("#"))
    return {name: float(weight) for name, weight in parted}


def log_odds(signs: Mapping[str, float]) -> float:
    """The sum of the weights of what a line has; the same in whatever order they come."""
    weights = read_weights()
    weighed = signs.keys() & _names()
    return weights[BIAS] + math.fsum(weights[name] * signs[name] for name in weighed)


@lru_cache
def _names() -> set[str]:
    """A set, for most pieces of a line have no weight, and what two sets share is found quickest."""
    return set(read_weights())
