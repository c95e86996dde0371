"""Article -> Script: utterances with what is shown, what is said, and how it is read."""

from readaloud.script.build import estimate_ms, make_script, pronounce

__all__ = ["estimate_ms", "make_script", "pronounce"]
