"""Bare headings: short lines without mark or number that head what stands below them.

Weights decide, few enough to be read. They are fitted on lines that pages of some sixty sites mark
as headings, against all other short lines of those articles, of stories, verse and talk.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from readaloud.chinese.fold import fold
from readaloud.editing.bylines import is_credit, read_names
from readaloud.editing.closing_lines.one_line import ALONE, weigh
from readaloud.editing.line_shape import (
    ends_open,
    ends_sentence,
    find_speakers,
    has_inner_stop,
    is_spoken,
    size,
)
from readaloud.editing.rulebook import mark
from readaloud.model import Block

MAX_BARE = 32
MAX_PLAIN = 14
"""Up to here a heading's length says nothing against it."""
SHORT = 20
NAME = 3
"""Characters of most names; words of two are seldom names."""
MIN_CRY = 8
MIN_LONGER = 1.25
MOST_BELOW = 2.0
MOST_ABOVE = 1.5
"""From here on a longer neighbour, as a logarithm, says no more; so does the title above."""
THRESHOLD = 0.0
"""Log-odds from which a line heads what is below it: a false heading is heard as a pause."""
THRESHOLD_ALONE = 2.5
"""For one line in a whole text, which is as often a caption or a saying; a cry is never one."""
MIN_ALIKE = 3
MIN_SINGLE, MAX_PARALLEL, MOST_UNDER = 4, 10, 3
"""Headings of one paragraph each at least, characters of parallel ones, and paragraphs below each."""
_TALK = ("ends as talk does", "is said to somebody")
WEIGHTS = {
    "any line": -2.35,
    "longer below": 1.4,
    "longer above": 0.75,
    "sentence below": 1.15,
    "sentence above": 0.8,
    "directly below the title": -0.95,
    "tens of characters too many": -0.8,
    "said again elsewhere": -1.4,
    "share of other short lines": -0.7,
    "question": -1.05,
    "cry": -0.85,
    "comma": -0.45,
    "colon": -0.35,
    "ends as talk does": -3.6,
    "ends as a sentence does": -0.25,
    "ends as it goes on": -1.0,
    "tells who does what where": -4.0,
    "is said to somebody": -4.0,
    "date": -1.2,
    "digit": -1.45,
    "word of captions": -1.1,
    "word of headings": 0.6,
}
"""What speaks for a heading, and against it, in log-odds. Ends of talk and tales are set by hand."""

_CHINESE = re.compile("[\u3400-\u9fff]")
_SOFT_CREDIT = mark("soft credit")
_TELLERS = frozenset("我他她你您妳咱俺它")
"""Who tells or is told: a paragraph that begins so goes on from words said above it."""
_ASKED = frozenset("吗呢吧啊了")
"""Ends of what is said to somebody; one of four parallel headings may ask so: 一楼愿意吗."""
_GAP = re.compile(r"\w[^\w]{1,3}\w")
_KNOWN = (mark("no heading"), mark("list header"), mark("button"), mark("button below"))
"""Lines that head nothing, or other articles, or nothing but a page's controls."""
_WORDS = {
    "question": re.compile("[？?]$"),
    "cry": re.compile("[！!]$"),
    "comma": re.compile("[，,]"),
    "colon": re.compile("[：:]"),
    "ends as talk does": re.compile("[吗呢吧啊嘛哦啦呀哟没]$"),
    "ends as a sentence does": re.compile("[了的着过们][？?！!]?$"),
    "ends as it goes on": re.compile("(?:[们他她它把被在对向从和与及而但将让使由是]|大家|人们)$"),
    "tells who does what where": re.compile(
        "正在|一边|笑着|望着|拿着|跟着|为.{2,6}(?:[送做讲修配]|服务)"
        "|..(?<![现实存内潜所转方走动意趋写留送交献捐让])(?:在|向|给)"
        "(?![线于职校岸即意谁哪何力最前]|.{1,2}[上里中下间前]$)[^，]{2}"
    ),
    "is said to somebody": re.compile(
        "^[^，,]{1,6}[吧啊呢吗呀嘛][，,][^，,]{1,8}$|^再.{1,3}[点些][，,]|^[你您](?:这|那|怎|咋)|啥$|^别[^，,]{1,8}(?:就行|就好)$"
        "|^(?:妈|爸|爹|娘|哥|姐|弟|妹|爷爷|奶奶|外婆|阿[公婆嬷]|大[爷妈娘叔伯]|师[傅父]|老[师板伯]|孩子|儿子|闺女|同志|急啥|不急|别急|好嘞|行|嗯|喂|欸|哎)[，,]"
        "|^[^，,]{1,10}[，,][^，,]{0,4}[你我咱它他她][^，,]{1,12}$|啥[，,呀啊]|(?:多久|多少|几[点时个天]|什么|咋[样办]?|哪[儿里]|谁)$"
    ),
    "date": re.compile(r"\d{1,4}[年月日:：]|[一二三四五六七八九十]{1,3}[月日]|\d{4}[-/.]"),
    "digit": re.compile(r"\d"),
    "word of captions": re.compile(
        "[图摄]|文字|截[图屏]|来源|资料|编辑|记者|作者|供稿|地点|电话|时间|网站|下载|点击|关注|链接|广告"
        "|推荐|阅读|更多"
    ),
    "word of headings": re.compile(
        "^(?:前言|引言|导语|背景|简介|概述|介绍|总结|小结|结语|结论|后记|尾声|写在最后|参考文献"
        "|附录|问题|原因|建议|分析|看点|点评|简评)"
    ),
}
"""What a line's own words say, folded."""


def find_bare(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """Lines of ``body``, numbered ones left out of it, that head the text below them."""
    if parallel := _find_parallel(blocks, body):
        return parallel
    signs = measure(blocks, body)
    scores = {n: score(own) for n, own in signs.items()}
    likely = [n for n, total in scores.items() if total > THRESHOLD]
    heads = [n for n in likely if weigh(blocks[n].text) < ALONE]  # no button, no credit
    talk = [n for n in body if heads and n not in heads and _is_talk(blocks, n)]
    if len(heads) > 1 and all(blocks[n + 1].text[0] in _TELLERS for n in heads):
        return []  # words without marks, and what was done then: 手这么冷 / 我把窗关上……
    if len(heads) > 1:
        return (
            [] if len(talk) * 2 >= len(heads) else sorted({*heads, *_alike(heads, signs, blocks)})
        )
    if talk:
        return []
    if any(own["tells who does what where"] for n, own in signs.items() if n not in heads):
        return []  # one line among captions is a caption, too
    return [n for n in heads if scores[n] > THRESHOLD_ALONE and ends_open(blocks[n].text)]


def _find_parallel(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """Lines as long as each other, each over one paragraph or two, down to the end: 睡在哪里, 吃些什么."""
    lines = [n for n in body if _stands_over(blocks, n) and _is_framed(blocks, n)]
    lines = [n for n in lines if _is_parallel(blocks[n].text) and _may_head(blocks[n], frozenset())]
    sizes = {size(blocks[n].text) for n in lines}
    asked = sum(blocks[n].text[-1] in _ASKED for n in lines)
    if (
        len(lines) < MIN_ALIKE
        or body[-1] - lines[-1] > MOST_UNDER
        or asked * MIN_SINGLE > len(lines)
    ):
        return []
    if (asked or max(sizes) - min(sizes) > 1) and not _alternate(blocks, lines):
        return []
    near = all(after - before - 1 <= MOST_UNDER for before, after in pairwise(lines))
    told = all(ends_sentence(blocks[n].text) for n in body if n > lines[0] and n not in lines)
    return lines if near and told else []


def _alternate(blocks: Sequence[Block], lines: Sequence[int]) -> bool:
    """Whether each of several heads one paragraph, and nobody says or tells anything in them."""
    single = all(after - before == 2 for before, after in pairwise(lines))
    said = any(not _TELLERS.isdisjoint(blocks[n].text) for n in lines)
    told = sum(blocks[n + 1].text[0] in _TELLERS for n in lines)
    return len(lines) >= MIN_SINGLE and single and not said and told * 2 < len(lines)


def _is_parallel(text: str) -> bool:
    if not (ends_open(text) and 2 <= size(text) <= MAX_PARALLEL):
        return False
    return not _WORDS["digit"].search(text) and not _WORDS["date"].search(fold(text))


def _is_talk(blocks: Sequence[Block], index: int) -> bool:
    """Whether a bare line between paragraphs is somebody's words, set without marks."""
    if not _stands_over(blocks, index) or not ends_open(blocks[index].text):
        return False
    words = fold(blocks[index].text)
    return _is_framed(blocks, index) and any(_WORDS[sign].search(words) for sign in _TALK)


def _alike(
    heads: Sequence[int], signs: Mapping[int, Mapping[str, float]], blocks: Sequence[Block]
) -> list[int]:
    """Lines whose words speak against them, and whose places are those of three heads around them."""
    if len(heads) < MIN_ALIKE:
        return []
    longest = max(size(blocks[n].text) for n in heads)
    between = [n for n in signs if heads[0] < n and n not in heads]
    fits = [n for n in between if _is_framed(blocks, n) and size(blocks[n].text) <= longest]
    return fits if len(fits) == len(between) and len(fits) * MIN_ALIKE <= len(heads) else []


def score(signs: Mapping[str, float]) -> float:
    """Log-odds of a heading."""
    return sum(WEIGHTS[name] * value for name, value in signs.items())


def measure(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, dict[str, float]]:
    """What ``WEIGHTS`` weighs of every line that may be a heading, by its index."""
    # 北斗星：憨厚 is no talk: who speaks says whole sentences.
    speakers = find_speakers([blocks[n] for n in body if ends_sentence(blocks[n].text)])
    lines = [n for n in body if _stands_over(blocks, n) and _may_head(blocks[n], speakers)]
    framed = {n for n in lines if _is_framed(blocks, n)}
    others = [n for n in body if n not in framed]
    short = sum(size(blocks[n].text) <= SHORT for n in others) / max(1, len(others))
    common = {
        "any line": 1.0,
        "share of other short lines": short,
    }
    again = Counter(blocks[n].text for n in lines)
    return {
        n: {
            **common,
            "said again elsewhere": float(again[blocks[n].text] > 1),
            **_place(blocks, n),
            **_words(blocks[n].text),
        }
        for n in lines
    }


def _words(text: str) -> dict[str, float]:
    folded = fold(text)
    signs = {name: float(bool(pattern.search(folded))) for name, pattern in _WORDS.items()}
    return {**signs, "tens of characters too many": max(0, size(text) - MAX_PLAIN) / 10}


def _place(blocks: Sequence[Block], index: int) -> dict[str, float]:
    """What the neighbours say."""
    text, below = blocks[index].text, blocks[index + 1]
    first = index < 2
    return {
        "longer below": _longer(below, text, MOST_BELOW),
        "longer above": MOST_ABOVE if first else _longer(blocks[index - 1], text, MOST_ABOVE),
        "sentence below": float(_leads_on(below)),
        "sentence above": float(first or _closes(blocks[index - 1])),
        "directly below the title": float(first),
    }


def _longer(block: Block, text: str, most: float) -> float:
    """How much longer a neighbour is, as a logarithm."""
    return min(max(math.log((1 + size(block.text)) / (1 + size(text))), -1.0), most)


def _closes(block: Block) -> bool:
    return block.kind != "paragraph" or _leads_on(block)


def _leads_on(block: Block) -> bool:
    return ends_sentence(block.text) or block.text.endswith(("：", ":"))


def _stands_over(blocks: Sequence[Block], index: int) -> bool:
    """Whether something longer is below: of most short lines nothing more need be asked."""
    if index + 1 >= len(blocks) or len(blocks[index].text) > MAX_BARE * 2:
        return False
    return size(blocks[index].text) * MIN_LONGER <= size(blocks[index + 1].text)


def _is_framed(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands over a longer sentence and below one."""
    text, below = blocks[index].text, blocks[index + 1].text
    longer = ends_sentence(below) and size(below) >= 1.5 * size(text)
    return longer and (index < 2 or ends_sentence(blocks[index - 1].text))


def _may_head(block: Block, speakers: frozenset[str]) -> bool:
    text = block.text
    if (
        block.kind != "paragraph"
        or block.linked
        or not 1 < size(text) <= MAX_BARE
        or not any(map(str.isalpha, text))
    ):
        return False
    if has_inner_stop(text) or not (ends_open(text) or text.endswith(tuple("？?！!"))):
        return False
    if text.endswith(tuple("！!")) and size(text) < MIN_CRY:
        return False
    if is_spoken(text, speakers) or any(text in known for known in _KNOWN):
        return False
    credit = is_credit(text) or (_GAP.search(text) is not None and text in _SOFT_CREDIT)
    return not credit and not _is_signed(text)


def _is_signed(text: str) -> bool:
    """Whether a line is names, or ends in one behind a gap: 某某证券 张三."""
    if size(text) > SHORT:
        return False
    if size(text) == NAME or "、" in text:
        return read_names(text) is not None
    desk, _, name = text.rpartition(" ")
    own = len(desk) > 2 and not desk.isascii() and len(name) <= NAME
    return own and read_names(name) is not None
