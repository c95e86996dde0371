"""Single lines of furniture, and what only shows beside them: platforms, steps of review."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines import find_closing
from readaloud.editing.closing_lines.one_line import TOLD, weigh
from readaloud.editing.findings import Finding
from readaloud.editing.foreign_sections import find_sections
from readaloud.editing.furniture_runs import find_runs
from readaloud.editing.line_shape import has_full_stop, is_sentence, is_word_told
from readaloud.editing.other_articles import find_others
from readaloud.editing.page_heads import find_page_heads
from readaloud.editing.rulebook import Rulebook, house_rules, mark
from readaloud.editing.vocabulary_lines import find_vocabulary_lines
from readaloud.errors import msg
from readaloud.model import Block

TOLD_CHARS = 20
"""A sentence of so many characters may be the article's, whatever a rule says."""
FLOOD_CHARS = 4000
FLOOD_RATIO = 0.12
"""Prose in UTF-8 keeps a third of its bytes or more; what repeats itself keeps next to nothing."""

_ENCYCLOPEDIA = "encyclopedia"
_SURE = frozenset({_ENCYCLOPEDIA})
"""Rules whose lines speak as articles do: a page about a thing says which other it is not."""
_CONTENTS = mark("contents header")
_PLATFORMS = mark("platforms")
_BUTTON = mark("button")
_BUTTON_BELOW = mark("button below")
_ACCOUNT = mark("account above buttons")
_BAR = Finding("share", msg("share bar"))
_PAGE_NUMBER = re.compile(r"[-—–]\s?(\d{1,4})\s?[-—–]")
_OF_WORDS = re.compile("这(?:句话|[两三四几八]个字|行字)|字样")
"""A sentence that tells of words, a notice's among them."""
_DASH = "—"
"""Official documents have their pages between two of these."""
MIN_BUTTONS, QUOTED = 3, 4
MIN_PAGES, FIRST_PAGE = 2, 10


def find_boilerplate(blocks: Sequence[Block], book: Rulebook | None = None) -> dict[int, Finding]:
    """The lines that a rule knows, by index, and the sections that are not the article's own."""
    own = frozenset(house_rules().rules)
    book = book or house_rules()
    blocks = [_judged(block, index) for index, block in enumerate(blocks)]
    found = {
        index: rule.finding
        for index, block in enumerate(blocks)
        if (rule := book.find(block, index, len(blocks))) is not None
        and not (rule in own and rule.finding.rule not in _SURE and _is_told(block.text))
        and not (rule in own and is_word_told(block.text))
    }
    found |= _find_headings(blocks, book)
    found |= _find_rows(blocks, book)
    found |= _find_bars(blocks)
    found |= _find_followers(blocks, found, book)
    found |= _find_buttons_below(blocks, found)
    found |= _find_page_numbers(blocks)
    # Two ways to know words, on purpose: a list decides anywhere and for certain, learnt weights
    # (find_closing) only at the edges, last, with a doubt. They have no words to share.
    found |= find_vocabulary_lines(blocks, found)
    found |= find_page_heads(blocks, found)
    found |= find_runs(blocks, found)
    found |= find_others(blocks, found)
    found |= {n: Finding("flood", msg("repeats itself without end")) for n in _find_floods(blocks)}
    found = {**find_sections(blocks, found), **found}
    return {**find_closing(blocks, found), **found}


def _judged(block: Block, index: int) -> Block:
    """A line set as a quotation at the head may be the page's: its path, a note."""
    quoted = block.kind == "quote" and index < QUOTED
    return replace(block, kind="paragraph") if quoted else block


def _is_told(text: str) -> bool:
    """Whether the words of a whole sentence are so clearly an article's that a rule may be wrong.

    What the user's own rules say holds.
    """
    if len(text) < TOLD_CHARS or not has_full_stop(text):
        return False
    return _OF_WORDS.search(fold(text)) is not None or weigh(text) <= TOLD


def _find_headings(blocks: Sequence[Block], book: Rulebook) -> dict[int, Finding]:
    """Marked headings of what is gone: a list of contents, an encyclopedia's pictures."""
    result: dict[int, Finding] = {}
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        rule = book.find(replace(block, kind="paragraph"), index, len(blocks))
        below = blocks[index + 1].kind if index + 1 < len(blocks) else "heading"
        if rule is not None and rule.finding.rule == _ENCYCLOPEDIA:
            result[index] = rule.finding
        elif below == "heading" and block.text in _CONTENTS:
            result[index] = Finding("contents", msg("table of contents"))
    return result


def _find_rows(blocks: Sequence[Block], book: Rulebook) -> dict[int, Finding]:
    """A form below the article that is laid out as a table: all of its rows, or none."""
    result: dict[int, Finding] = {}
    for index in reversed(range(len(blocks))):
        if blocks[index].kind != "row":
            break
        rule = book.find(replace(blocks[index], kind="paragraph"), index, len(blocks))
        if rule is None:
            return {}
        result[index] = rule.finding
    return result


def _find_followers(
    blocks: Sequence[Block], found: Mapping[int, Finding], book: Rulebook
) -> dict[int, Finding]:
    """Lines that count below others only: platforms below a share bar, 二审：某某 below an editor."""
    result: dict[int, Finding] = {}
    for index in range(1, len(blocks)):
        above = result.get(index - 1) or found.get(index - 1)
        if index in found or above is None:
            continue
        rule = book.find_follower(blocks[index], above.rule, index, len(blocks))
        if rule is not None:
            result[index] = rule.finding
    return result


def _find_buttons_below(
    blocks: Sequence[Block], found: Mapping[int, Finding]
) -> dict[int, Finding]:
    """Single buttons, one a line, where nothing but furniture stands below and some beside them."""
    result: dict[int, Finding] = {}
    for index in reversed(range(len(blocks))):
        if index in found:
            continue
        if not (len(blocks[index].text) <= 8 and blocks[index].text in _BUTTON_BELOW):
            break
        result[index] = Finding("controls", msg("page controls"))
    beside = any(n - 1 in found or n + 1 in found for n in result)
    return result if beside else {}


def _find_page_numbers(blocks: Sequence[Block]) -> dict[int, Finding]:
    """- 35 -, - 36 -: a book's pages. Sections are numbered so too, from 1 on, above their text."""
    matches = ((n, _PAGE_NUMBER.fullmatch(b.text)) for n, b in enumerate(blocks))
    pages = {n: int(match[1]) for n, match in matches if match}
    counts = list(pages.values())
    rising = all(after == before + 1 for before, after in pairwise(counts))
    if len(counts) < MIN_PAGES or not rising:
        return {}
    first = min(pages)
    below = blocks[first].text[0] == _DASH and any(
        is_sentence(b.text, TOLD_CHARS) for b in blocks[:first]
    )
    if counts[0] < FIRST_PAGE and not below:
        return {}
    return dict.fromkeys(pages, Finding("page counter", msg("page or picture counter")))


def _find_bars(blocks: Sequence[Block]) -> dict[int, Finding]:
    """Buttons one a line: three platforms or more in a row, with a 关注某某 above them."""
    result: dict[int, Finding] = {}
    run: list[int] = []
    for index in range(len(blocks) + 1):
        text = blocks[index].text if index < len(blocks) else ""
        if len(text) <= 12 and text in _BUTTON:
            run.append(index)
            continue
        if len(run) >= MIN_BUTTONS and any(blocks[n].text in _PLATFORMS for n in run):
            head = run[0] - 1
            led = head >= 0 and blocks[head].text[:20] in _ACCOUNT
            result |= dict.fromkeys([head, *run] if led else run, _BAR)
        run = []
    return result


def _find_floods(blocks: Sequence[Block]) -> list[int]:
    long = (n for n, b in enumerate(blocks) if len(b.text) >= FLOOD_CHARS and b.kind != "code")
    return [n for n in long if _repeats_itself(blocks[n].text)]


def _repeats_itself(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    return len(zlib.compress(data, 1)) < len(data) * FLOOD_RATIO
