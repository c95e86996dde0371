"""Readings that stand in brackets behind a word: 瓮安（wèng ān）, 夔[kuí], 亳（音博）.

They are no text. They are left out, on record, and the word is read so in that place; so are the
readings above characters (ruby).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from readaloud.chinese.convert import convert
from readaloud.errors import msg
from readaloud.model import Article, Block, Chapter, Removal
from readaloud.spoken.character_readings import bases_of, is_everyday
from readaloud.spoken.lexicon import Lexicon
from readaloud.spoken.pinyin import is_han, read_aloud
from readaloud.spoken.written_pinyin import Syllable, has_tone, split_syllables

READING = msg("reading in brackets")

_HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_BRACKET = re.compile(
    rf"(?P<word>{_HAN}{{1,8}})(?P<closer>[”’」』》]?)\s?"
    r"(?P<gloss>[（(\[【〔［]\s?(?P<inside>[^（）()\[\]【】〔〕［］\n]{1,60}?)\s?[）)\]】〕］])"
)
_NAMED = re.compile(r"(?:拼音|[读讀]音|[读讀念唸]作?|音)(?:为|為|是)?\s?[:：]?\s?")
_PARTED = re.compile(r"\s?[，,；;。]\s?")
_NUMBERED = re.compile(r"(?:[a-zü:]{1,6}[1-5][\s'’-]?){1,8}")
_LETTERS = re.compile(r"[a-zü]{1,6}")
_LIKE = re.compile(
    rf"(?:音|[读讀念唸]作?)(?:同|近|似|如)?\s?[“\"‘「『]?({_HAN})[”\"’」』]?(?:音|字)?"
)
_BOPOMOFO = re.compile("[ㄅ-ㄯˊˇˋ˙\\s]{1,40}")


@dataclass(frozen=True, slots=True)
class _Gloss:
    """``start`` and ``end`` of what goes, where its word begins, and how that is read."""

    start: int
    end: int
    word: int
    syllables: tuple[str, ...]


def free_of_glosses(article: Article) -> tuple[Article, list[Removal]]:
    """The article without its readings in brackets, its blocks knowing them; and those on record."""
    gone: list[Removal] = []

    def free(block: Block) -> Block:
        freed, removed = free_block(block)
        gone.extend(removed)
        return freed

    chapters = tuple(_free_chapter(chapter, free) for chapter in article.chapters)
    title, removed = article.title, list[Removal]()
    if title:
        freed, removed = free_block(Block(title, 1))
        title = freed.text
    # Where the text shows the title, its readings are on record already.
    recorded = {removal.text for removal in gone}
    gone[:0] = [removal for removal in removed if removal.text not in recorded]
    return replace(article, title=title, chapters=chapters), gone


def _free_chapter(chapter: Chapter, free: Callable[[Block], Block]) -> Chapter:
    title = free(chapter.title) if chapter.title is not None else None
    return replace(chapter, title=title, blocks=tuple(map(free, chapter.blocks)))


def free_block(block: Block) -> tuple[Block, list[Removal]]:
    """A block without its glosses; each reading with the place of its word in what is left."""
    glosses = list(_find(block.text)) if _BRACKET.search(block.text) else []
    readings = list(_ruby(block))
    if not glosses and not readings:
        return block, []
    kept, removed, at = "", [], 0
    for gloss in glosses:
        kept += block.text[at : gloss.start]
        at = gloss.end
        gone = block.text[gloss.start : gloss.end]
        removed.append(Removal(block.line, gone, READING, number=block.number))
        if gloss.syllables:
            readings.append((gloss.word, gloss.syllables))
    cuts = [(gloss.start, gloss.end - gloss.start) for gloss in glosses]
    moved = [
        (place - sum(size for start, size in cuts if start < place), syllables)
        for place, syllables in readings
    ]
    text = kept + block.text[at:]
    return replace(block, text=text, readings=tuple(sorted(moved))), removed


def _find(text: str) -> Iterator[_Gloss]:
    for match in _BRACKET.finditer(text):
        word = match["word"]
        inside = match["inside"]
        first = _PARTED.split(inside, maxsplit=1)
        syllables = _read(word, first[0])
        if syllables is None:
            continue
        start, end = match.span("gloss")
        if rest := inside[len(first[0]) :]:
            start = match.start("inside")
            end = start + len(first[0]) + len(rest) - len(_PARTED.sub("", rest, count=1))
        place = match.end("word") - len(syllables)
        yield _Gloss(start, end, place, syllables)


def _read(word: str, inside: str) -> tuple[str, ...] | None:
    """How the end of a word is read by what stands in the bracket; None where it is no reading.

    An empty reading is one in signs that nothing is made of.
    """
    if _BOPOMOFO.fullmatch(inside):
        return ()
    like = _LIKE.fullmatch(inside)
    if like:
        said = read_aloud(convert(like[1], "simplified", "traditional")).syllables
        return said[:1] if said and _fits(word[-1:], [said[0][:-1]]) else None
    named = _NAMED.match(inside)
    written = inside[named.end() :] if named else inside
    if not has_tone(written) and not _NUMBERED.fullmatch(written):
        plain = _LETTERS.fullmatch(written) and named
        return _syllables(word, written) if plain else None
    return _syllables(word, written)


def _syllables(word: str, written: str) -> tuple[str, ...] | None:
    """The syllables for the last characters of a word, if they can be read so."""
    for count in range(1, len(word) + 1):
        base = word[-count:]
        for way in split_syllables(written, base):
            if len(way) == count and _fits(base, [syllable.base for syllable in way]):
                return tuple(map(_numbered, way))
    if has_tone(written) and not is_everyday(word[-1]):  # no dictionary has every reading
        ways = (way for way in split_syllables(written, word[-1]) if len(way) == 1)
        return next((tuple(map(_numbered, way)) for way in ways), None)
    return None


def _numbered(syllable: Syllable) -> str:
    return syllable.numbered


def _fits(word: str, bases: list[str]) -> bool:
    """Whether half of the characters or more are read so, those that few dictionaries have aside."""
    common = ((bases_of(c), base) for c, base in zip(word, bases, strict=True) if c <= "\uffff")
    known = [(readings, base) for readings, base in common if readings]
    return 2 * sum(base in readings for readings, base in known) >= len(known)


def _ruby(block: Block) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The readings above characters, with their places in the block's text, in order."""
    at = 0
    for base, reading in block.ruby:
        place = block.text.find(base, at)
        if place < 0:
            continue
        at = place + len(base)
        ways = split_syllables(reading, base) if all(map(is_han, base)) else []
        way = next((way for way in ways if len(way) == len(base)), None)
        if way is not None and has_tone(reading):
            yield place, tuple(map(_numbered, way))


def lexicon_of(block: Block, source_script: Literal["simplified", "traditional"]) -> Lexicon:
    """The words that a block reads in one way wherever it has them."""
    words: dict[str, set[tuple[str, ...]]] = {}
    for place, syllables in block.readings:
        words.setdefault(block.text[place : place + len(syllables)], set()).add(syllables)
    readings = {
        convert(word, "simplified", source_script): next(iter(ways))
        for word, ways in words.items()
        if len(ways) == 1 and (len(word) > 1 or block.text.count(word) == 1)
    }
    return Lexicon(readings)


def read_glosses(
    block: Block, start: int, simplified: str, spoken: str, syllables: tuple[str, ...]
) -> tuple[str, ...]:
    """The syllables of a spoken piece, its glossed words read as the block says.

    Args:
        block: what the piece is of.
        start: where it begins there.
        simplified: the piece as it is written, in Simplified characters.
        spoken: as it is said.
        syllables: of what is said, one a character.
    """
    read = list(syllables)
    for place, said in block.readings:
        at = place - start
        word = simplified[at : at + len(said)] if 0 <= at < len(simplified) else ""
        if len(word) < len(said) or simplified.count(word) != spoken.count(word):
            continue
        found = -1
        for _ in range(simplified[:at].count(word) + 1):
            found = spoken.find(word, found + 1)
        if found >= 0:
            read[found : found + len(said)] = said
    return tuple(read)
