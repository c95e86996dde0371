"""Text that was decoded wrongly before it was saved: repaired where all is there, else refused.

Two ways lead to nearly all of it. Each byte became a letter of Latin-1 or Windows-1252 (å±±æ), and
nothing is lost; or UTF-8 was read as GBK (闈掔煶), where some bytes were no character and are gone.
"""

from __future__ import annotations

import re
from itertools import pairwise

from readaloud.errors import UnreadableSourceError, msg
from readaloud.sources.likelihood import likelihood, wide

LOST = "\ufffd"
_WINDOWS = {
    bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xA0)
}
_BYTE_OF = {chr(byte): byte for byte in range(0x80, 0x100)} | _WINDOWS
_TAIL = "\u0080-\u00bf" + re.escape("".join(_WINDOWS))
_SEQUENCE = rf"(?:[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}})"
_LATIN = re.compile(rf"(?:{_SEQUENCE}[\x00-\x7f]?){{3,}}|â€[{_TAIL}]|[ÂÃ][\u0080-\u00bf]")
"""UTF-8 as Latin letters. Three sequences in a row: é”… is one too, and a word before a mark."""
_LATIN_PAIRS = re.compile(rf"[{_TAIL}À-ÿ]{{6,}}")
"""GBK as Latin letters: ÖÐÎÄ."""
_TORN = re.compile("[Â-ô][\u0080-\u00bf]")
_REPLACED = re.compile("(?<![“‘「『\"'])(?:锟斤拷){2,}锟?")
"""U+FFFD, twice in UTF-8, read as GBK. Who writes about it puts it in quotes."""
_SUSPECT, _SURE = 0.3, 0.45
_SHORTEST = 6
_MOST_MARKS = 0.25
"""Share of U+FFFD; a text of nothing else but a few broken letters is still below it."""
_FEW, _MOST_LOST = 3, 0.02
"""Characters that may be lost, in all or as a share, before the rest is no article."""


def mend(text: str, name: str) -> str:
    """The text as it was meant; U+FFFD stands where a character is lost.

    Raises:
        UnreadableSourceError: too much of it is lost.
    """
    text = _REPLACED.sub(LOST, text)
    if _LATIN.search(text) or _LATIN_PAIRS.search(text):
        text = _mend_latin(text)
    mended = [_mend_line(line) for line in text.split("\n")]
    lost = sum(count for _, count in mended) + len(_TORN.findall(text))
    seen = wide(text)
    if lost > max(_FEW, len(seen) * _MOST_LOST) or seen.count(LOST) > len(seen) * _MOST_MARKS:
        raise UnreadableSourceError(
            msg(
                "The characters of {name} are garbled: it was read in a wrong encoding.", name=name
            ),
            msg("Get the article anew from where it comes from. What is lost can't be restored."),
        )
    return "\n".join(line for line, _ in mended)


def _mend_latin(text: str) -> str:
    """Letters that are bytes of UTF-8 or GBK; twice, for what was decoded wrongly twice."""
    text = _LATIN_PAIRS.sub(lambda match: _reread(match[0], "gb18030") or match[0], text)
    for _ in range(2):
        text = _LATIN.sub(lambda match: _reread(match[0], "utf-8") or match[0], text)
    return text


def _reread(letters: str, encoding: str) -> str:
    """What the bytes of the letters are in an encoding; empty where they are nothing likely."""
    data = bytes(_BYTE_OF.get(letter, ord(letter)) for letter in letters)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if encoding == "utf-8" or likelihood(text) >= _SURE else ""


def _mend_line(line: str) -> tuple[str, int]:
    """A line of UTF-8 that was read as GBK, as it was meant, and how many characters it lost."""
    if len(wide(line)) < _SHORTEST or likelihood(line) >= _SUSPECT:
        return line, 0
    pieces = [piece.encode("gb18030", "replace") for piece in re.split("[\ufffd?]", line)]
    meant = b"\xff".join(pieces).decode("utf-8", "replace")
    rest = meant.replace(LOST, "")
    if len(wide(rest)) * 3 < len(wide(line)) or likelihood(rest) < _SURE:
        return line, 0
    lost = sum(before != LOST and after == LOST for before, after in pairwise(" " + meant))
    return re.sub(f"{LOST}+", LOST, meant), lost
