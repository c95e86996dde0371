"""Lines that a page shows again: its title under every picture, the same caption twice.

Repetition that is meant stays: a refrain, dialogue, 正確 and 錯誤 as structure, a sentence that is
quoted again. What tells them apart: furniture stands alone between paragraphs of prose and ends
without a stop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, ends_sentence, find_speakers, is_spoken, size
from readaloud.editing.near_duplicates import find_alike
from readaloud.editing.titles import Title
from readaloud.errors import msg
from readaloud.model import Block

PROSE_CHARS = 40
SENTENCE_CHARS = 12
MIN_CAPTION = 6
MIN_LINE = 10
MIN_TITLE_ALONE = 12
"""A shorter title may be a line of the verse it stands in: both neighbours have to be prose."""
NEAR_TITLE = 2
MIN_TIMES = 3
SLOGAN_DISTANCE = 3


def find_duplicates(blocks: Sequence[Block], title: Title | None) -> dict[int, Finding]:
    """What repeats the title or a caption, and lines put in again and again, by index."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.kind in {"paragraph", "caption", "heading"}:
            places[block.text.replace(" ", "")].append(index)
    neighbours = _neighbours(blocks)
    speakers = find_speakers(blocks)
    found: dict[int, Finding] = {}
    for indices in places.values():
        if len(indices) < 2:
            continue
        first = blocks[indices[0]]
        if title is not None and first is title.block:
            repeats = _title_repeats(blocks, indices, neighbours)
            finding = Finding(
                "title repeat", msg("repeats the title (line {line})", line=first.line)
            )
        else:
            repeats = _repeats(blocks, indices, neighbours, speakers)
            finding = Finding("repeat", msg("repeats line {line}", line=first.line))
        found.update(dict.fromkeys(repeats, finding))
    return find_alike(blocks, title, neighbours, found) | found


def _title_repeats(
    blocks: Sequence[Block], indices: Sequence[int], neighbours: Sequence[tuple[bool, bool]]
) -> list[int]:
    first, *repeats = indices
    text = blocks[first].text
    far = repeats[0] - first > SLOGAN_DISTANCE
    if len(repeats) == 1 and far and ends_sentence(text):
        # A title that is a cry may be cried again at the end.
        return []
    long = size(text) >= MIN_TITLE_ALONE
    enough = any if long else all
    # Below a document's number its title may stand once more.
    near = first + NEAR_TITLE if long else first
    return [index for index in repeats if index <= near or enough(neighbours[index])]


def _repeats(
    blocks: Sequence[Block],
    indices: Sequence[int],
    neighbours: Sequence[tuple[bool, bool]],
    speakers: frozenset[str],
) -> list[int]:
    text, repeats = blocks[indices[0]].text, indices[1:]
    if size(text) < MIN_CAPTION:
        return []
    captions = [index for index in repeats if blocks[index].kind == "caption"]
    if size(text) < MIN_LINE or not ends_open(text) or is_spoken(text, speakers):
        return captions
    adjacent = indices[-1] - indices[0] == len(repeats)
    if len(indices) < MIN_TIMES and not adjacent:
        return captions
    lines = [n for n in repeats if blocks[n].kind == "paragraph" and all(neighbours[n])]
    return sorted({*captions, *lines})


def _neighbours(blocks: Sequence[Block]) -> list[tuple[bool, bool]]:
    """Whether the nearest other line before and after each block is prose, or there is none."""
    before = _prose_before(blocks)
    after = _prose_before(blocks[::-1])[::-1]
    return list(zip(before, after, strict=True))


def _prose_before(blocks: Sequence[Block]) -> list[bool]:
    result: list[bool] = []
    for index, block in enumerate(blocks):
        previous = blocks[index - 1] if index else None
        if previous is None:
            result.append(True)
        elif previous.text == block.text:
            result.append(result[-1])
        else:
            result.append(_is_prose(previous.text))
    return result


def _is_prose(text: str) -> bool:
    """Long, or a shorter whole sentence; a line of verse is neither."""
    if len(text) < SENTENCE_CHARS:
        return False
    return size(text) >= PROSE_CHARS or (size(text) >= SENTENCE_CHARS and text.endswith("。"))
