"""What flows through readaloud: frozen values, each made once and never changed.

    bytes -> Source -> Document -> Article -> Script -> Clips -> Narration -> files

Units are suffixes: ``_ms`` milliseconds, ``_hz`` hertz, ``_lufs`` and ``_dbtp`` as in ITU-R
BS.1770-4 and EBU R 128.
"""

from readaloud.model.article import (
    Article,
    Block,
    BlockKind,
    Chapter,
    Cover,
    Document,
    Explanation,
    Removal,
    Verdict,
)
from readaloud.model.clip import Clip, Word
from readaloud.model.edition import Edition, Outcome, Planned, State
from readaloud.model.label import Label, LabelMode, LabelPlace, says_it
from readaloud.model.narration import ChapterMark, Cue, Loudness, Narration
from readaloud.model.programme import Correction, ProgrammeItem
from readaloud.model.rules import AltText, EditingRules, LineMark, LineRule, Lines
from readaloud.model.script import SAID_OTHERWISE, Script, Utterance, UtteranceKind, count_unspoken
from readaloud.model.source import Code, ReadingRules, SiteRule, Source, Text
from readaloud.model.voice import OptionValue, Pacing, Prosody, TextScript, Voice

__all__ = [
    "SAID_OTHERWISE",
    "AltText",
    "Article",
    "Block",
    "BlockKind",
    "Chapter",
    "ChapterMark",
    "Clip",
    "Code",
    "Correction",
    "Cover",
    "Cue",
    "Document",
    "EditingRules",
    "Edition",
    "Explanation",
    "Label",
    "LabelMode",
    "LabelPlace",
    "LineMark",
    "LineRule",
    "Lines",
    "Loudness",
    "Narration",
    "OptionValue",
    "Outcome",
    "Pacing",
    "Planned",
    "ProgrammeItem",
    "Prosody",
    "ReadingRules",
    "Removal",
    "Script",
    "SiteRule",
    "Source",
    "State",
    "Text",
    "TextScript",
    "Utterance",
    "UtteranceKind",
    "Verdict",
    "Voice",
    "Word",
    "count_unspoken",
    "says_it",
]
