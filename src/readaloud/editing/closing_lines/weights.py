"""The weights of pieces and signs, and their sum."""

from __future__ import annotations

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
    """The sum of the weights of what a line has."""
    weights = read_weights()
    return weights[BIAS] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
