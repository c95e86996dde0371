"""Sections that are not the article's own: lists of others, sponsored texts, comments.

Each begins at a header line. What is below it goes only where its shape says so as well; where
the article may go on, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import (
    DECORATION,
    ends_open,
    ends_sentence,
    has_inner_stop,
    is_quoted,
    size,
)
from readaloud.model import Block

_LIST = (
    r"(?:更多|[热熱好][文门門]|[阅閱][读讀]|[图圖]文|上期|相[关關]|延伸|推[荐薦]|[热熱][门門]|精[彩选選]|往期|[图圖]片|拓展|[扩擴]展|猜你|大家|近期|看更多|您可能|[编編][辑輯]|[为為][您你]"
    r"|今日|站[内內])(?:的|还|還|也)?(?:精[彩选選]|[热熱][门門]|相[关關]|好文|[优優]质)?"
    r"(?:[阅閱][读讀]|文章|稿件|新[闻聞]|[链鏈連][接結]|[报報][道導]|推[荐薦]|[内內]容|回[顾顧]|精[选選彩]|喜[欢歡]"
    r"|都在看|[资資][讯訊]|[专專][题題]|[视視][频頻]|影片|感[兴興]趣|[热熱][门門]|[热熱][词詞]|[关關][键鍵][词詞]|搜索|[标標][签籤]|好文)(?:搜索)?(?:的?(?:文章|[内內]容|推[荐薦]))?"
)
_HEADER = re.compile(rf"{_LIST}\s?(?:[请請][见見]|如下)?(?P<colon>[:：])?\s?")
_HEADER_LINE = re.compile(rf"{_LIST}\s?[:：]\s?[^。！？]{{1,80}}")
_SPONSORED = re.compile(
    r"(?:以下|下文|下面|[点點][击擊])(?:[内內]容)?(?:[为為]|是|系)?(?:商[业業]|品牌|合作)?(?:[广廣]告|推[广廣]|[赞贊]助)"
    r"(?:[内內]容|文章|信息|正文)?|(?:商[业業]|品牌)?(?:推[广廣]|[赞贊]助)(?:[内內]容|文章|信息)"
)
_SLOT = re.compile(r"(?:[广廣]告|推[广廣]|[赞贊]助)|(?:END|End|THE END|全文完|正文完|本文完)")
_OFFER = re.compile(
    r"下[单單]|[抢搶][购購]|立[减減]|[限][时時][特优優]|原[价價]\d|包[邮郵]|立即[购購]|[优優]惠[券价價]|[扫掃][码碼]|加微信|免[费費][领領]|秒[杀殺]"
)
_COMMENTS = re.compile(
    r"(?:全部|最新|[热熱][门門]|精[彩选選]|[网網]友|[读讀]者|用[户戶])(?:[评評][论論]|留言|跟帖|回[复覆])(?:[（(]?\d{0,7}[条條則则]?)?[:：]?"
    r"|(?:共有?|已有)?\s?\d{1,7}\s?[条條則则个個](?:[评評][论論]|留言|回[复覆]|跟帖)|[发發]表(?:[评評][论論]|留言)"
    r"|[评評][论論][区區]|留言板"
)
_COMMENT = re.compile(
    r"\d{1,5}\s?[楼樓]|#\d{1,5}|沙[发發]|[楼樓]主|(?:[网網]友|用[户戶]|[游遊訪访]客|匿名)|[^，。！？:：]{1,16}[:：]|回[复覆]|[赞讚]"
    r"|.{0,30}\d{1,4}[-/月]\d{1,2}"
)
_BULLET = re.compile(r"[▶►●•·◆■★☆→»]|\d{1,2}[、.．]")
_HEADER_CHARS = 90
_TEASER_CHARS = 45
_ENTRY_CHARS = 60
_COMMENT_CHARS = 150
_BODY_SHARE = 1.2
"""The article's own paragraphs are this much longer than any entry of a list below it."""
MIN_SENTENCES = 2
MIN_SENTENCE = 8

_OTHERS = Finding("related", "list of other articles")


def find_sections(blocks: Sequence[Block], furniture: Mapping[int, Finding]) -> dict[int, Finding]:
    """Every section's lines by index; ``furniture`` is what the rules for lines know already."""
    found = dict(furniture)
    found |= _find_comments(blocks, found)
    found |= _find_sponsored(blocks, found)
    for index in range(len(blocks)):
        if index not in found:
            found |= dict.fromkeys(_list_at(blocks, index, found), _OTHERS)
    found |= _find_tail(blocks, found)
    return found


def _core(text: str) -> str:
    return text.strip(DECORATION) if len(text) <= _HEADER_CHARS * 2 else text


def _tail_start(blocks: Sequence[Block], found: Mapping[int, Finding], limit: int) -> int:
    """The first index from which all lines are furniture, or no longer than the limit."""
    start = len(blocks)
    while start and (start - 1 in found or size(blocks[start - 1].text) <= limit):
        start -= 1
    return start


def _find_comments(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header of comments and all below it, where a line in three at least has a comment's look."""
    start = _tail_start(blocks, found, _COMMENT_CHARS)
    for index in range(max(start - 1, _article_above(blocks, found)), len(blocks)):
        if len(blocks[index].text) > _HEADER_CHARS or not _COMMENTS.fullmatch(
            _core(blocks[index].text)
        ):
            continue
        below = [n for n in range(index + 1, len(blocks)) if n not in found]
        like = sum(_COMMENT.match(blocks[n].text[:40]) is not None for n in below)
        if like * 3 >= len(below):
            finding = Finding("comments", "comments of readers")
            return {n: finding for n in (index, *below) if n not in found}
        return {}
    return {}


def _find_sponsored(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A mark of a sponsored text and all below it, where an article stands above.

    A bare 广告 or END may stand in the middle too: there a line in three below has to make offers.
    """
    offers = below = 0
    finding = Finding("sponsored", "sponsored text below the article")
    first = _article_above(blocks, found)
    for index in reversed(range(first, len(blocks))):
        text = _core(blocks[index].text)
        slot = len(text) <= 30 and _SLOT.fullmatch(text) and offers > 1 and offers * 3 >= below
        if slot or (len(text) <= 30 and _SPONSORED.fullmatch(text)):
            return {n: finding for n in range(index, len(blocks)) if n not in found}
        offers += _OFFER.search(blocks[index].text[:300]) is not None
        below += index not in found
    return {}


def _article_above(blocks: Sequence[Block], found: Mapping[int, Finding]) -> int:
    """The first index with two whole sentences of the article above it."""
    sentences = 0
    for index, block in enumerate(blocks):
        if sentences == MIN_SENTENCES:
            return index
        whole = size(block.text) >= MIN_SENTENCE and ends_sentence(block.text)
        sentences += whole and index not in found
    return len(blocks)


def _list_at(blocks: Sequence[Block], index: int, found: Mapping[int, Finding]) -> Sequence[int]:
    """The header at that index and the list below it; empty where there is no header."""
    block = blocks[index]
    core = _core(block.text)
    kinds = {"paragraph", "item", "caption", "heading"}
    if block.kind not in kinds or len(core) > _HEADER_CHARS:
        return []
    header = _HEADER.fullmatch(core)
    if header is None:
        alone = block.kind != "heading" and _HEADER_LINE.fullmatch(core)
        return [index] if alone else []
    listed = list(_listed(blocks, index + 1, found))
    last = index + 1 == len(blocks)
    if listed or last or (block.kind != "heading" and header["colon"]):
        return [n for n in (index, *listed) if n not in found]
    return []


def _listed(blocks: Sequence[Block], start: int, found: Mapping[int, Finding]) -> Iterator[int]:
    """The lines of a list: marked items, else teasers; one teaser may be the article going on."""
    items = _run(blocks, start, lambda n: blocks[n].kind == "item" or _bulleted(blocks[n]))
    if items > start:
        yield from range(start, items)
        return
    teasers = _run(blocks, start, lambda n: n in found or _is_teaser(blocks[n]))
    headed = teasers < len(blocks) and _HEADER.fullmatch(_core(blocks[teasers].text[:99]))
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


def _find_tail(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header below which nothing but short sentences stands: headlines of other articles.

    The article's own paragraphs have to be clearly longer, and none of the lines may be speech.
    """
    start = _tail_start(blocks, found, _ENTRY_CHARS)
    headers = (
        n
        for n in range(max(start - 1, _article_above(blocks, found)), len(blocks))
        if len(blocks[n].text) <= _HEADER_CHARS and _HEADER.fullmatch(_core(blocks[n].text))
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
    if median(own) < longest * _BODY_SHARE:
        return {}
    return {n: _OTHERS for n in (header, *below) if n not in found}
