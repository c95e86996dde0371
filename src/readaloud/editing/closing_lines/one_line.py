"""What a line tells alone: whether it may be the page's, and how likely it is."""

from __future__ import annotations

import math
import re

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.signs import measure
from readaloud.editing.closing_lines.weights import log_odds
from readaloud.editing.findings import Finding
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import DECORATION, has_words, is_quoted, is_sentence
from readaloud.editing.publication_lines import reads_as_metadata
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

ALONE = 2.0
"""Log-odds from which a line at the very edge is the page's: a lost line is worse than a spoken one."""
BESIDE = 0.4
"""For a line right beside one that is taken out."""
SURE = 5.0
TOLD, MIN_TOLD_CHARS = -2.0, 15
"""Log-odds and length of a sentence that is clearly the article's."""
MOST_CHARS = 120
PROSE_CHARS = 25
_KINDS = frozenset({"paragraph", "item", "caption"})
_BRACKET_FIRST = re.compile(r"^[（(【\[][^）)】\]]{0,60}[）)】\]]")
MIN_SIGNED = 40
_SIGNED = re.compile(r"(?<=。)[（(][^（）()。]{1,40}[）)]$")
_SITE = re.compile(
    r"www\.|[\w-]{2,}\.(?:com|net|org|cc|cn|la|me|xyz|top|app)|小[☆★]?说[☆★]?(?:网|吧|阁)|笔趣|书[城阁吧]|中文网|APP"
)
_LATIN = re.compile("(?:[^\u3400-\u9fff ©]{1,30} ){4,40}[^\u3400-\u9fff ©]{1,30}[.!?][\"'”’)]{0,2}")
"""A sentence in another language, of which the weights know nothing."""
_SAID = re.compile("[。！？!?…][”」』]")
_ORDINAL = r"第[\d零〇一二三四五六七八九十百千两]{1,7}"
_NUMBERED = re.compile(
    rf"[\[［(（]\d{{1,3}}[\]］)）]|[【〖\[（(☆、]{{0,2}}{_ORDINAL}[章回节卷话篇集]"
)
"""A note, or a heading of any part of a text."""
CHAPTER = re.compile(f"{_ORDINAL}[章回话]")
"""A heading of a novel's chapter."""
_HEADERS = tuple(map(mark, ("list header", "comments header", "references header")))
_UNNUMBERED = mark("unnumbered chapter")
_CAPTION = mark("caption")
_RULE = "closing line"
_REASON = msg("words of the page or the account around the article")


def weigh(text: str) -> float:
    """The log-odds that a line is said by the page or the account, not by the article."""
    return log_odds(measure(unsigned(text)))


def unsigned(text: str) -> str:
    """A paragraph without who signs in brackets behind its last stop."""
    return _SIGNED.sub("", text) if len(text) >= MIN_SIGNED else text


def as_finding(odds: float) -> Finding:
    """Why a line of these odds is taken out, with a doubt where it is not sure."""
    doubt = round(1 / (1 + math.exp(odds)), 2) if odds < SURE else 0.0
    return Finding(_RULE, _REASON, doubt=doubt)


def names_site(text: str) -> bool:
    """Whether a line of a novel names a novels' site or its address."""
    return _SITE.search(fold(text)) is not None


def may_close(block: Block) -> bool:
    """Whether no other part judges the line: who wrote it and when, captions, lists, speech."""
    short = len(block.text) <= MOST_CHARS and any(map(str.isalpha, block.text))
    if block.kind not in _KINDS or not short or _NUMBERED.match(block.text):
        return False
    if block.text in _UNNUMBERED or block.text in _CAPTION or _is_chapter(block.text):
        return False
    if any(block.text.strip(DECORATION) in header for header in _HEADERS):
        return False
    if _is_told_first(block.text) or _LATIN.fullmatch(block.text):
        return False
    said = is_quoted(block.text) or _SAID.search(block.text) is not None
    return not said and not reads_as_metadata(block.text)


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence of some length."""
    return is_sentence(block.text, PROSE_CHARS)


def _is_told_first(text: str) -> bool:
    """Whether a paragraph with words of the page's begins with the article's, a bracket aside."""
    own = _BRACKET_FIRST.sub("", text)
    first, _, rest = own.partition("。")
    more = own != text or has_words(rest)
    return more and len(first) >= MIN_TOLD_CHARS and weigh(f"{first}。") <= TOLD


def _is_chapter(text: str) -> bool:
    """Whether a line is a chapter's heading in Latin letters: Chapter.01."""
    number = read_number(fold(text[:20]))
    return number is not None and number.style.startswith("word")
