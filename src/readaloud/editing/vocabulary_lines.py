"""Lines made of nothing but the words of a page around an article: buttons, calls, legal notices.

Rules know such lines by their wording. This knows them by their vocabulary, so that a wording which
nobody has written down is known too: 轻触继续播放, 动动手指转发到朋友圈, 图源见水印，如有侵权请联系删除.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from readaloud.chinese.fold import fold
from readaloud.editing.findings import Finding
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import DECORATION, is_quoted, is_sentence, is_word_told
from readaloud.editing.rulebook import KINDS, NEAR
from readaloud.errors import msg
from readaloud.model import Block

_FOLDER = Path(__file__).parent / "vocabularies"
_LONGEST = 140
_ONE_UNKNOWN_IN = 12
"""Characters of a line, of which one may be unknown."""
_TOLD_SIGNS, _TOLD_PARAGRAPHS = 3, 2
"""Signs in a paragraph that is about them, and such paragraphs in an article that is."""
_PROSE = 20
_TOLD = re.compile(
    "[他她谁]|(?:^|[。！？，；])(?:先|再|然后|接着|最后"
    "|(?:我们?|你|咱们?)(?:打|点|按|扫|看|下|关|登|注|转|分|收|保|上|查))"
)
"""Somebody does something, or one thing after another: nobody is asked to do it."""
_PIECES = re.compile(r"[0-9A-Za-z]+|[\u3400-\u9fff]+")
_NAMED = re.compile(r"[“「『\"‘《【\[（(][^”」』\"’》】\])）]{1,14}[”」』\"’》】\])）]")
"""The name of an account, a button or a keyword: any words."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one kind of line, and the finding that it is."""

    finding: Finding
    signs: int
    """Acts and things that make a line one of these, where it is no whole call."""
    sections: Mapping[str, str]
    """The section of each word."""
    at_ends: bool = False
    """Whether such a line is looked for only in an article's head and tail."""

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.sections))

    @cached_property
    def characters(self) -> frozenset[str]:
        """All that its words have, and digits."""
        return frozenset("".join(self.sections) + "0123456789")

    @cached_property
    def _sign(self) -> re.Pattern[str]:
        words = [w for w, section in self.sections.items() if section != "others" and len(w) > 1]
        return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def reaches(self, index: int, blocks: Sequence[Block]) -> bool:
        """Whether line ``index`` stands where such a line is looked for."""
        return not self.at_ends or not NEAR <= index < len(blocks) - NEAR

    def is_subject(self, prose: Iterable[str]) -> bool:
        """Whether folded paragraphs tell of these things: then its lines may be the article's."""
        told = (len({*self._sign.findall(text)}) >= _TOLD_SIGNS for text in prose)
        return sum(told) >= _TOLD_PARAGRAPHS

    def knows(self, folded: str) -> bool:
        """Whether the line is made of these words, and has enough that say what it is."""
        if not self._sign.search(folded):
            return False
        pieces: list[str] = _PIECES.findall(_NAMED.sub(" ", folded)) or _PIECES.findall(folded)
        spare = sum(map(len, pieces)) // _ONE_UNKNOWN_IN
        if len(set("".join(pieces)) - self.characters) > spare:
            return False
        covers = [self._cover(piece) for piece in pieces]
        if sum(cover.unknown for cover in covers) > spare:
            return False
        signs = [sign for cover in covers for sign in cover.signs]
        return "calls" in signs or (len(signs) >= self.signs and {"acts", "things"} <= {*signs})

    def _cover(self, piece: str) -> _Cover:
        """The best way to make a piece of these words."""
        best = [_Cover(0, 0, ())]
        for end in range(1, len(piece) + 1):
            before = best[end - 1]
            known = piece[end - 1].isdigit()
            ways = [_Cover(before.unknown + (not known), before.words + 1, before.signs)]
            for start in range(max(0, end - self._longest), end):
                section = self.sections.get(piece[start:end])
                if section is not None:
                    old = best[start]
                    sign = (section,) if section != "others" and end - start > 1 else ()
                    ways.append(_Cover(old.unknown, old.words + 1, old.signs + sign))
            best.append(min(ways))
        return best[-1]


class _Cover(NamedTuple):
    """How a text is made of a vocabulary: the fewer unknown characters and words, the better."""

    unknown: int
    words: int
    signs: tuple[str, ...]
    """The sections of its words that say something."""


def find_vocabulary_lines(
    blocks: Sequence[Block], found: Mapping[int, Finding]
) -> dict[int, Finding]:
    """Those that no rule has ``found``, by index; none of a kind that the article is about."""
    kinds = {n: find_kind(block) for n, block in enumerate(blocks) if n not in found}
    lines = {n: kind for n, kind in kinds.items() if kind is not None and kind.reaches(n, blocks)}
    if not lines:
        return {}
    prose = [
        fold(block.text)
        for n, block in enumerate(blocks)
        if n not in lines and is_sentence(block.text, _PROSE)
    ]
    subjects = [kind for kind in {*lines.values()} if kind.is_subject(prose)]
    return {n: kind.finding for n, kind in lines.items() if kind not in subjects}


def is_word(text: str) -> bool:
    """Whether a line is one word of a page's or a player's interface: 静音, 进入全屏."""
    plain = fold(text.strip(DECORATION))
    return any(plain in kind.sections for kind in _vocabularies() if not kind.at_ends)


def find_kind(block: Block) -> Vocabulary | None:
    """Of whose words alone a line is made; a numbered one is a step of something."""
    if block.kind not in KINDS or len(block.text) > _LONGEST or block.label:
        return None
    if is_word_told(block.text) or _is_strange(block.text):
        return None
    text = fold(block.text.strip(DECORATION))
    kind = next((each for each in _vocabularies() if each.knows(text)), None)
    # Asked last: nearly no line comes so far.
    if kind is None or is_quoted(block.text) or _TOLD.search(text) or read_number(text):
        return None
    return kind


def _is_strange(text: str) -> bool:
    """Whether it has too many characters that no vocabulary has: nearly every line is told so."""
    most = len(text) // _ONE_UNKNOWN_IN
    strange = {*text} - _all_characters()
    return (
        len(strange) > most
        and len({*fold("".join(strange))} - _all_characters()) > most
        and _NAMED.search(text) is None
    )


@lru_cache
def _all_characters() -> frozenset[str]:
    letters = string.ascii_letters + string.punctuation + DECORATION + "，。！？；：、“”‘’"
    return frozenset(letters).union(*(each.characters for each in _vocabularies()))


@lru_cache
def _vocabularies() -> tuple[Vocabulary, ...]:
    interface = Finding("interface", msg("words of the reading program"))
    notice = Finding("notice", msg("copyright or reprint notice"))
    return (
        Vocabulary(interface, 2, _read("interface")),
        Vocabulary(notice, 3, _read("notice"), at_ends=True),
    )


def _read(name: str) -> dict[str, str]:
    sections: dict[str, str] = {}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            for word in line.split():
                sections.setdefault(word, section)
    return sections
