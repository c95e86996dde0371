"""What players show of an episode: its first sentences, its chapters with their times, its source.

Apple shows paragraphs, lists and links, and makes times like ``1:02:03`` places to jump to:
https://podcasters.apple.com/support/3099-episode-notes. Text is escaped by lxml.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import builder

from readaloud.formats.html.page import clock
from readaloud.podcast.episodes import Item
from readaloud.podcast.xml_text import clean

_MOST_CHAPTERS = 100
_WORDS = {
    "zh-cn": {"author": "作者", "source": "来源", "page": "边听边读"},
    "zh-tw": {"author": "作者", "source": "來源", "page": "邊聽邊讀"},
}


def show_notes(item: Item, base: str) -> str:
    """The notes as HTML; ``base`` is the address that files lie below."""
    words = _WORDS[item.language]
    parts = [builder.P(clean(item.description))]
    if len(item.marks) > 1:
        told = (f"{clock(start)} {title}" for start, title in item.marks[:_MOST_CHAPTERS])
        parts.append(builder.UL(*(builder.LI(clean(line)) for line in told)))
    if item.author:
        parts.append(builder.P(clean(f"{words['author']}：{item.author}")))
    if item.address or item.origin:
        name = clean(item.origin or item.address)
        source = builder.A(name, href=clean(item.address)) if item.address else name
        parts.append(builder.P(f"{words['source']}：", source))
    if item.page:
        page = builder.A(words["page"], href=f"{base}/{item.page.path}")
        parts.append(builder.P(page))
    return "".join(etree.tostring(part, encoding="unicode", method="html") for part in parts)
