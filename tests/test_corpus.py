"""The corpus of labelled articles: no figure falls below its recorded floor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "corpus"))

import gate


@pytest.mark.corpus
def test_no_figure_falls_below_its_floor() -> None:
    scores = gate.run()
    faults = [fault for found in scores.values() for fault in found.faults]
    assert gate.below_floors(scores) == [], "\n".join([gate.table(scores), *faults])
