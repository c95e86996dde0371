"""Spoken text and its readings -> the symbols that Kokoro was trained on.

The syllables are those of misaki's ``transcription`` (Apache-2.0, after pinyin-to-ipa, MIT), the
front end of Kokoro's training; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from readaloud.errors import EngineError, msg
from readaloud.speech.engines.kokoro.english import has_sound, say_english
from readaloud.speech.engines.kokoro.vocabulary import VOCABULARY

_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ",
    "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
_FINALS = {  # 0 stands where the tone goes
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ", "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ",
    "iao": "jau0", "ie": "je0", "in": "i0n", "iou": "jou0", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0",
    "ü": "y0", "üe": "ɥe0", "üan": "ɥɛ0n", "ün": "y0n",
}  # fmt: skip
_WHOLE = {
    "er": "ɚ0", "o": "ɔ0", "io": "jɔ0", "ê": "ɛ0", "m": "m0", "n": "n0", "ng": "ŋ0",
    "hm": "hm0", "hng": "hŋ0",
}  # fmt: skip
_INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcsyw]")
_BARE = frozenset({"yo", "wong"})
"""Rare syllables that the training knew without the sound of their first letter."""
_IN_FULL = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "üe"}
_MARKS = {
    "，": ", ", "、": ", ", "。": ". ", "．": ". ", "！": "! ", "？": "? ", "：": ": ", "；": "; ",
    ",": ", ", ".": ". ", "!": "! ", "?": "? ", ":": ": ", ";": "; ", "…": "…", "—": "—",
    "–": "—", "―": "—", "～": "—", "~": "—",
    "“": " “", "”": "” ", "「": " “", "」": "” ", "『": " “", "』": "” ", "«": " “", "»": "” ",
    "《": " “", "》": "” ", "〈": " “", "〉": "” ", "【": " “", "】": "” ", "〔": " (", "〕": ") ",
    "（": " (", "）": ") ", "(": " (", ")": ") ", "[": " (", "]": ") ", "{": " (", "}": ") ",
    '"': '"', "‘": "", "’": "", "'": "", "·": " ", "・": " ", "•": ", ", "-": " ", "‐": " ",
    "‑": " ", "_": " ", "/": " ", "−": " ", "－": " ", "／": " ", "|": ", ", "`": "",
}  # fmt: skip
_DIGITS = dict(
    zip(
        "0123456789",
        ["ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"],
        strict=True,
    )
)
_COLOURING = "er5"
"""The reading of a 儿 that has no syllable of its own."""
_CLOSING = frozenset(",.!?:;…”)")
"""Marks that no space stands before."""
_LETTERS = frozenset(
    letter
    for first, last in ("AZ", "az", "Àɏ", "ͰϿ")
    for letter in map(chr, range(ord(first), ord(last) + 1))
    if letter.isalpha() and has_sound(letter)
)
_LATIN = re.compile(rf"[{''.join(sorted(_LETTERS))}]+(?:['’-][A-Za-z]+)*")

Symbol = tuple[str, int, int]


def to_phonemes(spoken: str, readings: Sequence[str], word_starts: Sequence[int] = ()) -> str:
    """Symbols for an utterance; see ``to_symbols``."""
    return "".join(symbol for symbol, _, _ in to_symbols(spoken, readings, word_starts))


def to_symbols(
    spoken: str, readings: Sequence[str], word_starts: Sequence[int] = ()
) -> list[Symbol]:
    """Symbols for an utterance, each with the stretch of ``spoken`` that it is a part of.

    Every symbol is in the vocabulary; spaces and marks have an empty stretch. ``readings`` has an
    entry a character of ``spoken``, pinyin with a tone number for Chinese. Words are set apart by
    spaces, as they were in Kokoro's training.

    Raises:
        EngineError: a character has neither a reading nor a sound; nothing is dropped in silence.
    """
    symbols: list[Symbol] = []
    for piece, start, end in _pieces(spoken, list(readings), frozenset(word_starts)):
        for symbol in piece:
            after_space = bool(symbols) and symbols[-1][0] == " "
            if symbol in _CLOSING and after_space:
                symbols.pop()
            if symbol != " " or (symbols and not after_space):
                symbols.append((symbol, start, end))
    if symbols and symbols[-1][0] == " ":
        symbols.pop()
    unknown = {symbol for symbol, _, _ in symbols} - VOCABULARY.keys()
    if unknown:
        raise EngineError(
            msg("The voice has no symbol for {listed}.", listed=" ".join(sorted(unknown)))
        )
    return symbols


def can_say(character: str) -> bool:
    """Whether a character has a sound or a pause without a reading."""
    known = character in _LETTERS or character in _DIGITS or character in _MARKS
    return known or character.isspace()


def to_tokens(phonemes: str) -> list[int]:
    """The symbols' numbers."""
    return [VOCABULARY[symbol] for symbol in phonemes]


def _pieces(
    spoken: str, readings: list[str], starts: frozenset[int]
) -> Iterator[tuple[str, int, int]]:
    """Symbols, and the stretch that they stand for."""
    position = 0
    while position < len(spoken):
        if position in starts:
            yield " ", position, position
        end = position + 1
        word = None if readings[position] else _LATIN.match(spoken, position)
        if readings[position]:
            coloured = readings[end : end + 1] == [_COLOURING]
            end += coloured
            sound = _coloured(readings[position]) if coloured else syllable(readings[position])
            yield sound, position, end
        elif word:
            end = word.end()
            yield " ", position, position
            yield say_english(word[0]), position, end
            yield " ", end, end
        else:
            sound = _mark(spoken[position], spoken)
            yield sound, position, end if spoken[position] in _DIGITS else position
        position = end


def _coloured(pinyin: str) -> str:
    """A syllable coloured by the 儿 behind it; er itself takes no colour."""
    return syllable(pinyin if pinyin.startswith("er") else f"{pinyin[:-1]}r{pinyin[-1]}")


def _mark(character: str, spoken: str) -> str:
    if character in _MARKS:
        return _MARKS[character]
    if character in _DIGITS:
        return syllable(_DIGITS[character])
    if character.isspace():
        return " "
    raise EngineError(
        msg(
            "“{character}” (U+{character2:04X}) in “{spoken}” has no reading.",
            character=character,
            character2=ord(character),
            spoken=spoken[:20],
        ),
        msg("Give it one in a lexicon, or remove it from the article."),
    )


@lru_cache(maxsize=4096)
def syllable(pinyin: str) -> str:
    """The symbols of a pinyin syllable with its tone number; a final r is erhua (wanr2).

    Raises:
        EngineError: it is no syllable.
    """
    base, tone = pinyin[:-1].replace("v", "ü"), _TONES.get(pinyin[-1])
    coloured = base.endswith("r") and base not in {"er", "r"}
    shape = _shape(base.removesuffix("r") if coloured else base)
    if tone is None or shape is None:
        raise EngineError(
            msg("“{pinyin}” is not a pinyin syllable with a tone number.", pinyin=pinyin)
        )
    return shape.replace("0", tone) + ("ɻ" if coloured else "")


def _shape(base: str) -> str | None:
    """Initial and final in symbols, 0 where the tone goes; None for what is no syllable."""
    if base in _WHOLE:
        return _WHOLE[base]
    initial, final = split_syllable(base)
    if final == "i" and initial in {"zh", "ch", "sh", "r", "z", "c", "s"}:
        return _INITIALS[initial] + "ɨ0"
    if initial not in _INITIALS or final not in _FINALS:
        return None
    return _INITIALS[initial] + _FINALS[final]


def split_syllable(base: str) -> tuple[str, str]:
    """Initial and final, as the Scheme for the Chinese Phonetic Alphabet has them in full.

    y and w are no initials, ü is written u behind j, q and x, and iu, ui, un are iou, uei, uen.
    """
    initial = _INITIAL.match(base)
    head = initial[0] if initial else ""
    tail = base[len(head) :]
    if head in {"y", "w"}:
        vowel = "i" if head == "y" else "u"
        if head == "y" and tail.startswith("u"):
            tail = f"ü{tail[1:]}"
        elif not tail.startswith(vowel) and head + tail not in _BARE:
            tail = vowel + tail
        return "", tail
    if head in {"j", "q", "x"} and tail.startswith("u"):
        tail = f"ü{tail[1:]}"
    return head, _IN_FULL.get(tail, tail)
