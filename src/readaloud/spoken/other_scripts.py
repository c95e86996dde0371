"""Letters of other scripts in Chinese text: said by their sound, or by the name of the language.

A voice has no symbol for them, and a listener has no use for a run of letters that nobody knows.
Kana, bopomofo, Cyrillic and Greek words are said by their sound where they are short: they are
mostly names. Of the rest, and of what is long, it is said which language it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from readaloud.spoken.characters import PAUSES
from readaloud.spoken.reading_lists import read_list

ANY = "外文"
"""For a script without a name in the list."""
_BY_SOUND = frozenset({"日文", "注音", "俄文", "希腊文"})
_LONGEST = 24
"""Letters that are said by their sound; more of them are a passage, not a name."""
_LONE_GREEK = 2
"""Greek letters that stand for themselves in formulas: π, ΔT, αβ."""
_HAN = "[㐀-鿿]"
_OF = re.compile(rf"(?<={_HAN})[のノ](?={_HAN})")
"""茶の味 is read 茶的味 wherever shops are called so."""
_TONES = "ˊˇˋ˙"
_PHONETIC = re.compile(
    r"[a-zæðøœŋθβχʰ.()]*(?:[ɐɒ-ɟɢ-ʯˈˌːˑ˥-˩][a-zæðøœŋθβχɑɡʰʲʷˠˤ.()\u0300-\u036f]*)+"
)
"""Letters of the phonetic alphabet and what stands between them; ɑ and ɡ are typed in pinyin too."""


def say_other_scripts(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with each run of other scripts as it is said, and these runs with what is said.

    The name of a language is not said twice: 彝文ꆈꌠ.
    """
    if text.isascii():
        return text, []
    instead: list[tuple[str, str]] = []

    def put(written: str, said: str) -> str:
        instead.append((written, said))
        return said

    text = _OF.sub(lambda match: put(match[0], "的"), text)
    text = _PHONETIC.sub(lambda match: put(match[0], "音标"), text).replace("音标音标", "音标")
    spoken = ""
    for run, name in _runs(text):
        said = _say(run, name) if name else run
        if said != run:
            put(run, said)
        spoken += "" if said == name and spoken.endswith(name) else said
    return spoken, instead


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in runs, each with the name of its script; empty for what is Chinese, Latin or none."""
    start, name = 0, ""
    for at, character in enumerate(text):
        other = _name_at(text, at, name) if character > "\u02ff" else ""
        if name == "注音" and character in _TONES:
            other = name
        if character == " " and name not in {"", "希腊文"} and at + 1 < len(text):
            other = name if _name_at(text, at + 1, "") == name else ""
        if other != name:
            if at > start:
                yield text[start:at], name
            start, name = at, other
    yield text[start:], name


def _name_at(text: str, at: int, before: str) -> str:
    """The script of a character; marks and joiners belong to what stands before them."""
    character = text[at]
    kind = unicodedata.category(character)
    if kind[0] == "M" or character in "\u200c\u200d":
        return before if before or kind == "Cf" else script_name(character)
    if kind[0] in "PS" and before and character not in PAUSES:  # between Tibetan syllables
        return before if _named(character) == before else ""
    return script_name(character)


@lru_cache(maxsize=8192)
def script_name(character: str) -> str:
    """What is said for the script of a letter; empty for Chinese, Latin, and what is no letter."""
    kind = unicodedata.category(character)
    if kind[0] not in "LM" and kind not in {"Nl", "No"}:
        return ""
    if name := _named(character):
        return name
    words = unicodedata.name(character, "").split(" ")
    return ANY if kind in {"Lo", "Lu", "Ll"} and not _is_ours(words) else ""


def _named(character: str) -> str:
    """What the list says for the first words of a character's name; empty where it has none."""
    words = unicodedata.name(character, "").split(" ")
    found = (_names().get(" ".join(words[:size])) for size in (3, 2, 1))
    return next(filter(None, found), "")


def _is_ours(words: list[str]) -> bool:
    """Chinese and Latin letters, and what folding makes of letters for mathematics."""
    return words[0] in {"", "CJK", "LATIN", "MODIFIER", "FULLWIDTH", "MATHEMATICAL", "IDEOGRAPHIC"}


def _say(run: str, name: str) -> str:
    letters = [letter for letter in run if letter.isalpha()]
    if name == "希腊文" and len(letters) <= _LONE_GREEK:
        return run
    if name not in _BY_SOUND or not 0 < len(letters) <= _LONGEST:
        return name
    said = "".join(map(_sound, _plain(run)))
    return said if said.strip() else name


def _plain(run: str) -> str:
    """Full-width kana, Greek without accents; kana and short i keep the marks that are of them."""
    folded = unicodedata.normalize("NFKC", run)
    apart = unicodedata.normalize("NFD", folded)
    greek = any("\u0370" <= letter <= "\u03ff" for letter in apart)
    return re.sub("[\u0300-\u036f]", "", apart) if greek else folded


@lru_cache(maxsize=2048)
def _sound(letter: str) -> str:
    """A letter by its sound; a capital stays one."""
    small = letter.lower()
    if "ァ" <= letter <= "ヴ":
        small = chr(ord(letter) - 0x60)
    sound = _sounds().get(small)
    if sound is None:
        base = unicodedata.normalize("NFD", small)[:1]
        sound = _sounds().get(base, "") if base != small else letter if letter == " " else ""
    return sound.capitalize() if letter != small and sound.isascii() else sound


@cache
def _names() -> dict[str, str]:
    return {row[0]: row[1] for row in read_list("script_names")}


@cache
def _sounds() -> dict[str, str]:
    return {letter: "".join(sound) for letter, *sound in read_list("letter_sounds")}
