"""Mends the characters that scraping and PDF conversion leave behind; no visible one is lost."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from readaloud.errors import msg
from readaloud.model import Removal

UNREADABLE = msg("unreadable character")
"""Why a character is removed that no font shows: control, private use, U+FFFD, a lone surrogate."""

_ENTITY = re.compile(r"&(?:amp;){0,4}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BARE_ENTITY = re.compile(r"&(?:amp;){0,4}nbsp(?![a-zA-Z0-9;])", re.IGNORECASE)
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffd"
_BROKEN = re.compile(f"[{_CONTROLS}]")
_LOST = re.compile(
    f"[{_CONTROLS}\ue000-\uf8ff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_NUMBERED = re.compile(r"&(?:amp;){0,4}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0001-\U000e01ef]"
    "|\u200d(?![\u2640-\u27bf\U0001f000-\U0001faff])"
)
"""Zero-width and bidirectional controls. A joiner inside an emoji stays: without it the picture
falls apart; so does its presentation selector, U+FE0F."""
_SPACES = re.compile(r"\s+")
_SPACED = re.compile(r"(?<!\S)(?:\S{1,2} ){5,4000}\S{1,2}(?!\S)")
_SPACED_WORD = re.compile("[一-鿿](?: [一-鿿]){1,4}")
_CLOSE = re.compile(r" (?=[^\x00-\x7f]|[,.;:!?%)])|(?<=[^\x00-\x7f]) |(?<=\d) (?=\d)")
_HAN = re.compile("[一-鿿]")
_COMPATIBILITY = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]|[\uff61-\uff9f]{1,1000}"
)
"""Radicals, compatibility ideographs, Latin ligatures, half-width katakana with their marks."""
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
"""The CJK Radicals Supplement forms that stand for a whole character, as the fonts of many PDF
files name them; NFKC leaves this block alone."""
_FORMS = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫",
    "，、。：；！？〖〗…：—–_（）｛｝〔〕【】《》〈〉「」『』［］，、．；：？！—（）｛｝〔〕＃＆＊＋－＜＞＝＼＄％＠",
)
"""Vertical and small forms of marks: the marks themselves. NFKC would make them ASCII. ︰ is the
colon of many Traditional texts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A repaired line of a file; ``number`` is 1-based, ``indented`` whether white space led it."""

    number: int
    text: str
    indented: bool = False


def split_lines(text: str) -> list[Line]:
    """Cut a text into its repaired, non-empty lines.

    Only the line ends that editors count raise the number; other separators only cut.
    """
    return [
        Line(number, _close_word(line), indented=piece[0].isspace())
        for number, raw in enumerate(_LINE_END.split(text), 1)
        for piece in _SOFT_END.split(raw)
        if (line := repair(piece))
    ]


def _close_word(line: str) -> str:
    """通 知, 会 议 纪 要: a word with spaces in it, to fill its line."""
    return line.replace(" ", "") if _SPACED_WORD.fullmatch(line) else line


def strip_invisible(text: str) -> str:
    """Drop what leaves no ink and no space; line ends and spaces stay as they are."""
    return _INVISIBLE.sub("", text)


def take_unreadable(text: str) -> tuple[str, tuple[Removal, ...]]:
    """Take out the characters that no font shows, line by line, on record.

    Returns:
        The text without them, its line ends as they were, and a removal for every line that had
        some: the characters themselves, or the entities that stand for them.
    """
    if not _LOST.search(text) and not _NUMBERED.search(text):
        return text, ()
    return _take(text, _take_lost)


def take_broken(text: str) -> tuple[str, tuple[Removal, ...]]:
    """Likewise what a file of markup can't mean: controls, and what stands for broken bytes."""
    return _take(text, lambda line: (_BROKEN.sub("", line), _BROKEN.findall(line)))


def _take(
    text: str, take: Callable[[str], tuple[str, list[str]]]
) -> tuple[str, tuple[Removal, ...]]:
    pieces = re.split(r"(\r\n|\r|\n)", text)
    removed = []
    for index in range(0, len(pieces), 2):
        pieces[index], found = take(pieces[index])
        if found:
            shown = " ".join(map(_shown, found))
            removed.append(Removal(index // 2 + 1, shown, UNREADABLE))
    return "".join(pieces), tuple(removed)


def _take_lost(line: str) -> tuple[str, list[str]]:
    found = [match[0] for match in _NUMBERED.finditer(line) if _is_lost(match)]
    found += _LOST.findall(line)
    rest = _NUMBERED.sub(lambda m: "" if _is_lost(m) else m[0], line)
    return _LOST.sub("", rest), found


def _shown(found: str) -> str:
    """A character of control as U+0007: in a report or a terminal it would do what it says."""
    return f"U+{ord(found):04X}" if unicodedata.category(found[0]) == "Cc" else found


def _is_lost(entity: re.Match[str]) -> bool:
    return _LOST.search(html.unescape(f"&{entity[1]};")) is not None


def repair(text: str) -> str:
    """Mend one line: entities, controls, spaces, and code points that only look like characters.

    Kangxi radicals and compatibility ideographs become the characters they show (U+2F64 is read
    as 用), ligatures their letters, vertical and small marks the usual ones, letters with their
    accents apart the composed ones (NFC). Other punctuation, full-width letters, ①, ㎡ and ½ stay:
    their form is part of the text. Every run of white space, the ideographic space too, becomes
    one space, and those go that stand between all characters. No visible character is dropped.
    """
    text = _BARE_ENTITY.sub(" ", text) if "&" in text else text
    text = _ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", text.translate(_RADICALS).translate(_FORMS))
    return _SPACED.sub(_close_up, _SPACES.sub(" ", text).strip())


def _close_up(match: re.Match[str]) -> str:
    """A run of characters with a space after each: so do some scrapers and scanners write lines."""
    parts = match[0].split(" ")
    single = sum(len(part) == 1 or not part[1].isalnum() for part in parts)
    spaced = single == len(parts) and len(_HAN.findall(match[0])) * 2 > len(parts)
    return _CLOSE.sub("", match[0]) if spaced else match[0]
