"""A character with several readings, outside known words: which one its neighbours speak for.

First a rule has its say (a surname before a title, a pattern of character_pinyin.tsv, the usual
reading); then a log-linear model weighs it against what stands around: characters, words, parts of
speech. The weights were learnt by tests/benchmarks/reading_model.py, which says from what.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from readaloud.spoken.character_readings import usual_readings
from readaloud.spoken.reading_lists import (
    FULL_ER,
    SHORT_NAMES,
    SURNAMES,
    contexts_of,
    read_packed_lines,
)
from readaloud.spoken.word_readings import Piece, is_han, usual_reading

Weights = dict[str, tuple[float, ...]]
_TITLE = re.compile(
    r"先生|女士|小姐|太太|某|老师|教授|大爷|大妈|阿姨|老汉|大伯|大叔|大婶|大嫂|夫人|氏(?![^族家的])|师傅|同学|博士|大夫|医生|律师|法官"
)
_OFFICE = re.compile(
    r"教练|警官|记者|导演|议员|校长|书记|经理|局长|市长|县长|处长|科长|队长|总(?=说|认为|表示|，)"
)
"""Titles that a verb or a number may stand before as well: 任教练, 区议员, 华记者."""
_BEFORE_A_PERSON = re.compile(
    r"(?:^|[^一-龥]|[^艺住用]者|[画作专钢]家|[老律医厨]师|教授|教练|[选歌助]手|演员|导演|书记|主席|经理|叫|是"
    r"|请|问|找|区长)$"
)
"""After what 区 may be a surname; elsewhere it is a district, as in 香港区议员 and 新区教师."""
_GIVEN_NAME = re.compile(
    r"[^长委政府议域块内里间别分上下划属级县位外旗中的和与及教医法公人民一二三四五六七八九十][一-龥]"
    r"(?:$|[，。、；]|[的说在和与是出来去任率向表认])"
)
_NO_VERB = frozenset("单仇朴尉缪翟葛燕覃冼晁谌宓逄郗")
"""Surnames that are no verb, and no place's name, before such a title."""
_CALLED = frozenset("任单曾仇华缪葛翟燕朴覃")
_WHAT_HE_IS = re.compile(
    r"(?:[菜果茶棉粮花瓜蔗]农|学家|专家|作家|画家|[教厨律设工]师|选手|司机|村民|市民|记者|队长|经理|医生|护士|民警"
    r"|警察|主任|书记|教授|校长|厂长|商人|鞋商|老板|工人|姑娘|小伙子?|演员|歌手|导演|会计|院士|队员|教练|干部)$"
)
_NAME_BEHIND = re.compile(
    r"[^了过着出到得的在他她我你][一-龥](?:$|[，。、；]|[的一在和与说把被从向为是就也都来去给用对已将于带正拿又])"
)
_NAME_AND_TITLE = re.compile(
    r"[一-龥]{2}(?:法官|先生|女士|教授|医生|律师|记者|老师|院士|将军|导演|警官|大夫|师傅|同志)"
)
_FOREIGN = frozenset(
    "阿埃艾安奥巴贝比波伯博布达德蒂丁杜多厄尔法菲费弗夫盖格哈赫霍基吉加杰金卡凯科克库拉莱兰劳勒雷里利林卢鲁罗洛马迈曼梅蒙米莫穆纳内尼诺努帕佩皮普齐奇乔热萨塞桑沙舍施史斯苏索塔泰坦特提图托瓦万威维沃西希谢辛雅亚耶伊约扎泽"
)
PATTERN, USUAL = 3.0, 1.5
"""What a rule and a usual reading weigh before anything is learnt."""
_FIRM = 2.0
"""What a rule weighs more once all is learnt: it was written where examples are few."""
_FARTHEST = 8
"""How many pieces behind a character are asked whether a verb follows: 为孩子操心, 为孩子的父亲."""
SCALE = 10
"""Weights are kept as whole numbers of tenths."""


_SELDOM = frozenset("那黑种折秘召洗哈员车应")
"""Surnames so rare that what the segmenter takes for a name most often is none: 那公子, 黑中介."""


def choose_reading(text: str, pieces: Sequence[Piece], place: int) -> tuple[str, float]:
    """The likeliest reading of the open piece at a place, and the doubt about it, from 0 to 1."""
    piece = pieces[place]
    if piece.text == "儿" and piece.start and is_han(text[piece.start - 1]):
        return ("er2" if text[: piece.start + 1].endswith(FULL_ER) else "er5"), 0.1
    readings = usual_readings(piece.text)
    scores = dict.fromkeys(readings, 0.0)
    syllable, strength = rule_of(text, pieces, place)
    scores[syllable] = scores.get(syllable, 0.0) + strength
    learnt_readings, weights = _learnt(piece.text)
    for feature in features_of(text, pieces, place, syllable) if weights else ():
        for reading, weight in zip(learnt_readings, weights.get(feature, ()), strict=False):
            scores[reading] = scores.get(reading, 0.0) + weight
    firmly = firm(strength) - strength
    best = max(scores, key=lambda reading: scores[reading] + firmly * (reading == syllable))
    rest = sum(math.exp(score - scores[best]) for score in scores.values())
    return best, 1 - 1 / rest


def firm(strength: float) -> float:
    """What a rule or a usual reading weighs against all that was learnt."""
    return strength + _FIRM if strength == PATTERN else strength


def rule_of(text: str, pieces: Sequence[Piece], place: int) -> tuple[str, float]:
    """What the rules make of a character, and what that weighs."""
    piece = pieces[place]
    character, at = piece.text, piece.start
    before, after = text[max(0, at - 6) : at], text[at + 1 : at + 15]
    if character in SURNAMES and (
        before.endswith("姓") or _is_name(piece) or _is_addressed(character, before, after)
    ):
        return SURNAMES[character], PATTERN
    around = f"{_tag_before(pieces, place)[:1]}<{before}_{after}"
    for pattern, syllable in contexts_of(character):
        if pattern.search(around):
            return syllable, PATTERN if pattern.pattern else USUAL
    return usual_reading(character), USUAL


def features_of(text: str, pieces: Sequence[Piece], place: int, rule: str) -> tuple[str, ...]:
    """What the model looks at; each is one string."""
    piece = pieces[place]
    at = piece.start
    a, b = text[at - 2 : at - 1] if at > 1 else "^", text[at - 1 : at] if at else "^"
    c, d = text[at + 1 : at + 2] or "$", text[at + 2 : at + 3] or "$"
    before, after = _neighbour(pieces, place, -1), _neighbour(pieces, place, 1)
    whole = piece.word if len(piece.word) < 4 else ""
    ends = "+" if len(before.word) > 1 and not piece.offset else ""
    begins = "+" if len(after.word) > 1 and not after.offset else ""
    verb = "v" in _tags_behind(pieces, place)[1:]
    return (
        "*",
        f"r{rule}",
        f"b{b}{ends}",
        f"c{c}{begins}",
        f"ab{a}{b}",
        f"cd{c}{d}",
        f"bc{b}{c}",
        f"w{before.text}",
        f"x{after.text}",
        f"t{before.tag[:2]}",
        f"u{after.tag[:2]}",
        f"tu{before.tag[:1]}{after.tag[:1]}",
        f"o{piece.tag[:2]}{piece.offset}{len(piece.word)}",
        f"h{is_han(b)}{is_han(c)}",
        f"f{b in _FOREIGN}{c in _FOREIGN}",
        f"m{whole}",
        f"q{verb}",
        f"Q{after.tag[:1]}{verb}",
        f"P{before.tag[:1]}{verb}",
    )


def _tags_behind(pieces: Sequence[Piece], place: int) -> str:
    """The parts of speech of the words behind a piece, a letter each, as far as the clause goes."""
    clause = takewhile(
        lambda piece: piece.text[0].isalnum(), pieces[place + 1 : place + 1 + _FARTHEST]
    )
    return "".join(piece.tag[:1] for piece in clause if not piece.offset)


_EDGE = Piece(0, "^", "^", "^", 0, ())


def _neighbour(pieces: Sequence[Piece], place: int, step: int) -> Piece:
    other = place + step
    return pieces[other] if 0 <= other < len(pieces) else _EDGE


def _tag_before(pieces: Sequence[Piece], place: int) -> str:
    """Inside what the segmenter made up, the piece before is most often a verb."""
    if pieces[place].offset:
        return "v"
    return pieces[place - 1].tag if place else "x"


def _is_addressed(character: str, before: str, after: str) -> bool:
    """Whether a title or a given name after a surname says that it is one."""
    if character != "区":
        office = character in _NO_VERB and _OFFICE.match(after)
        named = character in _CALLED and _WHAT_HE_IS.search(before) and _NAME_BEHIND.match(after)
        behind = character in _CALLED and not before and _NAME_AND_TITLE.match(after)
        return bool(office or _TITLE.match(after) or named or behind)
    if not _BEFORE_A_PERSON.search(before):
        return False
    return bool(_TITLE.match(after) or (before and _GIVEN_NAME.match(after)))


def _is_name(piece: Piece) -> bool:
    """Whether a character begins a person's name, and is a surname with a reading of its own."""
    if piece.text in _SELDOM:
        return False
    fits = len(piece.word) == 3 or (len(piece.word) == 2 and piece.text in SHORT_NAMES)
    return piece.offset == 0 and piece.tag.startswith("nr") and fits


@cache
def _learnt(character: str) -> tuple[tuple[str, ...], Weights]:
    """The readings that were learnt of a character, and the weights that each feature gives them."""
    readings, *cells = _rows().get(character, "").split("\t")
    rows = (cell.rsplit(" ", 1) for cell in cells)
    weights = {
        feature: tuple(int(weight) / SCALE for weight in row.split(",")) for feature, row in rows
    }
    return tuple(readings.split()), weights


@cache
def _rows() -> dict[str, str]:
    """Character -> its row, as it is kept."""
    return dict(line.split("\t", 1) for line in read_packed_lines("neighbour_weights"))
