"""Mends the characters that scraping and PDF conversion leave behind; no visible one is lost."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from readaloud.errors import msg
from readaloud.model import Removal

UNREADABLE = msg("unreadable character")
"""Why a character is removed that no font shows: private use, U+FFFD, a lone surrogate."""

_ENTITY = re.compile(r"&(?:amp;){0,4}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BARE_ENTITY = re.compile(r"&(?:amp;){0,4}nbsp(?![a-zA-Z0-9;])", re.IGNORECASE)
_LOST = re.compile(
    "[\ue000-\uf8ff\ufffd\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
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
    "，、。：；！？〖〗…‥—–_（）｛｝〔〕【】《》〈〉「」『』［］，、．；：？！—（）｛｝〔〕＃＆＊＋－＜＞＝＼＄％＠",
)
"""Vertical and small forms of marks: the marks themselves. NFKC would make them ASCII."""


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
        Line(number, line, indented=piece[0].isspace())
        for number, raw in enumerate(_LINE_END.split(text), 1)
        for piece in _SOFT_END.split(raw)
        if (line := repair(piece))
    ]


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
    pieces = re.split(r"(\r\n|\r|\n)", text)
    removed = []
    for index in range(0, len(pieces), 2):
        found = [match[0] for match in _NUMBERED.finditer(pieces[index]) if _is_lost(match)]
        found += _LOST.findall(pieces[index])
        if found:
            rest = _NUMBERED.sub(lambda m: "" if _is_lost(m) else m[0], pieces[index])
            pieces[index] = _LOST.sub("", rest)
            removed.append(Removal(index // 2 + 1, " ".join(found), UNREADABLE))
    return "".join(pieces), tuple(removed)


def _is_lost(entity: re.Match[str]) -> bool:
    return _LOST.search(html.unescape(f"&{entity[1]};")) is not None


def repair(text: str) -> str:
    """Mend one line: entities, controls, spaces, and code points that only look like characters.

    Kangxi radicals and compatibility ideographs become the characters they show (U+2F64 is read
    as 用), ligatures their letters, vertical and small marks the usual ones, letters with their
    accents apart the composed ones (NFC). Other punctuation, full-width letters, ①, ㎡ and ½ stay:
    their form is part of the text. Every run of white space, the ideographic space too, becomes
    one space. No visible character is dropped.
    """
    text = _BARE_ENTITY.sub(" ", text) if "&" in text else text
    text = _ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", text.translate(_RADICALS).translate(_FORMS))
    return _SPACES.sub(" ", text).strip()
