"""Lines between paragraphs that are the page's; a novel's site puts sentences there, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readaloud.editing.closing_lines.one_line import (
    CHAPTER,
    as_finding,
    is_prose,
    may_close,
    names_site,
    weigh,
)
from readaloud.editing.findings import Finding
from readaloud.model import Block

BETWEEN = 3.5
"""For a line between paragraphs."""
TOLD_BETWEEN = 4.5
"""For one that ends in a stop, in a novel."""
CERTAIN = 9.0
"""For one that ends in a full stop, in any other text."""
NAMED = 1.5
"""Less for one that names a site: a story knows none."""
BETWEEN_CHARS = 60
LEAST_CHARS = 4


def find_between(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines between paragraphs that are no sentences; a novel's site puts sentences there, too."""
    is_novel = any(CHAPTER.match(block.text) for block in blocks)
    told = [n for n, b in enumerate(blocks) if n not in found and (is_novel or is_prose(b))]
    taken: dict[int, Finding] = {}
    for n in range(told[0] + 1, told[-1]) if told else ():
        block = blocks[n]
        short = LEAST_CHARS <= len(block.text) <= BETWEEN_CHARS and block.kind != "item"
        if n in found or not short or not may_close(block):
            continue
        least = TOLD_BETWEEN if block.text[-1] in "。！!？?" else BETWEEN
        least -= NAMED if names_site(block.text) else 0.0
        if block.text.endswith("。") and not is_novel:
            least = CERTAIN
        if (odds := weigh(block.text)) >= least:
            taken[n] = as_finding(odds)
    return taken
