"""Trims an article's margins: links, the date and the site's rights before and behind its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from readaloud.errors import msg
from readaloud.sources.readers.html.page_frame import is_prose, name_words
from readaloud.sources.readers.shared.passages import Passage

OUTSIDE = msg("outside the article")
_LINKS = msg("list of links")
_TRAIL = msg("navigation")
_FOOTER = re.compile(r"版[权權]所有|Copyright|All Rights Reserved|ICP[备備]|©", re.IGNORECASE)
_FOOTER_CHARS = 160
PUBLISHED = msg("publication line")
PUBLISHED_LINE = re.compile(
    r"(?:(?:[发發][布佈表]|更新|[编編][辑輯])[^\d。]{0,6})?(?:19|20)\d\d"
    r"(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日\s{0,3}\d{1,2}[:：]\d\d)[^。！？]{0,40}"
)
"""A date with bars, or with the time of day; a date in words alone may be the text's own."""
_CLOCK = re.compile(
    r"(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d)"
    r"[日,，\s]{0,4}[-–]?(?:星期.|周.|週.)?\s{0,3}(?:[上下]午)?\s{0,2}\d{1,2}[:：]\d\d"
)
_STOP = re.compile("[。！？]")
_HEADS = frozenset({"paragraph", "heading"})
_HEAD_CHARS, _MIN_LINKS = 12, 3
_META_CHARS = 100
_META = frozenset(
    {"meta", "info", "foot", "postfoot", "diaryfoot", "dates", "date", "time", "pubtime", "pubdate"}
)
"""Words in the names of what tells of an article."""
_PAGER = re.compile(
    r"(?=.{0,80}(?:[上下前后後][一1]?[页頁]|第\s?\d{1,3}\s?[页頁]\s?/|[\[(]\d{1,3}[\])]\s*[\[(]\d{1,3}[\])]))"
    r"(?:[\s\d/|·,，<>«»‹›\[\]()（）]|[第共]\s?\d{1,3}\s?[页頁]|[上下前后後][一1]?[页頁]"
    r"|[首末尾][页頁]|第一[页頁]|最[后後末][页頁一]|阅读全文|全文){3,80}"
)


def drop_published(passages: Sequence[Passage], reasons: list[str]) -> None:
    """Take the lines that say when and where an article appeared: above its text, or so named.

    Several of them set alike are the times of a diary or a log.
    """
    kept = [n for n, reason in enumerate(reasons) if not reason]
    first = next((n for n in kept if _STOP.search(passages[n].block.text)), len(passages))
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for n in filter(lambda n: _tells_time(passages[n]), kept):
        places[_set_as(passages[n])].add(passages[n].block.text)
    for n in filter(lambda n: _tells_time(passages[n]), kept):
        above = n < first or not _META.isdisjoint(name_words(passages[n].owner))
        if above and len(places[_set_as(passages[n])]) == 1:
            reasons[n] = PUBLISHED


def _set_as(passage: Passage) -> tuple[str, str]:
    return str(passage.owner.tag), passage.owner.get("class", "")


def _tells_time(passage: Passage) -> bool:
    text = passage.block.text
    return len(text) <= _META_CHARS and not _STOP.search(text) and bool(_CLOCK.search(text))


def drop_pagers(passages: Sequence[Passage], reasons: list[str]) -> None:
    """Take the lines that lead to an article's other pages, wherever they stand."""
    for n, passage in enumerate(passages):
        if (
            not reasons[n]
            and len(passage.block.text) <= 80
            and _PAGER.fullmatch(passage.block.text)
        ):
            reasons[n] = _TRAIL


def drop_links(passages: Sequence[Passage], reasons: list[str]) -> None:
    """Take links and the date from before the article, and three links or more from behind."""
    kept = [index for index, reason in enumerate(reasons) if not reason]
    prose = [index for index in kept if is_prose(passages[index])]
    if not prose:
        return
    for index in kept:
        block = passages[index].block
        if index < prose[0] and block.kind != "heading":
            if passages[index].link_share >= 0.5:
                reasons[index] = _TRAIL
            elif PUBLISHED_LINE.fullmatch(block.text):
                reasons[index] = PUBLISHED
    tail = [index for index in kept if index > prose[-1]]
    linked = [index for index in tail if passages[index].link_share >= 0.8]
    if len(linked) >= 3:
        for index in linked:
            reasons[index] = _LINKS
    _drop_head_of_links(passages, reasons, prose[-1])


def _drop_head_of_links(passages: Sequence[Passage], reasons: list[str], last: int) -> None:
    """Take the words that head links which are gone: the article's last line stands above them."""
    head = next((n for n in range(last + 1, len(passages)) if not passages[n].hidden), None)
    if head is None or reasons[head] or passages[head].block.kind not in _HEADS:
        return
    text = passages[head].block.text
    below = [n for n in range(head + 1, len(passages)) if not passages[n].hidden]
    links = [n for n in below[:_MIN_LINKS] if reasons[n] and passages[n].link_share >= 0.8]
    if len(text) <= _HEAD_CHARS and not _STOP.search(text) and len(links) == _MIN_LINKS:
        reasons[head] = _LINKS


def drop_behind(passages: Sequence[Passage], reasons: list[str], reason: str) -> None:
    """Take what stands behind a part of the frame that follows the article, such as comments.

    With a quarter of the text behind it, it stands inside of the article; what lies beside the
    article's own paragraphs stays, too.
    """
    written = [
        len(each.block.text) if not reason and is_prose(each) and "。" in each.block.text else 0
        for each, reason in zip(passages, reasons, strict=True)
    ]
    before, total = 0, sum(written)
    for index, own in enumerate(written):
        before += own
        if reasons[index] == reason and before and (total - before) * 4 <= before:
            beside = {passages[n].owner.getparent() for n in range(index) if written[n]}
            for n in range(index + 1, len(passages)):
                if not reasons[n] and passages[n].owner.getparent() not in beside:
                    reasons[n] = OUTSIDE
            return


def drop_footer(passages: Sequence[Passage], reasons: list[str]) -> None:
    """Take the page's own last lines: they tell of the site's rights."""
    for index in range(len(passages) - 1, -1, -1):
        text = passages[index].block.text
        if not reasons[index]:
            if len(text) > _FOOTER_CHARS or not _FOOTER.search(text):
                return
            reasons[index] = "footer"


def drop_linked(passages: Sequence[Passage], reasons: list[str]) -> None:
    """Take the links that stand alone, where there is other text."""
    linked = [not passage.hidden and passage.link_share >= 0.8 for passage in passages]
    if all(link or reason for link, reason in zip(linked, reasons, strict=True)):
        return
    for index, link in enumerate(linked):
        if link and not reasons[index] and passages[index].block.kind != "heading":
            reasons[index] = OUTSIDE
    for index in range(len(passages) - 1, -1, -1):
        if not reasons[index]:
            if passages[index].block.kind != "heading" or not any(linked[index + 1 :]):
                return
            reasons[index] = OUTSIDE  # of the links below it
