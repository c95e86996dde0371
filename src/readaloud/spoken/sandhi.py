"""Tone sandhi of 一 and 不 (Chao, A Grammar of Spoken Chinese, 1968, 1.3.3)."""

# Third tones before third tones stay as in the dictionary, for Kokoro has learnt to raise them. On 12
# phrases (你好 水果 老虎 展览馆 …) F0 of the first syllable rises by a median of 1.0, 2.1 and 1.1
# semitones (xiaoxiao, yunxi, xiaoyi) from symbols of the third tone, and by 1.2, 3.0 and 1.1 from
# those of the second; before other tones (老师 北京 火车 …) the same symbols fall by 0.8, 2.2 and
# 0.6. With yunjian it is 0.3 against 1.3: weaker, but no fall.

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_DIGIT = "零一二三四五六七八九十百千万亿幺两"
_IN_A_NUMBER = re.compile(f"[第初{_DIGIT}]$|[{_DIGIT}][点比]$")
"""A number's last digit, an ordinal, a decimal, a score: 三比一."""
_NUMBER_GOES_ON = re.compile(
    "[零一二三四五六七八九十幺两](?!一)|点[零一二三四五六七八九](?![点滴])"
)
_FEW = re.compile("两[天个年次句]|二十")
_ENDS_A_WORD = re.compile(
    "(?:统|唯|惟|其|万|之|专|单|划|合|归|如|逐|不|周|期|拜|列|同|整|若|五十|八|三|九|非此即)$"
)
"""What makes a word with the 一 after it: 统一, 之一, 星期一."""
_HARDLY_ENDS = re.compile("(?:不|同|如|列|若|非此即)$")
"""Of those, what as often stands before 一点 or 一个."""
_PHRASE = re.compile(
    "[点些下个样起直定切边会阵旦般向时致共律度并旁方面道句两件步家半种位天次份块条张番笑听看]"
)
_SCHOOL_YEAR = re.compile("[新学女男]生|[上下]?学期|学年|年级|的|时|$|[，。、]")
_ORDINAL = re.compile(
    r"审(?!视|读|问)|楼(?!梯)|月|日(?![三之游内不千为夫复无])|号(?!难)|层[楼(（]"
    r"|[等级](?=[奖功舱品史响致公建消风文保医运预警市士伤军注])|年级"
    r"|期(?=工程|项目|建设|投|厂)"
    r"|线(?=城市|员工|医|演|明星|品牌|工|职工|教|干|队|部队|临床|生产|大牌|女|男|$|[，。、])"
    r"|季度|学期|氧化|元(?=论|方程|化)|维|把手|中(?=院|学|的|$|[，。、])|代(?=$|[，。])"
    r"|[加减](?=[一二三四五六七八九])"
)
"""What makes an ordinal or the first of a row of the 一 before it: 一审, 一楼, 一等奖."""
_AS_A_NUMBER = re.compile(
    "说_不二|举_反三|挂_漏万|[以闻]_[当知警儆]|[杀惩]_[儆警戒]百|知其_|独_无二|教_识百"
)
"""Sayings in which 一 is the number that is spoken of."""


def apply_sandhi(
    spoken: str, syllables: Sequence[str], starts: Sequence[int], in_names: Collection[int] = ()
) -> tuple[str, ...]:
    """Readings with the tones that 一 and 不 have before their neighbours; in names 一 keeps its."""
    changed = list(syllables)
    begins = set(starts)
    for index, character in enumerate(spoken):
        after = changed[index + 1][-1:] if index + 1 < len(spoken) else ""
        if character == "不" and changed[index] == "bu4" and after == "4":
            changed[index] = "bu2"
        elif character == "一" and changed[index].startswith("yi") and index not in in_names:
            changed[index] = _one(spoken, index, after, begins)
    return tuple(changed)


def _one(spoken: str, index: int, after: str, begins: set[int]) -> str:
    """yī in numbers, ordinals and at the end of a word; yí before a fourth tone; else yì."""
    before, behind = spoken[max(0, index - 3) : index], spoken[index + 1 : index + 4]
    if not after or _counts(before, behind) or _ends_word(before, behind, index, begins):
        return "yi1"
    if before[-1:] == behind[0] and before[-2:-1] != "一":  # 看一看, not 一级一级
        return "yi5"
    return "yi2" if after in "45" else "yi4"


def _counts(before: str, behind: str) -> bool:
    """Whether 一 is part of a number, or says which of a row."""
    if _AS_A_NUMBER.search(f"{before}_{behind}"):
        return True
    if _IN_A_NUMBER.search(before) and not (before.endswith("一点") and behind[0] in "点滴"):
        return not (before.endswith(("大一", "高一")) and _PHRASE.match(behind))
    if _NUMBER_GOES_ON.match(behind) and not _FEW.match(behind):
        return True
    if before.endswith(("大", "高")) and _SCHOOL_YEAR.match(behind):
        return True
    return _ORDINAL.match(behind) is not None


def _ends_word(before: str, behind: str, index: int, begins: set[int]) -> bool:
    """Whether 一 ends a word such as 统一; the segmenter alone is not asked: it knows 大|一点 as 大一|点."""
    if not _ENDS_A_WORD.search(before) or index in begins:
        return False
    return not (_HARDLY_ENDS.search(before) and _PHRASE.match(behind))
