"""What the shape of a line says: how long it is, how it ends, whether somebody speaks in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from readaloud.model import Block

DECORATION = " ┈┄┅┉╌╍【】[]〔〕（）()《》<>「」■◆●▲▼△▽◎○★☆▌▎|｜丨#*-—–=~·•»_▁▂▃▄▅▆▇█─━═※◇□☀✦❀▶►→←↓↑…👇👆◀◁▷☟☝⬇⬆▪▫◾❖✦✧☞➤✿❀▏▎▍◈🔹🔻📌«〓～﹏＊＝－"
"""Marks that lines of furniture are dressed with."""
WORD_CHARS = 4
STOPS = "。！？!?…"
_ENDED = re.compile(r"[。！？!?…；;：:，,、.][”’』」）)》】〉\"']{0,4}$")
_SENTENCE_END = re.compile(r"[。！？!?…][”’』」）)》】〉\"']{0,4}$")
_FULL_STOP = re.compile(r"[。…][”’』」）)》】〉\"']{0,4}(?:\s?\[\d{1,3}\]){0,4}$")
_SPEAKER = re.compile(r"([^\s:：。！？!?，,“「『]{1,8})[:：]")
_QUOTED = re.compile(r"[“「『\"‘].{0,400}[”」』\"’][。！？!?，,]?$")


def size(text: str) -> int:
    """Characters, spaces aside."""
    return len(text) - text.count(" ")


def ends_open(text: str) -> bool:
    """Whether the line ends without any mark, as titles and captions do."""
    return _ENDED.search(text[-6:]) is None


def ends_sentence(text: str) -> bool:
    """Whether the line ends in a full stop, an exclamation or a question mark."""
    return _SENTENCE_END.search(text[-6:]) is not None


def is_sentence(text: str, least: int) -> bool:
    """Whether the line is so many characters long, or longer, and ends as a sentence does."""
    return len(text) >= least and size(text) >= least and ends_sentence(text)


def has_full_stop(text: str) -> bool:
    """Whether the line ends in a full stop or fades out, marks of notes like [1] aside."""
    return _FULL_STOP.search(text[-24:]) is not None


def has_inner_stop(text: str) -> bool:
    """Whether a sentence ends before the line does."""
    return any(stop in text[:-1].rstrip(STOPS) for stop in STOPS)


def is_quoted(text: str) -> bool:
    """Whether the whole line is in quotation marks: dialogue, or a saying."""
    return size(text) <= 400 and _QUOTED.match(text) is not None


def has_words(text: str) -> bool:
    """Whether anything in it can be said."""
    return any(map(str.isalnum, text))


def find_speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """Names before a colon that begin two lines or more: the parts of an interview or a play."""
    matches = (_SPEAKER.match(block.text[:12]) for block in blocks)
    names = Counter(match[1] for match in matches if match)
    return frozenset(name for name, count in names.items() if count > 1)


def is_spoken(text: str, speakers: frozenset[str]) -> bool:
    """Whether somebody speaks in the line: quoted, a dash of dialogue, or a speaker's name."""
    match = _SPEAKER.match(text[:12])
    return is_quoted(text) or text.startswith(("——“", "-“")) or bool(match and match[1] in speakers)


def is_word_told(text: str) -> bool:
    """Whether a line is a word and a full stop, as writers set it and buttons don't (点赞。)."""
    return len(text) <= WORD_CHARS and text.endswith("。")


def typical_size(blocks: Sequence[Block]) -> float:
    """The median length of the paragraphs, 0 where there is none."""
    sizes = [size(block.text) for block in blocks if block.kind == "paragraph"]
    return median(sizes) if sizes else 0.0
