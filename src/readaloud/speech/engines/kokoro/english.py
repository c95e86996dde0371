"""Latin and Greek letters inside Chinese text -> Kokoro's symbols, American English.

Words come from misaki's dictionaries (Apache-2.0), which stand beside this file as
``tests/benchmarks/misaki_data.py`` makes them: ``us_gold`` was written for Kokoro, ``us_silver``
was made for it. What neither holds is composed of what they hold, spelled, or read by rule.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

_SAID_AS_WORDS = {
    "NATO", "COVID", "AIDS", "SARS", "MERS", "NASA", "OPEC", "APEC", "ASEAN", "UNESCO", "UNICEF",
    "BRICS", "FIFA", "RAM", "ROM", "LED", "SIM", "PIN", "VAR", "DNS", "LASER", "SWIFT", "SWOT",
    "IKEA", "SONY", "ZARA", "JPEG", "TOEFL", "ASUS", "LIDAR",
}  # fmt: skip
_SPELLED = {"LED", "DNS", "VAR"}
_OWN = {
    "iphone": "ˈIfˌOn", "ipad": "ˈIpˌæd", "imac": "ˈImˌæk", "ios": "ˌIˌOˈɛs", "ebay": "ˈiˌbA",
    "huawei": "hwˈɑwA", "tiktok": "tˈɪktˌɑk", "wechat": "wˈiʧˌæt", "weibo": "wˈAbˌO",
    "alibaba": "ˌɑlibˈɑbə", "xiaomi": "ʃˌWmˈi", "tencent": "tˈɛnsˌɛnt", "baidu": "bˈIdˌu",
    "bytedance": "bˈItdˌæns", "oppo": "ˈɑpO", "vivo": "vˈivO", "covid": "kˈOvɪd",
    "chatgpt": "ʧˈæt ʤˌipˌitˈi", "deepseek": "dˈipsˌik", "openai": "ˈOpᵊn ˌAˈI",
    "github": "ɡˈɪthˌʌb", "android": "ˈændɹˌYd", "wifi": "wˈIfˌI", "app": "ˈæp", "vlog": "vlˈɔɡ",
    "nvidia": "ɛnvˈɪdiə", "tesla": "tˈɛslə", "airbnb": "ˈɛɹbˌienbˈi", "unesco": "junˈɛskO",
    "asean": "ˈɑsiˌɑn", "apec": "ˈApˌɛk", "opec": "ˈOpˌɛk", "brics": "bɹˈɪks", "sars": "sˈɑɹz",
    "mers": "mˈɜɹz", "fifa": "fˈifə", "unicef": "jˈunəsˌɛf", "nasa": "nˈæsə", "nato": "nˈATO",
    "ikea": "Ikˈiə", "sony": "sˈOni", "zara": "zˈɑɹə", "jpeg": "ʤˈApˌɛɡ", "toefl": "tˈOfᵊl",
    "asus": "Asˈus", "lidar": "lˈIdˌɑɹ", "nasdaq": "nˈæzdˌæk",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta",
    "λ": "lambda", "μ": "mu", "π": "pi", "σ": "sigma", "φ": "phi", "ω": "omega", "ζ": "zeta",
    "η": "eta", "κ": "kappa", "ρ": "rho", "τ": "tau", "χ": "chi", "ψ": "psi", "ξ": "xi",
    "ν": "nu", "ι": "iota", "υ": "upsilon", "ο": "omicron",
}  # fmt: skip
_RULES = {
    "tion": "ʃən", "sion": "ʒən", "igh": "I", "tch": "ʧ", "eau": "O", "ch": "ʧ", "sh": "ʃ",
    "zh": "ʤ",
    "th": "θ", "ph": "f", "ck": "k", "qu": "kw", "wh": "w", "ng": "ŋ", "ee": "i", "ea": "i",
    "oo": "u", "ai": "A", "ay": "A", "ei": "A", "ey": "i", "oa": "O", "ow": "O", "ou": "W",
    "oi": "Y", "oy": "Y", "au": "ɔ", "aw": "ɔ", "ie": "i", "ue": "u", "ew": "u", "ar": "ɑɹ",
    "er": "əɹ", "ir": "ɜɹ", "or": "ɔɹ", "ur": "ɜɹ", "a": "æ", "b": "b", "c": "k", "d": "d",
    "e": "ɛ", "f": "f", "g": "ɡ", "h": "h", "i": "ɪ", "j": "ʤ", "k": "k", "l": "l", "m": "m",
    "n": "n", "o": "O", "p": "p", "q": "k", "r": "ɹ", "s": "s", "t": "t", "u": "u", "v": "v",
    "w": "w", "x": "ks", "y": "i", "z": "z", "bb": "b", "cc": "k", "dd": "d", "ff": "f", "gg": "ɡ",
    "ll": "l", "mm": "m", "nn": "n", "pp": "p", "rr": "ɹ", "ss": "s", "tt": "t", "zz": "z",
}  # fmt: skip
_RULE = re.compile("|".join(sorted(_RULES, key=len, reverse=True)))
_VOWELS = "AIOWYaæɑɔəɛɜɪiuʊʌeoᵻᵊ"
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]")


@lru_cache(maxsize=4096)
def say_english(run: str) -> str:
    """Symbols for a run of letters without a space: a word, an acronym, or mixed like iPhone."""
    run = _plain(run)
    own = _OWN.get(run.casefold().replace("-", ""))
    if own and (not run.isupper() or run in _SAID_AS_WORDS or len(run) > 4):
        return own
    if "-" in run:
        return " ".join(say_english(part) for part in run.split("-") if part)
    if len(run) == 1:
        return _letter(run)
    if run.isupper():
        return _capitals(run)
    if run[-1] == "s" and run[:-1].isupper() and len(run) < 7:
        return _plural(run)
    return _look_up(run) or _derive(run)


def has_sound(letter: str) -> bool:
    """Whether it is said: a letter with a Greek name, or an English one with its accents off."""
    return _plain(letter).isascii()


def _derive(run: str) -> str:
    """A word that no dictionary has, by its parts or by rule."""
    if run.endswith("'s") and len(run) > 2:
        return say_english(run[:-2]) + ("s" if run[-3] in "fkpt" else "z")
    if run.startswith("Mc") and len(run) > 3:
        return "mək" + say_english(run[2:])
    parts = _PARTS.findall(run)
    if len(parts) > 1:
        return " ".join(say_english(part) for part in parts if part.isalpha())
    return _compose(run.casefold()) or _by_rule(run.casefold())


def _plain(run: str) -> str:
    """Greek letters by name, accents off."""
    import unicodedata

    if any(letter.casefold() in _GREEK for letter in run):
        run = "".join(_GREEK.get(letter.casefold(), letter) for letter in run)
    folded = unicodedata.normalize("NFKD", run.replace("’", "'"))
    return "".join(c for c in folded if c.isascii()) or run


def _capitals(run: str) -> str:
    """An acronym: a word where announcers say one, else letter by letter."""
    if run in _SAID_AS_WORDS - _SPELLED or len(run) > 5 or _is_word_in_capitals(run):
        return _look_up(run.casefold()) or _by_rule(run.casefold())
    return " ".join(_letter(letter) for letter in run)


def _is_word_in_capitals(run: str) -> bool:
    """SALE, LEGO: from four letters on a word that the dictionary knows in small letters."""
    gold = _dictionary("us_gold")
    return (
        len(run) > 3
        and run not in _SPELLED
        and not {run.lower(), run.capitalize()}.isdisjoint(gold)
    )


def _plural(run: str) -> str:
    """GPUs: the letters, and the sound of s behind the name of the last one."""
    last = run[-2]
    return _capitals(run[:-1]) + ("ᵻz" if last in "HSXZ" else "s" if last == "F" else "z")


def _letter(letter: str) -> str:
    return _dictionary("us_gold").get(letter.upper()) or _by_rule(letter.casefold())


def _look_up(word: str) -> str | None:
    """The word as written, in small letters, or as a regular form of a known word."""
    for dictionary in ("us_gold", "us_silver"):
        words = _dictionary(dictionary)
        for form in (word, word.casefold(), word.capitalize()):
            if form in words:
                return words[form]
    return None


def _compose(word: str) -> str | None:
    """A regular ending on a known word, or two known words written as one."""
    endings = (("ing", "ɪŋ"), ("ed", "d"), ("s", "z"), ("er", "əɹ"), ("ly", "li"))
    for ending, sound in endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            known = _look_up(stem) or _look_up(stem + "e")
            if known:
                return known + sound
    for cut in range(len(word) - 3, 2, -1):
        first, second = _look_up(word[:cut]), _look_up(word[cut:])
        if first and second:
            return first + second.replace("ˈ", "ˌ")
    return None


def _by_rule(word: str) -> str:
    """Spelled where no vowel is written, else letter groups by their commonest sound."""
    if not re.search("[aeiouy]", word) and len(word) > 1:
        return " ".join(_letter(letter) for letter in word if letter.isalpha())
    sounds = "".join(_RULES[group] for group in _RULE.findall(word))
    stressed = next((i for i, sound in enumerate(sounds) if sound in _VOWELS), 0)
    return sounds[:stressed] + "ˈ" + sounds[stressed:]


@lru_cache
def _dictionary(name: str) -> dict[str, str]:
    """Word -> symbols."""
    text = gzip.decompress(Path(__file__).with_name(f"{name}.tsv.gz").read_bytes()).decode()
    return dict(line.split("\t") for line in text.splitlines())
