"""How much a text looks like Chinese prose: what tells a right decoding from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAMPLE = 20_000
_ASCII = re.compile(r"[\x00-\x7f]+")

_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
    "年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样"
    "理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将"
    "两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信"
    "表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔"
    "更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统"
    "区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王号证亿零六七八九百千象完设式色路记南品"
    "住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔医疫情病卫"
    "這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰"
    "頭體見產話內給門兒東聲員論處義幾認條係氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強"
    "號證億難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運筆醫衛衆眾黨買賣車錢"
    "，。、；：？！“”‘’（）《》「」『』…—　【】·"
)


def likelihood(text: str) -> float:
    """How much the characters outside ASCII look like Chinese prose; 1.0 is the best.

    Everyday characters count 1, other ordinary ones 0.35, rare ones -0.3, what no article holds
    -2; the mean of the first 20,000 characters.
    """
    found = wide(text)
    return sum(map(weight, found)) / len(found) if found else 0.0


def wide(text: str) -> str:
    """The first 20,000 characters outside ASCII, wherever they begin."""
    return _ASCII.sub("", text)[:_SAMPLE]


@lru_cache(maxsize=65_536)
def weight(char: str) -> float:
    """What a character counts; see ``likelihood``."""
    if char in _COMMON:
        return 1.0
    if unicodedata.category(char) in {"Cn", "Co", "Cs", "Cc"}:
        return -2.0
    return 0.35 if char in _ordinary() else -0.3


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """The first levels of GB 2312 (3,755 characters) and Big5 (5,401), chosen by usage."""
    simplified = bytes(
        b for lead in range(0xB0, 0xD8) for n in range(0xA1, 0xFF) for b in (lead, n)
    )
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = bytes(b for lead in range(0xA4, 0xC6) for n in trails for b in (lead, n))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))
