"""Which short lines above a text can be its title, and which never are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from readaloud.chinese.fold import fold
from readaloud.editing.bylines import is_credit, read_names
from readaloud.editing.echoes import echo, gather_words, is_prose
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, has_words, size
from readaloud.editing.rulebook import mark
from readaloud.editing.site_names import is_masthead, strip_site
from readaloud.editing.vocabulary_lines import find_kind
from readaloud.errors import msg
from readaloud.model import Block

MAX_TITLE = 60
MAX_ABOVE = 8
MAX_LINK = 6
MAX_LABEL = 8
MIN_TITLE = 4
MIN_ECHO = 0.4
MIN_MENU = 3
"""One link's word may be a title; three lines of them are a menu."""

_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[\d一二三四五六七八九十百]{1,5}(?:[章节回]|[话卷](?=[\s:：（(]|$))"
)
_DATE = re.compile(r"\D{0,8}\d{4}[-/.年]\s?\d{1,2}[-/.月]")
_DAY_AND_PLACE = re.compile(
    r"(?:[^\d，。！？\s]{2,6}[ ，,·]{1,2})?(?:[\d〇零一二三四五六七八九]{4}年[初末底春夏秋冬][天季]?"
    r"|(?:[\d〇零一二三四五六七八九]{2,4}年)?[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号])"
    r"(?:[ ，,·]{1,2}(?:星期|周|礼拜)[一二三四五六日天])?(?:[ ，,·]{1,2}[^，。！？\s]{1,6}){0,2}"
)
"""The head of a day in a diary: 十月三日 敦煌; 九月九日，晴."""
_QUOTED = re.compile(r"[“「『][^”」』]{0,80}[”」』]")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_NAMES = re.compile(r"[,，、;；]\s?")
_PARTED = re.compile(r"[\s|｜丨/]")
_STROKE = re.compile(r"\s?[|｜]\s?")
_SIGNED = re.compile(r"[■◆●▍▌◎★☆□◇▎┃▪◼][ \u3000]?[\u4e00-\u9fff·]{2,8}")
_REPORT = re.compile("[周快月旬季]报$")
_NO_TITLE = mark("no title")
_GREETING = mark("greeting")
_NO_BEGINNING = mark("no beginning")
_PLAYER = mark("player")
_LABEL = mark("label above a title")
_ORIGINAL = mark("original title")
_PAGE = mark("page of a paper")
_COLUMN = mark("column above a title")
_MENU = mark("navigation words")
_SURE_MENU = mark("sure navigation")
_INSTITUTE = mark("institute")
_CHANNEL = mark("column")
_ASIDE = mark("aside")
_SECTION = mark("name of a section")
_DOCUMENT = mark("head of a document")
MASTHEAD_LINE = Finding("site name", msg("site name above the title"))
_COLUMN_LINE = Finding("column", msg("column's name above the title"))
_PLAYER_LINE = Finding("controls", msg("page controls"))
_MENU_LINE = Finding("navigation", msg("menu of the page"))


def is_dated(text: str) -> bool:
    """Whether a line is a day, or begins with one."""
    return _DATE.match(text) is not None


def can_be_title(text: str) -> bool:
    """Whether nothing speaks against it: a length, words, no number, no day, no greeting."""
    return (
        2 <= size(text) <= MAX_TITLE
        and "。" not in _QUOTED.sub("", text)
        and has_words(text)
        and not _NUMBERED.match(fold(text))
        and not is_dated(text)
        and not _DAY_AND_PLACE.fullmatch(fold(text))
        and not is_credit(text)
        and text not in _NO_TITLE
        and text not in _GREETING
        and text not in _NO_BEGINNING
        and text not in _PLAYER
        and text not in _MENU
        and text not in _ORIGINAL
        and text not in _LABEL
        and not _are_names(text)
        and not _is_menu(text)
    )


def _is_menu(text: str) -> bool:
    """Whether a line with gaps or strokes is made of a page's words: 设为首页 ｜ 加入收藏."""
    return _PARTED.search(text) is not None and find_kind(Block(text, 0)) is not None


def _are_names(text: str) -> bool:
    """Whether a line is a list of people: 林 海，石晓晨."""
    names = _NAMES.split(_SPACED.sub("", text))
    short = len(names) > 1 and all(2 <= len(name) <= 3 for name in names)
    return short and read_names("、".join(names)) is not None


def find_above(blocks: Sequence[Block]) -> tuple[int, dict[int, Finding]]:
    """How many lines stand above the place of a title, and which of them are not spoken.

    A masthead, the number of a page, a column's name, a menu; the head of an official document
    is spoken.
    """
    found: dict[int, Finding] = {}
    index = 0
    while index < len(blocks) and index - len(found) < MAX_ABOVE:
        menu, sure = _count_menu(blocks[index:])
        if menu:
            found |= dict.fromkeys(range(index, index + sure), _MENU_LINE)
            index += menu
            continue
        if (finding := _find_line(blocks, index)) is not None:
            found[index] = finding
        elif not _is_spoken_above(blocks, index):
            break
        index += 1
    return (index, found) if index < len(blocks) else (0, {})


def find_mastheads(blocks: Sequence[Block]) -> dict[int, Finding]:
    """Names of sites and papers among the lines above the title, by index."""
    return {n: MASTHEAD_LINE for n in range(len(blocks)) if _names_paper(blocks, n)}


def _names_paper(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line names a site or a paper, and no weekly report of what the text below tells."""
    text = blocks[index].text
    if not is_masthead(text):
        return False
    report, below = _REPORT.search(fold(text)), blocks[index + 1 :]
    if report is None or not below or not is_prose(below[0]):
        return True
    return not echo(text[: report.start()], gather_words(below))


def _find_line(blocks: Sequence[Block], index: int) -> Finding | None:
    """Why a line above a title is not spoken."""
    block = blocks[index]
    text = block.text
    if block.kind != "paragraph" or len(text) > MAX_TITLE:
        return None
    if text in _PLAYER:
        return _PLAYER_LINE
    if _names_paper(blocks, index) or text in _PAGE:
        return MASTHEAD_LINE
    return _COLUMN_LINE if text in _COLUMN or _is_signed(blocks, index) else None


def _is_signed(blocks: Sequence[Block], index: int) -> bool:
    """Whether a sign sets a column's name off, and below it a title stands above its text."""
    if not _SIGNED.fullmatch(blocks[index].text) or index + 2 >= len(blocks):
        return False
    below = blocks[index + 1].text
    title = can_be_title(below) and ends_open(below) and size(below) > size(blocks[index].text)
    return title and is_prose(blocks[index + 2])


def _is_spoken_above(blocks: Sequence[Block], index: int) -> bool:
    """The office and the number of a document, a day: no title, but the article's."""
    text = blocks[index].text
    if len(text) > MAX_TITLE:
        return False
    dated = is_dated(strip_site(text)[0])
    known = text in _DOCUMENT or text in _LABEL or dated or not has_words(text)
    return known or is_institute(blocks, index) or _says_less(blocks, index)


def _says_less(blocks: Sequence[Block], index: int) -> bool:
    """Whether the text says nothing of a short line, and much of the next: that is the title."""
    if size(blocks[index].text) > MAX_LABEL or index + 2 >= len(blocks):
        return False
    below = blocks[index + 1].text
    if size(below) < 2 * MIN_TITLE or below.startswith(("—", "-", "─")) or not can_be_title(below):
        return False
    words = gather_words(blocks)
    return echo(blocks[index].text, words) == 0 and echo(below, words) >= MIN_ECHO


def is_institute(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line only names whose page it is, and the title stands right below."""
    if blocks[index].text not in _INSTITUTE or index + 2 >= len(blocks):
        return False
    below = blocks[index + 1]
    return below.kind == blocks[index].kind and can_be_title(below.text) and ends_open(below.text)


def is_above_headings(text: str) -> bool:
    """Whether a heading only says whose page it is, or which part of it: the title is below."""
    return (
        text in _INSTITUTE
        or text in _CHANNEL
        or text in _DOCUMENT
        or text in _PAGE
        or is_masthead(text)
    )


def is_aside(text: str) -> bool:
    """Whether a heading is a remark to the reader."""
    return text in _ASIDE


def heads_section(text: str) -> bool:
    """Whether a heading is what many texts call their first section."""
    return text in _SECTION


def _count_menu(blocks: Sequence[Block]) -> tuple[int, int]:
    """How many lines at the top are a menu's, and how many of them surely.

    Some have to be links for certain; between them stand other names. What stands behind the
    last link, right above the text, may be the article's: only a title below makes it furniture.
    """
    short = list(takewhile(_is_link, blocks))
    links = [index for index, block in enumerate(short) if block.text in _MENU]
    certain = any(block.text in _SURE_MENU for block in short)
    below = blocks[len(short)] if len(short) < len(blocks) else None
    named = below is not None and can_be_title(below.text) and not is_prose(below)
    if named and len(short) > MIN_MENU and _is_strange(short, blocks):
        return len(short), len(short)
    if not certain or len(links) < MIN_MENU or len(links) * 3 < len(short):
        return 0, 0
    if named:
        return len(short), len(short)
    if echo(short[-1].text, gather_words(blocks)) >= MIN_ECHO and short[-1].text not in _MENU:
        return len(short) - 1, len(short) - 1
    return len(short), links[-1] + 1


def _is_strange(short: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether the text speaks of no line of a menu that begins with the way home.

    Where it begins elsewhere, the text has to speak of the line below it: that is the title.
    """
    words = gather_words(blocks[len(short) :])
    if sum(echo(block.text, words) >= MIN_ECHO for block in short) * 4 > len(short):
        return False
    home = short[0].text in _MENU and short[0].text in _SURE_MENU
    return home or echo(blocks[len(short)].text, words) >= MIN_ECHO


def _is_link(block: Block) -> bool:
    text = block.text
    names = all(
        0 < size(part) <= (MAX_LINK, MAX_LABEL)[part.isascii()] for part in _STROKE.split(text)
    )
    return (names and has_words(text) and ends_open(text)) or (
        len(text) <= MAX_TITLE and text in _MENU
    )
