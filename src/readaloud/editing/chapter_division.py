"""Cuts the marked blocks into chapters."""

from __future__ import annotations

from collections.abc import Sequence

from readaloud.editing.titles import Title
from readaloud.model import Block, Chapter


def build_chapters(blocks: Sequence[Block], title: Title | None) -> tuple[Chapter, ...]:
    """Begin a chapter at every heading; order stays.

    What comes before the first heading opens the article under its title, or under none. A
    title that is stated but shown nowhere in the text opens it too.
    """
    opening = None
    if title is not None and title.block is None:
        opening = Block(title.text, blocks[0].line, "heading", 1)
    groups: list[tuple[Block | None, list[Block]]] = [(opening, [])]
    for block in blocks:
        if block.kind == "heading":
            groups.append((block, []))
        else:
            groups[-1][1].append(block)
    if groups[0] == (None, []):
        del groups[0]
    return tuple(
        Chapter(f"c{number:02}", heading, tuple(below))
        for number, (heading, below) in enumerate(groups, 1)
    )
