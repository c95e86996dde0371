"""Article -> Script: utterances with what is shown, what is said, and how it is read."""

from readaloud.script.build import estimate_ms, make_script, pronounce
from readaloud.script.lexicon import Lexicon, read_lexicon

__all__ = ["Lexicon", "estimate_ms", "make_script", "pronounce", "read_lexicon"]
