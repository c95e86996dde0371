"""Article -> Script: utterances with what is shown, what is said, and how it is read."""

from readaloud.spoken.lexicon import Lexicon, read_lexicon, read_pinyin
from readaloud.spoken.pinyin import rival_readings
from readaloud.spoken.script import blocks_of, estimate_ms, make_script, pronounce

__all__ = [
    "Lexicon",
    "blocks_of",
    "estimate_ms",
    "make_script",
    "pronounce",
    "read_lexicon",
    "read_pinyin",
    "rival_readings",
]
