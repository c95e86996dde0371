"""Tells Chinese prose that is set as code, a poem, a letter, from a program's code."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = re.compile("[\u3400-\u9fff，。、；：！？“”‘’（）《》「」『』…—]")
_INK = re.compile(r"[^\s\d]")
_PROSE_SHARE = 0.5
"""Prose in a fence is Chinese by more than half; code with Chinese strings is less."""
_LABELLED_SHARE = 0.85
"""The same where a language is named."""
_TEXT_LABELS = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md", "quote"})
_REMARK = re.compile(
    r"(?:#{1,6}|//+|--+|;+|/?\*+|%+|\"{3}|'{3}|<!--|REM\b)(?:\s|(?=[\u3400-\u9fff]))|\*/$"
)
_TRAILING = re.compile(r"(?<=[\x21-\x7e])\s{1,40}(?:#|//|--|;|/\*)\s?[\u3400-\u9fff].*$")


def is_prose(lines: Sequence[str], label: str = "") -> bool:
    """Whether lines set as code are Chinese prose.

    Remarks count for nothing where other lines stand between them: they may outweigh the code.

    Args:
        lines: the lines.
        label: the language that the source names.
    """
    bare = [_TRAILING.sub("", line) for line in lines if not _REMARK.match(line.strip())]
    text = "".join(bare if any(map(_INK.search, bare)) else lines)
    ink = len(_INK.findall(text))
    share = _PROSE_SHARE if label in _TEXT_LABELS else _LABELLED_SHARE
    return ink > 0 and len(_HAN.findall(text)) >= share * ink
