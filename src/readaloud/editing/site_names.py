"""What sites glue to a title: their name behind it, a mark of advertising around it."""

from __future__ import annotations

import re

_SITE = (
    r"[^_|｜\-–—\s，。！？]{0,14}(?:[网網]|新[闻聞]|日[报報]|晚[报報]|[时時][报報]|早[报報]|[频頻]道|[网網]站|公[众眾][号號]|客[户戶]端|百科|博客"
    r"|[论論][坛壇]|社[区區]|在[线線]|之家|[头頭][条條]|周刊|[週周]刊|[电電]子[报報]|知乎|豆瓣|[专專][栏欄]|要[闻聞]|[国國][内內際际]|社[会會]|[财財][经經]"
    r"|[体體]育|[娱娛][乐樂]|科技|正文|首[页頁])"
)
_NEWS = r"[^_|｜\-–—\s，。！？]{0,10}(?:[网網]|新[闻聞]|日[报報]|晚[报報]|[时時][报報]|客[户戶]端|知乎|百科|豆瓣|博客)"
_AD = r"(?:[赞贊]助|[广廣]告|推[广廣]|AD)"
_BEHIND = re.compile(
    rf"(?:\s?[_|｜]\s?(?:{_SITE}|{_AD})|\s?(?<![-–—])[-–—]\s?{_NEWS}|\s?[-–—]\s?{_AD}|\s?[（(【\[]{_AD}[）)】\]])$"
)
_BEFORE = re.compile(rf"^(?:[【\[（(]{_AD}[】\]）)]|{_AD}\s?[|｜])\s?")
_TIMES = 4


def strip_site(text: str) -> tuple[str, list[str]]:
    """The title without what is glued to it, and the pieces that were taken off."""
    pieces: list[str] = []
    for _ in range(_TIMES if len(text) <= 120 else 0):
        match = _BEHIND.search(text) or _BEFORE.search(text)
        rest = text[: match.start()] + text[match.end() :] if match else ""
        if match is None or len(rest) < 4:
            break
        pieces.append(match[0].strip())
        text = rest.strip()
    return text, pieces
