"""Joins the lines of paragraphs that were wrapped at a fixed width, where that is clear."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from readaloud.sources.readers.shared.broken_addresses import goes_on
from readaloud.sources.readers.shared.repair import Line

MIN_COLUMNS = 40
"""Twenty characters: verse is narrower."""
MIN_NARROW = 30
"""Lines from here on are joined only where most have a comma inside, and sentences end in some."""
SLACK_COLUMNS = 4
"""A mark that may not begin a line, or a word, leaves the end of a line empty."""
INDENT_COLUMNS = 4
MARK_COLUMNS, ADDRESS_COLUMNS = 2, 8
MIN_INDENTED = 4
MIN_FULL_LINES = 3
FEW_LINES = 2

_MARKS = tuple("，。、；：！？”’」』）》")
_STOPPED = re.compile(r"[。！？!?…；;：:.][”’』」）)》】〉\"']*$")
_SENTENCE = re.compile(r"[。！？!?…][”’』」）)》】〉\"']*$")
_COMMA = re.compile(r"[，、；][^，、；]")
_ADDRESS = re.compile(r"[!-~]{12}")
_TOKEN = re.compile(r"[!-~]{2,80}")
"""What no line end may part: a word, an address."""
_INNER = re.compile(r"[。！？!?；][^。！？!?；”’』」）)]")


@dataclass(frozen=True, slots=True)
class _Joint:
    """A place where a paragraph may go on: after the line of that index, ``columns`` wide.

    The line may be narrower than others by ``slack``: what came next did not fit in.
    """

    index: int
    columns: int
    slack: int
    reach: int
    """By how much it may be wider."""


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join hard-wrapped lines into paragraphs; each keeps the number of its first line.

    Lines are joined where at least three lines of the file, four in five of those that end
    without a stop and go straight on, are of nearly one width, sentences end inside of lines, and
    the paragraph ends in a stop. A full line that ends in a stop goes on too where the file shows
    its paragraphs otherwise, by indents or empty lines.
    Anything less clear stays as it is: a break too many costs a pause, a joint too many makes
    one sentence of two.
    """
    if all(line.indented for line in lines[1:]):
        lines = [replace(line, indented=False) for line in lines]  # what all have parts nothing
    least = MIN_COLUMNS
    joints = list(_joints(lines, least))
    width = _common_width(joints) or _width_of_two(lines, joints)
    if width is None:
        least = MIN_NARROW
        joints = list(_joints(lines, least))
        width = _common_width(joints) if _read_as_prose(lines, joints) else None
    if width is None:
        return list(lines)
    if _shows_paragraphs(lines):
        joints += _joints(lines, least, stopped=True)
    joined = {
        joint.index
        for joint in joints
        if width - joint.slack <= joint.columns <= width + _hung(lines[joint.index])
        and _columns(lines[joint.index + 1]) <= width + _hung(lines[joint.index + 1])
    }
    # Headlines of one length are a list: no sentence ends inside of them.
    prose = any(_INNER.search(lines[n].text) or _INNER.search(lines[n + 1].text) for n in joined)
    if prose or _are_sentences(lines, joined):
        return list(_paragraphs(lines, joined))
    return list(lines)


def join_torn(lines: Sequence[Line]) -> list[Line]:
    """Join lines that were torn in two, where the others are indented and the rest is not."""
    indented = sum(line.indented for line in lines)
    torn = sum(_goes_on_unindented(above, line) for above, line in pairwise(lines))
    if indented < MIN_INDENTED or indented * 10 < (len(lines) - torn) * 7:
        return list(lines)
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above is not None and _goes_on_unindented(above, line):
            joined[-1] = _join([above, line])
        else:
            joined.append(line)
    return joined


def _goes_on_unindented(above: Line, line: Line) -> bool:
    whole = above.indented and not is_stopped(above.text) and is_stopped(line.text)
    return whole and not line.indented and line.number == above.number + 1


def _hung(line: Line) -> int:
    """Columns by which a line may reach out: a mark is hung behind its last character."""
    return (MARK_COLUMNS if line.text.endswith(_MARKS) else 0) + _reach(line)


def _reach(line: Line) -> int:
    """By how much an address, which nobody counts as columns, may make a line wider."""
    return ADDRESS_COLUMNS if _ADDRESS.search(line.text) else 0


def _are_sentences(lines: Sequence[Line], joined: set[int]) -> bool:
    """Whether paragraphs are one long sentence each, that breaks anywhere and ends in its stop."""
    last = [n + 1 for n in joined if n + 1 not in joined]
    ended = sum(_SENTENCE.search(lines[n].text[-8:]) is not None for n in last)
    inside = sum(lines[n].text[-1].isalnum() and lines[n + 1].text[0].isalnum() for n in joined)
    # Two are enough where clauses end inside of the lines, as they seldom do in verse.
    parted = sum(_COMMA.search(lines[n].text) is not None for n in joined)
    two = ended == len(last) == 2 and len(joined) >= MIN_FULL_LINES
    enough = ended >= MIN_FULL_LINES or (two and parted * 3 >= len(joined) * 2)
    return enough and ended == len(last) and inside * 2 >= len(joined)


def _read_as_prose(lines: Sequence[Line], joints: Sequence[_Joint]) -> bool:
    """Whether narrow lines are no verse: most have a comma inside, and sentences end in some."""
    texts = [lines[joint.index].text for joint in joints]
    parted = sum(_COMMA.search(text) is not None for text in texts)
    return parted * 3 >= len(texts) * 2 and any(map(_INNER.search, texts))


def _shows_paragraphs(lines: Sequence[Line]) -> bool:
    """Whether indents or empty lines, the one below the title aside, part paragraphs."""
    gaps = sum(after.number > before.number + 1 for before, after in pairwise(lines))
    return gaps > 1 or sum(line.indented for line in lines) > 1


def _joints(lines: Sequence[Line], least: int, *, stopped: bool = False) -> Iterator[_Joint]:
    """Lines of that width or more with the next one straight below: ``stopped`` ones or others."""
    for index, (line, following) in enumerate(pairwise(lines)):
        if following.number != line.number + 1 or following.indented:
            continue
        columns = _columns(line) if is_stopped(line.text) == stopped else 0
        if columns >= least:
            token = _TOKEN.match(following.text)
            slack = max(SLACK_COLUMNS, len(token[0]) if token else 0)
            yield _Joint(index, columns, slack, _reach(line))


def _common_width(joints: Sequence[_Joint]) -> int | None:
    """The width whose slack holds most joints; None where the lines agree on none."""
    counts = Counter((joint.columns - joint.reach, joint.columns + joint.slack) for joint in joints)

    def within(width: int) -> int:
        return sum(n for (least, most), n in counts.items() if least <= width <= most)

    best = max({joint.columns for joint in joints}, key=within, default=0)
    clear = within(best) >= MIN_FULL_LINES and within(best) * 5 >= len(joints) * 4
    return best if clear else None


def _width_of_two(lines: Sequence[Line], joints: Sequence[_Joint]) -> int | None:
    """Two lines are enough where empty lines part paragraphs, and both break off inside a clause.

    A comma stands in each, a sentence ends in one of them, and the next line ends the paragraph.
    """
    if len(joints) != FEW_LINES or not _shows_paragraphs(lines):
        return None
    one, other = (joint.columns for joint in joints)
    pairs = [(lines[joint.index].text, lines[joint.index + 1].text) for joint in joints]
    inside = all(text[-1].isalnum() and below[0].isalnum() for text, below in pairs)
    parted = all(_COMMA.search(text) and is_stopped(below) for text, below in pairs)
    ended = any(_INNER.search(text) for text, _ in pairs)
    even = abs(one - other) <= SLACK_COLUMNS
    return max(one, other) if even and inside and parted and ended else None


def _paragraphs(lines: Sequence[Line], joined: set[int]) -> Iterator[Line]:
    start = 0
    for index in range(len(lines)):
        if index in joined:
            continue
        run = lines[start : index + 1]
        yield from [_join(run)] if is_stopped(run[-1].text) else run
        start = index + 1


def _join(run: Sequence[Line]) -> Line:
    text = run[0].text
    parts = [text]
    for line in run[1:]:
        latin = parts[-1][-1].isascii() and line.text[0].isascii()
        if latin and not goes_on(parts[-1], line.text):
            parts.append(" ")
        parts.append(line.text)
    return Line(run[0].number, "".join(parts), run[0].indented)


def is_stopped(text: str) -> bool:
    """Whether a line ends in a stop, closing quotes and brackets aside."""
    return _STOPPED.search(text[-8:]) is not None


def _columns(line: Line) -> int:
    """Width on a terminal, four columns an indent."""
    return columns_of(line.text) + INDENT_COLUMNS * line.indented


def columns_of(text: str) -> int:
    """Width on a terminal: two columns a Chinese character or mark."""
    return len(text) + sum(unicodedata.east_asian_width(char) in "WFA" for char in text)
