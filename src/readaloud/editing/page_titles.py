"""The title of a page that was saved as text: in line 1 with the site's name, and above the body.

Scrapers leave the window's title first, then menus, then the title again, then the text. What
line 1 and a line above the first sentence begin with in common is the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readaloud.editing.echoes import SENTENCE_CHARS, echo, gather_words, is_prose, letters
from readaloud.editing.line_shape import size
from readaloud.editing.site_names import before_strokes, behind_site, is_masthead, strip_site
from readaloud.editing.title_lines import can_be_title
from readaloud.model import Block

MIN_SHOWN = 4
MIN_AGAIN = 8
"""Shown again without a site's name behind it: a shorter line may be a refrain."""
MENU = 5
"""So many short lines between line 1 and the first sentence are a page's menu."""
SHORT_MENU = 3
LONG_MENU = 15
LONG_TITLE = 10
NEAR_TEXT = 8
MAX_HEAD = 500
MAX_ANCHOR = 200
BULLETS = "#·•■▶►»> "
MUCH_ECHO = 0.6
MIN_ECHO = 0.4
"""A headline's share of pairs that its text has, too."""


@dataclass(frozen=True, slots=True)
class PageTitle:
    """Where the title is shown, what it says, and where it stands before that, by index."""

    index: int
    text: str
    pieces: tuple[str, ...] = ()
    """What was glued to it there."""
    before: tuple[int, ...] = ()


def find_page_title(blocks: Sequence[Block]) -> PageTitle | None:
    """The title by the lines above the first sentence; None where they don't say."""
    if len(blocks) < 3 or blocks[0].kind != "paragraph" or len(blocks[0].text) > MAX_ANCHOR:
        return None
    body = next((n for n in range(1, len(blocks)) if is_prose(blocks[n])), None)
    bare, pieces = strip_site(blocks[0].text)
    if body is None and not pieces:
        return None
    end = min(body if body is not None else len(blocks), MAX_HEAD)
    whole = _find_whole(blocks[:end])
    if whole is not None:
        return _at(blocks, whole)
    share = echo(bare, gather_words(blocks))
    said = share >= MIN_ECHO
    shown = _find_shown(blocks[:end], bare, bool(pieces))
    if shown is None or not (pieces or _is_shown_title(bare, said, shown)):
        shown = _find_late(blocks, end)
    if shown is not None:
        return _at(blocks, shown)
    menu = sum(size(block.text) < SENTENCE_CHARS for block in blocks[1:end])
    spoken_of = said and menu >= (MENU if share < MUCH_ECHO else SHORT_MENU)
    alone = bool(pieces) or menu >= LONG_MENU or spoken_of
    return PageTitle(0, bare, tuple(pieces)) if alone and _stands_alone(bare, menu, said) else None


def _stands_alone(text: str, menu: int, said: bool) -> bool:
    """Whether line 1 is a headline, though it is not shown again."""
    least = LONG_TITLE if menu >= LONG_MENU and not said else 2 * MIN_SHOWN
    return size(text) >= least and not is_masthead(text) and can_be_title(text)


def _is_shown_title(text: str, said: bool, shown: int) -> bool:
    """Whether a line shown again is the title; of a refrain, or a site's name, no sentence speaks."""
    if shown >= MENU and size(text) >= LONG_TITLE:
        return True
    return size(text) >= MIN_SHOWN + 2 and (said or (shown == 1 and size(text) >= MIN_AGAIN))


def _find_whole(head: Sequence[Block]) -> int | None:
    """The line that line 1 has before a stroke: of the longest the last. Titles have strokes, too.

    Behind the name of a site it may be shorter.
    """
    fronts = (letters(front) for front in before_strokes(head[0].text))
    behind = (letters(rest) for rest in behind_site(head[0].text))
    titles = {front for front in fronts if len(front) >= MIN_AGAIN}
    titles |= {rest for rest in behind if len(rest) >= MIN_SHOWN}
    owns = ((n, letters(block.text)) for n, block in enumerate(head) if n)
    sizes = {n: len(own) for n, own in owns if own in titles}
    return max(sizes, key=lambda n: (sizes[n], n), default=None)


def _find_late(blocks: Sequence[Block], start: int) -> int | None:
    """A line below the first sentence (a notice of the page) that line 1 has before a stroke."""
    fronts = {letters(front) for front in before_strokes(blocks[0].text)}
    for index in range(start, min(len(blocks) - 1, MAX_HEAD)):
        text = blocks[index].text
        if len(text) <= MAX_ANCHOR and len(text) >= MIN_AGAIN and letters(text) in fronts:
            below = blocks[index + 1 : index + 1 + NEAR_TEXT]
            return index if any(map(is_prose, below)) else None
    return None


def _find_shown(head: Sequence[Block], bare: str, named: bool) -> int | None:
    """The line that begins as line 1 does: of the longest the last, right above the text."""
    wanted = letters(bare)
    least = MIN_SHOWN if named else MIN_SHOWN + 2
    best, place = 0, None
    for index in range(1, len(head)):
        own = letters(head[index].text)
        common = _common(own, wanted)
        if common >= max(best, least) and _is_shown(own, wanted, common):
            best, place = common, index
    return place


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _is_shown(own: str, wanted: str, common: int) -> bool:
    """The same, or a shorter or longer form of it; two characters say nothing."""
    if own == wanted:
        return True
    shorter = common == len(own) >= 8 and common * 2 >= len(wanted)
    longer = common >= 8 and common * 4 >= len(wanted) * 3 and common * 10 >= len(own) * 7
    return shorter or longer


def _at(blocks: Sequence[Block], index: int) -> PageTitle:
    text, pieces = strip_site(blocks[index].text.lstrip(BULLETS))
    wanted = letters(text)
    before = (n for n in range(index) if letters(blocks[n].text).startswith(wanted))
    return PageTitle(index, text, tuple(pieces), tuple(before))
