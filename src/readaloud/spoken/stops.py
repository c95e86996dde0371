"""Which marks of a line are stops: those that may end a sentence.

A dot is one behind a word of either script, and none in a number, an abbreviation, a name, or
behind the number of a list. ! and ? are none in a name such as Yahoo!.
"""

from __future__ import annotations

import re

STOPS = frozenset("。！？…⋯‽!?｡︒︕︖﹖﹗")
ELLIPSES = frozenset("…⋯")
DOTS = frozenset(".．﹒")
OPENERS = "“‘「『（《〈【〔［([{﹁﹃︵︽︻〖"
CLOSERS = "”’」』）》〉】〕］)]}﹂﹄︶︾︼〗"
HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇々]")
_ABBREVIATIONS = re.compile(
    r"(?i)(?:mrs?|ms|dr|st|vs|nos?|inc|ltd|co|corp|[js]r|prof|etc|figs?|vols?|ch|sec|eq|ref|eds?|pp|al"
    r"|cf|ver|tel|ext|est|approx|dept|univ|gen|col|capt|sen|rep|rev|gov|mt|ave|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|ph\.d)\Z"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z.]{0,11}\Z")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]\Z")
_LIST_NUMBER = re.compile(
    r"(?:^|[。！？!?；;：:…”」）)]\s*|(?<!\d)[．.]\s*|\s)(?:\d{1,3}|[一二三四五六七八九十]{1,3})\Z"
)
_OF_A_FIGURE = re.compile(r"(?:图|圖|表|例|题|題|注|附件|步骤|步驟|方案|问题|問題)\s?\d{1,3}\Z")
_DOMAIN = re.compile(
    r"[.．](?:政务|公益|中国|中國|网络|网址|公司|商城|香港|台湾|台灣|在线)(?![㐀-鿿])"
)
_MEASURED = re.compile(r"\d\s?(?:[A-Za-zμ²³°℃/]{1,6}|[%％‰])\Z")
_NAMES_WITH_A_MARK = re.compile(
    r"(?:Yahoo|YAHOO|Yum|Joomla|Kahoot|Jeopardy|Wham|WHAM|Guess|GUESS|Mamma Mia|Moulin Rouge"
    r"|Panic|Oliver|(?<![A-Za-z])E)\Z"
)
_CRIES = re.compile(
    r"(?i)(?:ok|okay|hi|hey|hello|no|yes|wow|go|oh|bye|bravo|thanks|thank you|sorry|please|good|great"
    r"|cool|nice|help|stop|bingo|cheers|haha|yeah|yep|omg|why|what|really)\Z"
)
_IN_FOREIGN_NAMES = frozenset(
    "阿埃艾安奥奧巴贝貝比波伯博布达達德蒂丁杜尔爾法菲费費弗夫盖蓋格哈赫霍基吉加杰金卡凯凱科克库庫拉莱萊兰蘭劳勞勒雷里"
    "利列林琳卢盧鲁魯罗羅洛马馬曼梅蒙米莫穆纳納内尼诺諾努帕佩皮普齐齊奇乔喬热萨薩塞桑沙舍什史斯苏蘇索塔泰坦特提图圖托瓦"
    "万威维維沃西希谢謝辛雅亚亞耶伊约約扎泽澤治姆森顿頓娜芬丽麗莎珍妮伦倫翰汉漢迪"
)
_HALF_WIDTH = re.compile(r"(?<=[㐀-鿿])[,!?.]")


def is_stop(line: str, position: int) -> bool:
    """Whether the mark at a position may end a sentence; what stands around it decides on dots."""
    character = line[position]
    if character in "!?！？":
        return not _is_in_a_name(line, position)
    if character in STOPS:
        return True
    return character in DOTS and _is_full_stop(line, position)


def is_ellipsis(line: str, position: int) -> bool:
    """Whether an ellipsis begins there, of whichever signs."""
    return line[position] in ELLIPSES or line.startswith("...", position)


def _is_in_a_name(line: str, position: int) -> bool:
    """Yahoo!日本, a?id=1; but OK!我们走 is a cry, and so is all in a text of half-width marks."""
    before, after = line[:position], line[position + 1 : position + 2]
    if before[-1:].isascii() and before[-1:].isalnum():
        if line[position] in "!?" and after.isascii() and after.isalnum():
            return True
        if _NAMES_WITH_A_MARK.search(before[-12:]):
            return bool(after) and after not in CLOSERS
        word = _WORD.search(before[-12:])
        if word and HAN.match(after) and line[position] in "!?":
            named = word[0][0].isupper() and not _CRIES.search(before[-10:])
            return named and not _HALF_WIDTH.search(line)
    return False


def _is_full_stop(line: str, position: int) -> bool:
    """A dot that ends a sentence: behind a word, and no number, name or abbreviation goes on."""
    if line.startswith("...", position):
        return True
    before = line[max(0, position - 12) : position]
    after = line[position + 1 : position + 2]
    if (
        not before
        or _DOMAIN.match(line, position)
        or _LIST_NUMBER.search(before)
        or _OF_A_FIGURE.search(before)
    ):
        return False
    word = _WORD.search(before)
    if HAN.match(after):
        return _ends_before_han(line, position, before, word)
    if after and not after.isspace() and after not in CLOSERS + '"' and after not in OPENERS[:4]:
        return False
    if word is None:
        return before[-1].isalnum() or before[-1] in CLOSERS + "%％‰"
    return not _is_short_form(word[0])


def _ends_before_han(line: str, position: int, before: str, word: re.Match[str] | None) -> bool:
    """42公里.选手, 5%.其中; not 史蒂夫.乔布斯, vs.勇士, and Python.他 only where all stops are dots."""
    if _MEASURED.search(before):
        return True
    if word is not None:
        dotted = "。" not in line and line.rstrip()[-1:] in DOTS
        return dotted and not _is_short_form(word[0])
    if HAN.match(before[-1]):
        return not _is_foreign_name(line, position)
    return before[-1].isdigit() or before[-1] in CLOSERS


def _is_short_form(word: str) -> bool:
    return bool(_ABBREVIATIONS.match(word) or _INITIALS.match(word))


def _is_foreign_name(line: str, position: int) -> bool:
    """Whether names stand on both sides: what parts a first name and a surname is no stop."""
    import rjieba

    before, after = line[max(0, position - 12) : position], line[position + 1 : position + 13]
    if set(before[-2:]) <= _IN_FOREIGN_NAMES and set(after[:2]) <= _IN_FOREIGN_NAMES:
        return True
    tags = rjieba.tag(before)[-1:] + rjieba.tag(after)[:1]
    return len(tags) > 1 and all(tag[:2] == "nr" for _, tag in tags)
