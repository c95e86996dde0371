"""Lines that count in company only: buttons beside a program's words, credits, contents, floods."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from readaloud.editing.bylines import is_credit
from readaloud.editing.echoes import echo, gather_words
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, has_words, is_sentence, size
from readaloud.editing.rulebook import NEAR, bare, mark
from readaloud.editing.vocabulary_lines import is_word
from readaloud.errors import msg
from readaloud.model import Block

_WORD = mark("interface word")
_CREDIT = mark("soft credit")
_CREDIT_SHAPE = mark("shape of a credit")
_CONTENTS = mark("contents header")
_REFERENCES = mark("references header")
_REFERENCE = mark("reference")
_SOURCES_HEADER = mark("header of sources alone")
_DATED = mark("dated headline")
_LINKS_HEADER = mark("header of links")
_BOARD = re.compile(r"[^\s，。！？]{2,12}[吧板版]|\S{2,10}(?:论坛|論壇|社区|社區|小组|小組|圈)")
_ORIGINAL = mark("address of the original")
_OFFERS = mark("flood of offers")
_STUFFED = re.compile(r"[^_。！？]{4,60}(?:_[^_。！？]{4,60}){2,5}")
"""Words for search engines, as their pages' titles have them."""
_BUTTONS = frozenset(
    (
        *("interface", "controls", "share", "account", "original", "like", "download"),
        *("counter", "call to action", "pass on", "log in", "novel site"),
    )
)
"""Rules below and above whose lines a button's word is one."""
_CREDITS = frozenset(
    {"editor", "supplier", "byline", "expert", "source", "end mark", "footer", "notice", "hotline"}
)
_WORD_CHARS = 12
_NAME_CHARS = 16
_SCRAP_CHARS = 5
_CREDIT_CHARS = 60
_LINE_CHARS = 40
MIN_CREDITS = 2
MOST_CREDITS = 40
"""Lines from the end in which credits are looked for."""
MIN_DATED = 8
MIN_FLOOD = 12
MIN_LISTED = 2
HEAD = 5
FLOOD_SHARE = 0.5
"""Of a line's pairs of characters, those that the line above has as well."""
_RECORD = Finding("record", msg("record of the publication"))
_LISTED = Finding("contents", msg("table of contents"))
_SOURCES = Finding("references", msg("list of sources and links"))
_PATH = "breadcrumb"
MENU = 40
_TITLE_CHARS, _TITLE_ECHO = 7, 0.2
_NAME_ECHO = 0.25
_NUMBERING = re.compile(r"^[\d.．、一二三四五六七八九十（）()\s]{1,8}|[\s.…·]{0,40}\d{0,4}$")
_DATE_ENDS = frozenset("0123456789日)）]】")
_POINTED = re.compile("[↑☝▲👆].{1,20}[↑☝▲👆]$")
"""An account's name between arrows."""
_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"[\d\s]")


def find_runs(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """The lines that only their neighbours give away; ``found`` is what is known already."""
    known = dict(found)
    cores = [bare(b.text) if len(b.text) <= _CREDIT_CHARS else "" for b in blocks]
    for find in (
        _find_menu,
        _find_buttons,
        _find_names,
        _find_scraps,
        _find_boards,
        _find_originals,
        _find_credits,
        _find_lists,
        _find_floods,
    ):
        known |= {n: each for n, each in find(blocks, known, cores).items() if n not in known}
    return {n: each for n, each in known.items() if n not in found}


def _find_menu(
    blocks: Sequence[Block], found: Mapping[int, Finding], _: Sequence[str]
) -> dict[int, Finding]:
    """The menu above the path of a page: short lines, of which the text below says nothing."""
    paths = (n for n in range(min(MENU, len(blocks))) if n in found and found[n].rule == _PATH)
    path = next(paths, 0)
    short = all(ends_open(b.text) and len(b.text) <= _CREDIT_CHARS for b in blocks[:path])
    if not path or not short:
        return {}
    finding = Finding("navigation", msg("menu of the page"))
    words = gather_words(blocks[path:])
    lines = (n for n in range(path) if n not in found)
    return {n: finding for n in lines if not _may_be_title(blocks[n].text, words)}


def _may_be_title(text: str, words: frozenset[str]) -> bool:
    return size(text) >= _TITLE_CHARS and echo(text, words) >= _TITLE_ECHO


def _runs(count: int, belongs: Callable[[int], bool]) -> list[range]:
    """The runs of indices that belong, each from its first to behind its last."""
    runs: list[range] = []
    start = None
    for index in range(count + 1):
        inside = index < count and belongs(index)
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            runs.append(range(start, index))
            start = None
    return runs


def _find_buttons(
    blocks: Sequence[Block], found: Mapping[int, Finding], cores: Sequence[str]
) -> dict[int, Finding]:
    """Words of buttons, and lines that can't be said, in a run with lines of the program's own."""

    def belongs(index: int) -> bool:
        block = blocks[index]
        if index in found:
            return found[index].rule in _BUTTONS
        if block.kind not in {"paragraph", "item"} or size(block.text) > _WORD_CHARS:
            return not has_words(block.text)
        return not has_words(block.text) or _WORD.knows(cores[index]) or is_word(block.text)

    if not any(each.rule in _BUTTONS for each in found.values()):
        return {}
    finding = Finding("interface", msg("words of the reading program"))
    return {
        index: finding
        for run in _runs(len(blocks), belongs)
        if not found.keys().isdisjoint(run)
        for index in run
    }


def _find_names(
    blocks: Sequence[Block], found: Mapping[int, Finding], _: Sequence[str]
) -> dict[int, Finding]:
    """An account's name between two lines of the program, below the text."""
    finding = Finding("interface", msg("words of the reading program"))
    return {
        index: finding
        for index in range(_last_told(blocks, found) + 2, len(blocks) - 1)
        if index not in found
        and size(blocks[index].text) <= _NAME_CHARS
        and ends_open(blocks[index].text)
        and all(n in found and found[n].rule == "interface" for n in (index - 1, index + 1))
    }


def _find_scraps(
    blocks: Sequence[Block], found: Mapping[int, Finding], _: Sequence[str]
) -> dict[int, Finding]:
    """A word or two between two lines that are gone, above the text, of which it says nothing.

    A user's name between lines of the program may hold a word of the text.
    """
    finding = Finding("interface", msg("words of the reading program"))
    words = gather_words(blocks)
    told = next((n for n, b in enumerate(blocks) if is_sentence(b.text, _NAME_CHARS + 1)), 0)

    def most_said(index: int) -> float:
        beside = [found[n].rule for n in (index - 1, index + 1) if n in found]
        return _NAME_ECHO if beside == ["interface"] * 2 else 0.0

    return {
        index: finding
        for index in range(1, told)
        if index not in found
        and all(n in found or _POINTED.match(blocks[n].text) for n in (index - 1, index + 1))
        and size(blocks[index].text) <= _SCRAP_CHARS
        and ends_open(blocks[index].text)
        and echo(blocks[index].text, words) <= most_said(index)
    }


def _find_originals(
    blocks: Sequence[Block], found: Mapping[int, Finding], cores: Sequence[str]
) -> dict[int, Finding]:
    """Where a copy comes from, set off as a quotation among the first lines."""
    head = range(min(HEAD, len(blocks)))
    quoted = (n for n in head if blocks[n].kind == "quote" and n not in found)
    return {n: _RECORD for n in quoted if _ORIGINAL.knows(cores[n])}


def _find_boards(
    blocks: Sequence[Block], found: Mapping[int, Finding], _: Sequence[str]
) -> dict[int, Finding]:
    """The name of a forum's board above what the board counts: 钟表吧."""
    counted = len(blocks) > 1 and 1 in found and found[1].rule == "counter"
    board = counted and 0 not in found and _BOARD.fullmatch(blocks[0].text) is not None
    return {0: Finding("site name", msg("site name above the title"))} if board else {}


def _find_credits(
    blocks: Sequence[Block], found: Mapping[int, Finding], cores: Sequence[str]
) -> dict[int, Finding]:
    """Two credits or more in a row, half of them known, with nothing of the article's below."""
    last = max(_last_told(blocks, found), len(blocks) - MOST_CREDITS)

    def known(index: int) -> bool:
        if index in found:
            return found[index].rule in _CREDITS
        return index > last and _CREDIT.knows(cores[index])

    def belongs(index: int) -> bool:
        shaped = index > last and index not in found and _CREDIT_SHAPE.knows(cores[index])
        return shaped or known(index)

    finding = Finding("editor", msg("editorial credit"))
    runs = (run for run in _runs(len(blocks), belongs) if len(run) >= MIN_CREDITS)
    sure = (n for run in runs if 2 * sum(map(known, run)) >= len(run) for n in run)
    # Who wrote it is read from its line at the end, which goes then.
    return {n: finding for n in sure if n < len(blocks) - NEAR or not is_credit(blocks[n].text)}


def _last_told(blocks: Sequence[Block], found: Mapping[int, Finding]) -> int:
    """The last of the article's own sentences, -1 where there is none."""
    told = (
        index
        for index in reversed(range(len(blocks)))
        if index not in found and is_sentence(blocks[index].text, _NAME_CHARS + 1)
    )
    return next(told, -1)


def _find_lists(
    blocks: Sequence[Block], found: Mapping[int, Finding], cores: Sequence[str]
) -> dict[int, Finding]:
    """Contents and sources, each with its header."""
    result: dict[int, Finding] = {}
    last: dict[str, int] = {}
    for index, core in enumerate(cores):
        if not core or len(core) > _LINE_CHARS:
            continue
        if index not in found and _CONTENTS.knows(core):
            last = last or _last_places(blocks)
            result |= dict.fromkeys(_contents_at(blocks, index, last), _LISTED)
        elif _REFERENCES.knows(core):
            result |= dict.fromkeys(_references_at(blocks, index, found), _SOURCES)
    return result


def _last_places(blocks: Sequence[Block]) -> dict[str, int]:
    """Where a line that may be a heading stands for the last time."""
    short = (
        (n, block.text) for n, block in enumerate(blocks) if len(block.text) <= _LINE_CHARS * 2
    )
    return {_key(text): n for n, text in short}


def _contents_at(blocks: Sequence[Block], header: int, last: Mapping[str, int]) -> range:
    """A list of the text's own headings, where at least half of its lines stand again below."""
    listed = _contents_below(blocks, header + 1)
    again = sum(last.get(_key(blocks[n].text), -1) >= listed.stop for n in listed)
    is_list = again >= MIN_LISTED and again * 2 >= len(listed)
    return range(header, listed.stop if is_list else header)


def _references_at(blocks: Sequence[Block], header: int, found: Mapping[int, Finding]) -> range:
    """The sources below their header; of a list that begins so, all items."""
    surely = _SOURCES_HEADER.knows(bare(blocks[header].text))
    links = header >= len(blocks) - NEAR and blocks[header].text in _LINKS_HEADER
    end = header + 1
    while end < len(blocks) and (
        end in found
        or blocks[end].text[:300] in _REFERENCE
        or (end > header + 1 and blocks[end].kind == blocks[end - 1].kind == "item")
        or (surely and blocks[end].kind == "item" and not blocks[end].text.endswith("。"))
        or (links and _is_link(blocks[end]))
    ):
        end += 1
    return range(header, end if end > header + 1 else header)


def _is_link(block: Block) -> bool:
    """Whether a line can be the name of a page elsewhere."""
    return block.kind == "paragraph" and size(block.text) <= _LINE_CHARS and ends_open(block.text)


def _contents_below(blocks: Sequence[Block], start: int) -> range:
    seen: set[str] = set()
    end = start
    while end < len(blocks) and size(blocks[end].text) <= _LINE_CHARS:
        text, key = blocks[end].text, _key(blocks[end].text)
        if key in seen or not key or not ends_open(text):
            break
        seen.add(key)
        end += 1
    return range(start, end)


def _key(text: str) -> str:
    """A heading without its number and its page."""
    return _NUMBERING.sub("", bare(text)).replace(" ", "")


def _find_floods(
    blocks: Sequence[Block], found: Collection[int], _: Sequence[str]
) -> dict[int, Finding]:
    """Headlines with a date glued to each, and lines of one shape that make offers."""
    dated = _runs(
        len(blocks),
        lambda n: n not in found and _is_dated(blocks[n].text),
    )
    related = Finding("related", msg("list of other articles"))
    result = {n: related for run in dated if len(run) >= MIN_DATED for n in run}
    flood = Finding("flood", msg("repeats itself without end"))
    alike = _alike_to_next(blocks)
    floods = (run for run in _runs(len(blocks), lambda n: n not in found and alike[n]))
    return result | {n: flood for run in floods if len(run) >= MIN_FLOOD for n in run}


def _is_dated(text: str) -> bool:
    return len(text) <= 120 and text[-1:] in _DATE_ENDS and text in _DATED


def _alike_to_next(blocks: Sequence[Block]) -> list[bool]:
    """Of each line whether it makes an offer in the shape of the line above or below."""
    pairs = [_pairs(block.text) for block in blocks]
    steps = [
        bool(one and other)
        and (
            len(one & other) >= FLOOD_SHARE * max(len(one), len(other))
            or _skeleton(blocks[n].text) == _skeleton(blocks[n + 1].text)
        )
        for n, (one, other) in enumerate(pairwise(pairs))
    ]
    return [any(steps[max(n - 1, 0) : n + 1]) for n in range(len(blocks))]


def _skeleton(text: str) -> str:
    """A line's signs alone, its words and numbers aside."""
    return _WORDS.sub("A", text)


def _pairs(text: str) -> frozenset[str]:
    """An offer's pairs of characters, digits aside; none of any other line."""
    if not 8 <= len(text) <= 200 or not (_STUFFED.fullmatch(text) or text in _OFFERS):
        return frozenset()
    return frozenset(map("".join, pairwise(_DIGITS.sub("", text))))
