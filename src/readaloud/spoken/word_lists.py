"""What the dictionaries get wrong or leave out, read from the lists beside this file.

``words.txt`` holds whole words, ``neutral.txt`` words whose last syllable has no tone,
``characters.txt`` the readings of characters outside words, by what stands around them. They follow
Xiandai Hanyu Cidian (7th edition).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

SURNAMES = {"单": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "朴": "piao2", "任": "ren2",
            "华": "hua4", "盖": "ge3", "查": "zha1", "尉": "yu4", "缪": "miao4", "区": "ou1",
            "翟": "zhai2", "乐": "yue4", "葛": "ge3", "燕": "yan1", "覃": "qin2", "冼": "xian3",
            "员": "yun4", "召": "shao4", "秘": "bi4", "折": "she2", "晁": "chao2", "黑": "he4",
            "种": "chong2", "那": "na1", "牟": "mu4", "谌": "chen2", "应": "ying1", "宓": "mi4",
            "逄": "pang2", "洗": "xian3", "哈": "ha3", "卜": "bu3", "车": "che1", "郗": "xi1"}  # fmt: skip
SHORT_NAMES = frozenset("单曾仇解朴任查翟缪覃冼燕葛晁谌逄郗卜盖")
"""Surnames that make a name of two characters likely; 华为 and 区长 are none."""
TRADITIONAL = {"乾": "gan1", "幹": "gan4", "隻": "zhi1", "髮": "fa4", "發": "fa1", "鬆": "song1",
               "麵": "mian4", "衝": "chong1", "鬥": "dou4", "鐘": "zhong1", "製": "zhi4",
               "捲": "juan3", "儘": "jin3", "盡": "jin4", "係": "xi4"}  # fmt: skip
_OPEN = """
背着 挑起 一石 长得 得了 一行 转着 量了 一卷 一担 一数 一处 地转 着了
还了 倒了 冲着 落下 落在 卷起 散了 降了 空着 上系 干了 中的 没了 划着
一服 一着 吐了 数了 都会 种下 朝着 吸着 支着 蒙着 熏着 失着 找着 点着
猜着 不了 一了 便了 引得 算得 见得 和面 水干 种满
"""
_FULL_ER = """
女儿 幼儿 婴儿 孤儿 少儿 男儿 健儿 胎儿 宠儿 血儿 托儿 生儿 育儿 小儿
患儿 弃儿 乞儿 产儿 妻儿 运儿 潮儿 孩儿 侄儿
"""
OPEN_WORDS = frozenset(_OPEN.split())
"""In the dictionary with one reading, but read by what stands around them."""
FULL_ER = tuple(_FULL_ER.split())
"""Ends of words in which 儿 is a child, a syllable of its own."""


def _lines(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _words() -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in _lines("words.txt") for entry in line.split("|"))
    return {word: tuple(syllables) for word, *syllables in entries}


def _characters() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    cases: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for line in _lines("characters.txt"):
        character, syllable, *pattern = line.split(" ", 2)
        cases.setdefault(character, []).append((re.compile("".join(pattern)), syllable))
    return {character: tuple(found) for character, found in cases.items()}


WORDS = _words()
NEUTRAL = frozenset(word for line in _lines("neutral.txt") for word in line.split())
CHARACTERS = _characters()
"""Character -> patterns of "tag<before_after" with their readings, the first that fits."""
