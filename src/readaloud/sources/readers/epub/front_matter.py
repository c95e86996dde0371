"""Documents of a book that are no text of it: cover, contents, the publisher's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from readaloud.chinese.fold import fold
from readaloud.errors import msg
from readaloud.sources.readers.epub.contents import text_key
from readaloud.sources.readers.epub.package import Entry, Part
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.xml_parts import attribute

CONTENTS = msg("table of contents")
COVER = msg("cover")
TITLE_PAGE = msg("title page")
IMPRINT = msg("publisher's page")

_TOC_LINKS = 4
_TOC_SHARE = 0.8
_TOC_HEADS = frozenset({"目录", "目次", "总目录", "contents", "tableofcontents"})
_FRONT = {
    msg("cover"): COVER, "toc": CONTENTS, "landmarks": CONTENTS, "page-list": CONTENTS,
    "titlepage": TITLE_PAGE, "halftitlepage": TITLE_PAGE, "copyright-page": IMPRINT,
}  # fmt: skip
_COVER_NAME = re.compile(r"(?:^|[^a-z])(?:cover|title[-_]?page)(?:[^a-z]|$)|封面|扉页")
_COVER_CHARS = 120
_IMPRINT = re.compile(
    r"图书在版编目|\bCIP\b|\bISBN\b|书号|定价|版次|印次|印张|开本|字数[:：]|责任编辑|责任校对|责任印制"
    r"|封面设计|装帧设计|出版发行|版权所有|著作权所有|侵权必究|翻印必究|邮政编码|邮编|经销"
    r"|初版|[一二三四五六七八九十\d]刷|售价|发行人|出版者|[劃划][拨撥]|[预預]行编目|总编辑|美术设计"
)
_MAKER = re.compile(
    r"[^。！？，]{2,20}(?:[ 　:：/／|]?(?:[编編]?[着著]|主?编|译|绘|撰|选编|作品))"
    r"|(?:作者|译者|原著|编者|著者|绘者)[ 　:：/／|][^。！？，]{2,20}"
    r"|[^。！？，]{2,16}(?:出版(?:社|公司|集团)?|文化|书[局房店屋坊]|印书馆|工作室)"
)
_LABELLED = re.compile(r"[^\W\d_]{2,6}[:：/／|｜][^。！？“”]{1,60}")
_LEGAL = re.compile(r"版权|授权|许可|翻印|复制|转载|调换|印装|出版社|出版公司|法律")
_IMPRINT_SIGNS = 2
_IMPRINT_CHARS = 1500
_PROSE_CHARS = 25


def front_matter(
    root: etree._Element, part: Part, passages: Sequence[Passage], entries: Sequence[Entry],
    title: str | None,
) -> str:  # fmt: skip
    """Why a whole document is no text of the book; an empty string where it is.

    Args:
        root: the document.
        part: its place in the book.
        passages: its text.
        entries: the book's table of contents.
        title: the book's, as its package states it.
    """
    if stated := part.role or _stated(root, title):
        return stated
    seen = [p for p in passages if not p.hidden]
    if _is_contents(root, passages) or _lists_contents(seen, entries):
        return CONTENTS
    if title and _is_cover(root, part, seen, title):
        return COVER
    if title and _is_title_page(seen, title):
        return TITLE_PAGE
    return IMPRINT if _is_imprint(seen) else ""


def _stated(root: etree._Element, title: str | None) -> str:
    """What the document says that it is; a title page is left out only where the title is known."""
    body = next(root.iter("body"), root)
    children = [child for child in body if isinstance(child.tag, str)]
    for element in [body, *(children if len(children) == 1 else [])]:
        for kind in attribute(element, "type").split():
            reason = _FRONT.get(kind, "")
            if reason and (title or reason != TITLE_PAGE):
                return reason
    return ""


def _is_contents(root: etree._Element, passages: Sequence[Passage]) -> bool:
    """Whether it is nothing but links."""
    links = sum(1 for link in root.iter("a") if link.get("href"))
    chars = sum(len(p.block.text) for p in passages)
    linked = sum(len(p.block.text) * p.link_share for p in passages)
    return links >= _TOC_LINKS and linked >= chars * _TOC_SHARE


def _lists_contents(seen: Sequence[Passage], entries: Sequence[Entry]) -> bool:
    """Whether below 目录 there is nothing but links, or lines of the table of contents."""
    if len(seen) < 2 or text_key(fold(seen[0].block.text)) not in _TOC_HEADS:
        return False
    labels = {text_key(entry.label) for entry in entries}
    return all(p.link_share > _TOC_SHARE or text_key(p.block.text) in labels for p in seen[1:])


def _is_cover(root: etree._Element, part: Part, seen: Sequence[Passage], title: str) -> bool:
    """Whether it is named a cover, and shows the title and a few words that are no sentences."""
    text = "".join(p.block.text for p in seen)
    if len(text) > _COVER_CHARS or text_key(title) not in text_key(text):
        return False
    names = [part.path.rpartition("/")[2].casefold()]
    body = next(root.iter("body"), root)
    for element in (body, *body.iterchildren(etree.Element)):
        names += [element.get("class", "").casefold(), element.get("id", "").casefold()]
    return any(map(_COVER_NAME.search, names)) and not any("。" in p.block.text for p in seen)


def _is_title_page(seen: Sequence[Passage], title: str) -> bool:
    """Whether it shows the title, and nothing but who wrote and who published the book."""
    texts = [fold(p.block.text) for p in seen]
    if len(texts) < 2 or sum(map(len, texts)) > _COVER_CHARS:
        return False
    others = [text for text in texts if text_key(text) not in {text_key(fold(title)), ""}]
    return len(others) < len(texts) and all(map(_MAKER.fullmatch, others))


def _is_imprint(seen: Sequence[Passage]) -> bool:
    """Whether it bears signs of a publisher's page, and no paragraph of prose beside them."""
    texts = [fold(p.block.text) for p in seen]
    if sum(map(len, texts)) > _IMPRINT_CHARS:
        return False
    signs = {found[0] for text in texts for found in _IMPRINT.finditer(text)}
    signed = [text for text in texts if _IMPRINT.search(text) or _LABELLED.fullmatch(text)]
    sentences = [t for t in texts if len(t) >= _PROSE_CHARS and t.endswith(("。", "”"))]
    prose = [text for text in sentences if not _LEGAL.search(text)]
    return len(signs) >= _IMPRINT_SIGNS and len(signed) * 3 >= len(texts) and not prose
