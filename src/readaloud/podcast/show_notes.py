"""What players show of an episode: its first sentences, its articles with their times, its source.

Apple shows paragraphs, lists and links, and makes times like ``1:02:03`` places to jump to:
https://podcasters.apple.com/support/3099-episode-notes. Text is escaped by lxml.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import builder

from readaloud.formats.shared.show_notes import as_html
from readaloud.podcast.episodes import Item
from readaloud.podcast.xml_text import clean

_MOST_NOTES = 100
_WORDS = {
    "zh-cn": {"author": "作者", "source": "来源", "page": "边听边读"},
    "zh-tw": {"author": "作者", "source": "來源", "page": "邊聽邊讀"},
}


def show_notes(item: Item, base: str) -> str:
    """The notes as HTML; ``base`` is the address that files lie below."""
    words = _WORDS[item.language]
    about = builder.P(clean(item.description))
    held = as_html(item.notes[:_MOST_NOTES] if len(item.notes) > 1 else (), item.corrections)
    parts = []
    if item.author:
        parts.append(builder.P(clean(f"{words['author']}：{item.author}")))
    if item.address or item.origin:
        name = clean(item.origin or item.address)
        source = builder.A(name, href=clean(item.address)) if item.address else name
        parts.append(builder.P(f"{words['source']}：", source))
    if item.page:
        page = builder.A(words["page"], href=f"{base}/{item.page.path}")
        parts.append(builder.P(page))
    return _html(about) + clean(held) + "".join(map(_html, parts))


def _html(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html"))
