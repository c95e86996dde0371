"""Makes what is taken over of misaki: English words for the voice, syllables for a test.

python -m pip install misaki && python tests/benchmarks/misaki_data.py

misaki (Apache-2.0) holds the words that the voice was trained on. Installed, it would bring two
more packages and refuse Python 3.13; two lists of its words are all that the program reads. Where a
word has a sound a part of speech, the usual one is taken. A word of the second list that the first
has too would never be looked up.
"""

from __future__ import annotations

import gzip
import json
import warnings
from importlib import resources
from pathlib import Path

from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.pinyin_dict import pinyin_dict

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "syllables.json"
_TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))


def main() -> None:
    [english] = (ROOT / "src" / "readaloud").rglob("kokoro/english.py")
    gold, silver = read("us_gold"), read("us_silver")
    silver = {word: said for word, said in silver.items() if word not in gold}
    for name, words in (("us_gold", gold), ("us_silver", silver)):
        text = "".join(f"{word}\t{said}\n" for word, said in words.items())
        path = english.with_name(f"{name}.tsv.gz")
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{path}: {len(words):,} words, {path.stat().st_size:,} bytes")
    said = {pinyin: found for pinyin in syllables() if (found := transcribe(pinyin))}
    CASES.write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{CASES}: {len(said):,} syllables")


def read(name: str) -> dict[str, str]:
    """Word -> symbols."""
    text = resources.files("misaki").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    entries = json.loads(text).items()
    return {w: v if isinstance(v, str) else v["DEFAULT"] for w, v in entries if v}


def syllables() -> list[str]:
    """All that pypinyin's dictionary of characters has."""
    readings = {reading for line in pinyin_dict.values() for reading in line.split(",")}
    numbered = {to_tone3(each, neutral_tone_with_five=True) for each in readings}
    return sorted(each.replace("ü", "v") for each in numbered)


def transcribe(pinyin: str) -> str:
    """As misaki's ZHG2P.retone does it, its legacy mark of length left out; empty where unknown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from misaki.transcription import pinyin_to_ipa
    try:
        said = "".join("".join(part) for part in pinyin_to_ipa(pinyin.replace("v", "ü"))[0])
    except Exception:  # interjections that misaki does not know
        return ""
    for contour, arrow in _TONES:
        said = said.replace(contour, arrow)
    for vowel in (chr(635), chr(633)):
        said = said.replace(vowel + chr(809), "ɨ")
    return said.replace(chr(815), "")


if __name__ == "__main__":
    main()
