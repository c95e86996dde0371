"""Sections that are not the article's own: lists of others, sponsored texts, comments.

Each begins at a header line. What is below it goes only where its shape says so as well; where
the article may go on, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from readaloud.editing.echoes import echo, gather_words
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import (
    DECORATION,
    ends_open,
    ends_sentence,
    has_inner_stop,
    is_quoted,
    is_sentence,
    size,
)
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

_HEADER = mark("list header")
_HEADER_LINE = mark("list header with an entry")
_SPONSORED = mark("sponsored mark")
_SLOT = mark("advertising slot")
_OFFER = mark("offer of goods")
_COMMENTS = mark("comments header")
_COMMENT = mark("comment")
_REPLIES = mark("header of replies")
_REPLY = mark("head of a reply")
_TEASER_COUNT = mark("count below a teaser")
_BULLET = re.compile(r"[▶►●•·・◦‧◆■★☆→»]|\d{1,2}[、.．]")
_HEADER_CHARS = 90
_TEASER_CHARS = 45
_ENTRY_CHARS = 60
_COMMENT_CHARS = 150
_BELOW = ("以下", "下文", "下面")
_BODY_SHARE = 1.2
"""The article's own paragraphs are this much longer than any entry of a list below it."""
MIN_TITLE, MIN_ECHO = 8, 0.2
MIN_SENTENCES = 2
MIN_SENTENCE = 8

MIN_REPLIES = 2
PER_COMMENT = 4
"""Lines of a comment at most: who, from where, what, an answer."""
NEAR_LINK = 3
"""Lines below a header among which a link stands: a picture may come first."""
MOST_TEASED = 4
"""Lines of a teaser at most, with the one that counts."""
_COUNT = re.compile(r"\d{1,3}(?!\d)")
_SAID = Finding("comments", msg("readers' comments"))
_OTHERS = Finding("related", msg("list of other articles"))


def find_sections(blocks: Sequence[Block], furniture: Mapping[int, Finding]) -> dict[int, Finding]:
    """Every section's lines by index; ``furniture`` is what the rules for lines know already."""
    found = dict(furniture)
    found |= _find_comments(blocks, found)
    found |= _find_replies(blocks, found)
    found |= _find_sponsored(blocks, found)
    for index in range(len(blocks)):
        if index not in found:
            found |= dict.fromkeys(_list_at(blocks, index, found), _OTHERS)
    found |= _find_linked(blocks, found)
    found |= _find_tail(blocks, found)
    return found


def find_headed(blocks: Sequence[Block]) -> list[frozenset[int]]:
    """Comments, replies and lists of links on a whole page, each section with its header."""
    known: dict[int, Finding] = {}
    finders = (_find_comments, _find_replies, _find_linked)
    return [frozenset(found) for find in finders if (found := find(blocks, known))]


def _core(text: str) -> str:
    return text.strip(DECORATION) if len(text) <= _HEADER_CHARS * 2 else text


def _tail_start(blocks: Sequence[Block], found: Collection[int], limit: int) -> int:
    """The first index from which all lines are furniture, or no longer than the limit."""
    start = len(blocks)
    while start and (start - 1 in found or size(blocks[start - 1].text) <= limit):
        start -= 1
    return start


def _find_replies(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """All from the first of several heads of replies on, and the short line that heads them."""
    first = _article_above(blocks, found)
    heads = [
        n
        for n in range(first, len(blocks))
        if len(blocks[n].text) <= _COMMENT_CHARS and blocks[n].text in _REPLY
    ]
    if len(heads) < MIN_REPLIES:
        return {}
    start = heads[0] - (_core(blocks[heads[0] - 1].text) in _REPLIES)
    return {n: _SAID for n in range(start, len(blocks)) if n not in found}


def _find_comments(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header of comments and all below it, where a line in three at least has a comment's look."""
    start = _tail_start(blocks, found, _COMMENT_CHARS)
    for index in range(max(start - 1, _article_above(blocks, found)), len(blocks)):
        if len(blocks[index].text) > _HEADER_CHARS or _core(blocks[index].text) not in _COMMENTS:
            continue
        below = [n for n in range(index + 1, len(blocks)) if n not in found]
        like = sum(block.text[:40] in _COMMENT for block in blocks[index + 1 :])
        counted = len(below) <= _counted(blocks[index].text) and _told(blocks, found, index)
        if like * 3 >= len(below) or counted:
            return {n: _SAID for n in (index, *below) if n not in found}
        return {}
    return {}


def _told(blocks: Sequence[Block], found: Mapping[int, Finding], index: int) -> bool:
    """Whether most of what is told in sentences stands above: a count of comments stands there, too."""
    told = {
        n: size(block.text)
        for n, block in enumerate(blocks)
        if n not in found and is_sentence(block.text, MIN_SENTENCE)
    }
    return 2 * sum(chars for n, chars in told.items() if n < index) >= sum(told.values())


def _counted(header: str) -> int:
    """The lines that as many comments have as their header counts: 精选留言（3）."""
    count = _COUNT.search(header)
    return int(count[0]) * PER_COMMENT if count else 0


def _find_sponsored(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A mark of a sponsored text and all below it, where an article stands above.

    A bare 广告 or END may stand in the middle too: there a line in three below has to make offers,
    and one at least below a mark that doesn't say that it speaks of what is below.
    """
    offers = below = 0
    labels: dict[int, Finding] = {}
    finding = Finding("sponsored", msg("sponsored text after the article"))
    first = _article_above(blocks, found)
    for index in reversed(range(first, len(blocks))):
        text = _core(blocks[index].text)
        slot = len(text) <= 30 and text in _SLOT and offers > 1 and offers * 3 >= below
        paid = len(text) <= 30 and text in _SPONSORED
        if slot or (paid and (offers or text.startswith(_BELOW))):
            return {n: finding for n in range(index, len(blocks)) if n not in found}
        if paid:
            labels[index] = finding
        offers += blocks[index].text[:300] in _OFFER
        below += index not in found
    return labels


def _article_above(blocks: Sequence[Block], found: Mapping[int, Finding]) -> int:
    """The first index with two whole sentences of the article above it."""
    sentences = 0
    for index, block in enumerate(blocks):
        if sentences == MIN_SENTENCES:
            return index
        sentences += index not in found and is_sentence(block.text, MIN_SENTENCE)
    return len(blocks)


def _list_at(blocks: Sequence[Block], index: int, found: Mapping[int, Finding]) -> Sequence[int]:
    """The header at that index and the list below it; empty where there is no header."""
    block = blocks[index]
    core = _core(block.text)
    kinds = {"paragraph", "item", "caption", "heading"}
    if block.kind not in kinds or len(core) > _HEADER_CHARS:
        return []
    header = _HEADER.find(core)
    if header is None:
        alone = block.kind != "heading" and core in _HEADER_LINE
        return [index] if alone else []
    listed = _without_title(blocks, index, list(_listed(blocks, index + 1, found)))
    last = index + 1 == len(blocks)
    if listed or last or (block.kind != "heading" and header["colon"]):
        return [n for n in (index, *listed) if n not in found]
    return []


def _without_title(blocks: Sequence[Block], header: int, listed: list[int]) -> list[int]:
    """The list; at the head of a page its last line may be the title of the text right below it."""
    if not listed or any(is_sentence(block.text, _ENTRY_CHARS // 2) for block in blocks[:header]):
        return listed
    text = blocks[listed[-1]].text
    title = (
        size(text) >= MIN_TITLE and echo(text, gather_words(blocks[listed[-1] + 1 :])) >= MIN_ECHO
    )
    return listed[:-1] if title else listed


def _listed(blocks: Sequence[Block], start: int, found: Mapping[int, Finding]) -> Iterator[int]:
    """The lines of a list: marked items, else teasers; one teaser may be the article going on."""
    items = _run(blocks, start, lambda n: blocks[n].kind == "item" or _bulleted(blocks[n]))
    if items > start:
        yield from range(start, items)
        return
    teasers = _run(blocks, start, lambda n: n in found or _is_teaser(blocks[n]))
    headed = teasers < len(blocks) and _core(blocks[teasers].text[:99]) in _HEADER
    own = sum(n not in found for n in range(start, teasers))
    if own > 1 or teasers == len(blocks) or headed:
        yield from range(start, teasers)


def _run(blocks: Sequence[Block], start: int, belongs: Callable[[int], bool]) -> int:
    end = start
    while end < len(blocks) and belongs(end):
        end += 1
    return end


def _bulleted(block: Block) -> bool:
    return size(block.text) <= _ENTRY_CHARS and _BULLET.match(block.text) is not None


def _is_teaser(block: Block) -> bool:
    """A headline: short, open at the end, one clause."""
    short = size(block.text) <= _TEASER_CHARS and block.kind == "paragraph"
    return short and ends_open(block.text) and not has_inner_stop(block.text)


def _find_linked(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Below the header of a list, up to the next heading, links and what they lead to in short."""
    taken: dict[int, Finding] = {}
    for n in range(_article_above(blocks, found), len(blocks) - 2):
        leads = any(block.linked for block in blocks[n + 1 : n + 1 + NEAR_LINK])
        if blocks[n].linked or not leads or _core(blocks[n].text[:_HEADER_CHARS]) not in _HEADER:
            continue
        end = _run(blocks, n + 1, lambda m: blocks[m].kind != "heading" or blocks[m].linked)
        own = [m for m in range(n + 1, end) if m not in found]
        short = all(blocks[m].linked or size(blocks[m].text) <= _ENTRY_CHARS for m in own)
        links = [m for m in own if blocks[m].linked]
        if short and len(links) > 1 and own[0] == links[0]:
            taken |= {m: _OTHERS for m in (n, *own) if m not in found}
    return taken


def _find_tail(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header below which nothing but short sentences stands: headlines of other articles.

    The article's own paragraphs have to be clearly longer, and none of the lines may be speech.
    """
    start = _tail_start(blocks, found, _ENTRY_CHARS)
    headers = (
        n
        for n in range(max(start - 1, _article_above(blocks, found)), len(blocks))
        if len(blocks[n].text) <= _HEADER_CHARS and _core(blocks[n].text) in _HEADER
    )
    header = next(headers, None)
    if header is None or header + 1 < start:
        return {}
    below = [n for n in range(header + 1, len(blocks)) if n not in found]
    own = [
        size(block.text)
        for n, block in enumerate(blocks[:header])
        if n not in found and ends_sentence(block.text)
    ]
    if not below or not own or any(is_quoted(blocks[n].text) for n in below):
        return {}
    longest = max(size(blocks[n].text) for n in below)
    if median(own) < longest * _BODY_SHARE and not _are_counted(blocks, header):
        return {}
    return {n: _OTHERS for n in (header, *below) if n not in found}


def _are_counted(blocks: Sequence[Block], header: int) -> bool:
    """Whether each of several teasers, up to the last line, has its count below it."""
    counted = [
        n
        for n in range(header + 1, len(blocks))
        if len(blocks[n].text) <= _HEADER_CHARS and blocks[n].text in _TEASER_COUNT
    ]
    between = (after - before for before, after in pairwise([header, *counted]))
    ends = bool(counted) and counted[-1] == len(blocks) - 1
    return ends and len(counted) > 1 and all(2 <= lines <= MOST_TEASED for lines in between)
