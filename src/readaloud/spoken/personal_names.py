"""What a person's name decides about readings: 一 keeps its tone in it, as in 江一燕."""

from __future__ import annotations

from collections.abc import Sequence

from readaloud.spoken.own_names import COMMON_SURNAMES, OWN_NAME
from readaloud.spoken.word_readings import Piece

_COUNTS = frozenset("样点个些下起般次直定切边致半")
"""What 一 makes a word or a count with: 一样, 一点."""


def ones_in_names(pieces: Sequence[Piece]) -> frozenset[int]:
    """Where 一 stands in a given name, in what the segmenter takes for a name of three."""
    return frozenset(
        piece.start
        for piece in pieces
        if piece.text == "一" and piece.offset and _is_name(piece.word, piece.tag)
    )


def _is_name(word: str, tag: str) -> bool:
    fits = (
        tag.startswith("nr") and len(word) == 3 and (word[0] in COMMON_SURNAMES or tag == OWN_NAME)
    )
    return fits and word[2] not in _COUNTS
