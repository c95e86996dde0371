"""Every assigned character, alone and inside a sentence, through all that speaks: none is lost.

    python tests/spoken/every_character.py

goes through all of Unicode that this Python knows, in some minutes, and prints what is wrong. The
tests go through a sample of it (``test_characters.py``).
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from readaloud.errors import EmptyArticleError, ReadaloudError
from readaloud.model import Article, Block, Chapter, Script, Utterance, Voice
from readaloud.sources.readers.shared.repair import repair, take_unreadable
from readaloud.speech.engines import load_engine
from readaloud.speech.engines.kokoro.phonemes import to_symbols
from readaloud.spoken import make_script, pronounce
from readaloud.spoken.characters import PAUSES, fold, is_invisible
from readaloud.spoken.pinyin import is_han

FRAME = "这里写着{}的字。"
EMBEDDED, ONLINE, SILENT = (
    Voice("x", engine, "x", "zh-CN", "female", "simplified")
    for engine in ("kokoro", "edge", "silent")
)
_BATCH = 500


@cache
def assigned() -> list[str]:
    """All characters that this Python knows."""
    every = map(chr, range(0x110000))
    return [each for each in every if unicodedata.category(each) not in {"Cn", "Cs"}]


def find_problems(characters: Sequence[str]) -> Iterator[str]:
    """What is wrong with which of the characters."""
    for start in range(0, len(characters), _BATCH):
        batch = characters[start : start + _BATCH]
        for frame in (FRAME, "{}"):
            yield from _check_batch(batch, frame)


def _check_batch(batch: Sequence[str], frame: str) -> Iterator[str]:
    whole = [frame.format(character) for character in batch]
    taken = [take_unreadable(text) for text in whole]
    lines = [repair(text) for text, _ in taken]
    scripts = [_plan(lines, voice) for voice in (EMBEDDED, ONLINE, SILENT)]
    for number, (character, line, (_, lost)) in enumerate(zip(batch, lines, taken, strict=True), 1):
        said = [_of_line(script, number) for script in scripts]
        records = [gone.text for gone in (*lost, *scripts[0].skipped) if gone.line in {1, number}]
        name = f"U+{ord(character):04X} in {frame}"
        if len(set(said)) > 1:
            yield f"{name}: voices differ: {said}"
        yield from (f"{name}: {problem}" for problem in _symbols(scripts[0], number))
        pronounced = _pronounced(line)
        # Alone a character tells nothing of the script that it is meant in.
        lone = frame != FRAME and is_han(repair(character) or " ")
        if not lone and pronounced.strip() != said[0].strip():
            yield f"{name}: pronounce says {pronounced}, plan {said[0]}"
        if not _accounted(character, said[0], records, frame):
            yield f"{name}: lost without record: {said[0]}"


def _plan(lines: Iterable[str], voice: Voice) -> Script:
    """The script of the lines, each of its number, below a title."""
    blocks = tuple(Block(line, number) for number, line in enumerate(lines, 1))
    chapter = Chapter("c01", None, (*blocks, Block("完。", len(blocks) + 1)))
    article = Article("a", None, None, None, "zh-Hans", (chapter,), ())
    engine = load_engine(voice.engine)
    return make_script(article, voice, engine.max_chars, engine.needs_readings, engine.can_say)


def _of_line(script: Script, number: int) -> str:
    return "".join(each.spoken for each in script.utterances if each.line == number)


def _symbols(script: Script, number: int) -> Iterator[str]:
    for each in script.utterances:
        if each.line == number:
            yield from _refused(each)


def _refused(utterance: Utterance) -> Iterator[str]:
    try:
        if not to_symbols(utterance.spoken, utterance.readings, utterance.word_starts):
            yield f"no sound: {utterance.spoken}"
    except ReadaloudError as error:
        yield str(error)


def _pronounced(line: str) -> str:
    """What ``pronounce`` says, or nothing where it says marks alone."""
    try:
        said = pronounce(line, EMBEDDED, can_say=load_engine("kokoro").can_say).spoken
    except EmptyArticleError:
        return ""
    return said if any(map(str.isalnum, said)) else ""


def _accounted(character: str, said: str, records: Sequence[str], frame: str) -> bool:
    """Whether it is heard, on record, or neither seen nor heard by anyone."""
    unseen = character.isspace() or is_invisible(character) or not repair(f"一{character}一")[1:-1]
    if unseen or character in PAUSES or repair(character) in PAUSES:
        return True
    forms = {character, repair(character), fold(character)}
    recorded = any(form in text for text in records for form in forms if form)
    return recorded or (bool(said) and said != frame.format(""))


if __name__ == "__main__":
    problems = 0
    for problem in find_problems(assigned()):
        problems += 1
        print(problem)
    print(f"{len(assigned())} characters, {problems} problems")
    sys.exit(problems > 0)
