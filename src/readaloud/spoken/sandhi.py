"""Tone sandhi of 一 and 不 (Chao, A Grammar of Spoken Chinese, 1968, 1.3.3)."""

# Third tones before third tones stay as in the dictionary, for Kokoro has learnt to raise them. On 12
# phrases (你好 水果 老虎 展览馆 …) F0 of the first syllable rises by a median of 1.0, 2.1 and 1.1
# semitones (xiaoxiao, yunxi, xiaoyi) from symbols of the third tone, and by 1.2, 3.0 and 1.1 from
# those of the second; before other tones (老师 北京 火车 …) the same symbols fall by 0.8, 2.2 and
# 0.6. With yunjian it is 0.3 against 1.3: weaker, but no fall.

from __future__ import annotations

from collections.abc import Sequence

_COUNTING = frozenset("零一二三四五六七八九十百千万亿幺点两")
_ORDINAL = frozenset("第初比")  # and scores: 三比一
_DEMONSTRATIVE = frozenset("这那每某同另任进有")
"""With 一 they make a word that is part of a longer phrase: 这一行动 is said like 一行."""


def apply_sandhi(spoken: str, syllables: Sequence[str], starts: Sequence[int]) -> tuple[str, ...]:
    """Readings with the tones that 一 and 不 have before their neighbours."""
    changed = list(syllables)
    begins = set(starts)
    for index, character in enumerate(spoken):
        after = changed[index + 1][-1:] if index + 1 < len(spoken) else ""
        if character == "不" and changed[index] == "bu4" and after == "4":
            changed[index] = "bu2"
        elif character == "一" and changed[index].startswith("yi"):
            changed[index] = _one(spoken, index, after, begins)
    return tuple(changed)


def _one(spoken: str, index: int, after: str, begins: set[int]) -> str:
    """yī in numbers, ordinals and at the end of a word; yí before a fourth tone; else yì."""
    before, behind = spoken[index - 1 : index], spoken[index + 1 : index + 2]
    if (before in _ORDINAL and before) or (behind in "月日号" and behind):
        return "yi1"
    if (before in _COUNTING and before) or (
        behind in _COUNTING - {"百", "千", "万", "亿"} and behind
    ):
        return "yi1"
    ends_word = index + 1 in begins and index not in begins and before not in _DEMONSTRATIVE
    if not after or ends_word:
        return "yi1"
    if before and before == behind:
        return "yi5"
    return "yi2" if after in "45" else "yi4"
