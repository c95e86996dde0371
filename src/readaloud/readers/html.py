"""HTML pages: the article, with everything else on the page on record as removed."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from readaloud.models import Block, Document, Removal, Source
from readaloud.readers.decoding import decode
from readaloud.readers.repair import repair
from readaloud.readers.walking import Passage, parse, walk

OUTSIDE = "outside the article"
HIDDEN = "hidden on the page"

_CHARSET = re.compile(
    rb"""<(?:meta[^<>]{0,300}charset|\?xml[^<>]{0,100}encoding)\s{0,5}=\s{0,5}["']?([\w-]{1,30})""",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s{0,999}(?:<\?xml[^<>]{0,200}>\s{0,99})?<(?:!doctype\s+html|html)[\s>]", re.I
)
_NO_TITLES = frozenset({"", "首页", "首頁", "document", "untitled", "无标题文档", "無標題文件"})
_SURE_CHARS = 12
"""A shorter text may occur in the article by chance: it has to be one of its lines."""


@dataclass(frozen=True, slots=True)
class _Extract:
    """What trafilatura takes for the article, and the page's metadata."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    date: str | None = None


class HtmlReader:
    """Reads saved web pages."""

    suffixes = frozenset({".html", ".htm", ".xhtml", ".shtml"})

    def detect(self, source: Source) -> bool:
        """By suffix, or by a page's first tag."""
        head = source.data[:2048].removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace")
        return source.suffix in self.suffixes or _OPENING.match(head) is not None

    def read(self, source: Source) -> Document:
        """Cut the page into blocks; what is not of the article goes to ``removed``.

        Raises:
            UnreadableSourceError: no text, in no known encoding, or nested too deep.
        """
        declared = _CHARSET.search(source.data[:4096])
        text = decode(source.data, source.name, declared[1].decode() if declared else None)
        root = parse(text, source.name)
        passages = walk(root) if root is not None else []
        extract = _extract(text) if root is not None else _Extract()
        title = _choose_title(passages, extract.title)
        kept = _choose_article(passages, extract.text, title)
        return Document(
            source_name=source.name,
            blocks=tuple(p.block for p, keep in zip(passages, kept, strict=True) if keep),
            title=title,
            byline=_clean_author(extract.author),
            date=extract.date,
            removed=tuple(
                Removal(p.block.line, with_readings(p.block), HIDDEN if p.hidden else OUTSIDE)
                for p, keep in zip(passages, kept, strict=True)
                if not keep
            ),
        )


def with_readings(block: Block) -> str:
    """What the page shows of a block, with the readings above its characters."""
    readings = " ".join(reading for _, reading in block.ruby)
    return f"{block.text} ({readings})" if readings else block.text


def _extract(text: str) -> _Extract:
    """Ask trafilatura for the main text and the metadata."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    tree = trafilatura.load_html(text)
    if tree is None:  # a fragment of one element is no page to it
        text = f"<html><body>{text}</body></html>"
        tree = trafilatura.load_html(text)
    body = trafilatura.extract(text, include_comments=False, favor_recall=True)
    if tree is None:
        return _Extract(body or "")
    config = {"original_date": True, "extensive_search": False}
    found = extract_metadata(tree, date_config=config, extensive=False)
    author = found.author or next(iter(tree.xpath('//meta[@name="author"]/@content')), None)
    return _Extract(body or "", found.title, author, found.date)


def _choose_title(passages: Sequence[Passage], stated: str | None) -> str | None:
    """The page's stated title, without the site's name where the page also shows it alone."""
    title = repair(stated or "")
    if title.lower() in _NO_TITLES:
        return None
    key = _key(title)
    shown = [
        passage.block
        for passage in passages
        if not passage.hidden
        and len(own := _key(passage.block.text)) * 5 >= len(key) * 2
        and own in key
    ]
    best = max(shown, key=lambda b: (b.kind == "heading", -b.level, len(b.text)), default=None)
    return best.text if best else title


def _choose_article(passages: Sequence[Passage], text: str, title: str | None) -> list[bool]:
    """Which passages are of the article.

    Those that trafilatura took, and those between them in the same part of the page, which it
    leaves out for being short: headings, captions, rows. Where it found nothing, all that is no
    navigation.
    """
    seen = [not (p.hidden or p.chrome) for p in passages]
    matched = _match(passages, text)
    if not any(matched):
        return seen
    part = _find_part(passages, matched)
    places = [i for i, p in enumerate(passages) if matched[i] and _within(p, part)]
    first, last = places[0], places[-1]
    while first > 0 and passages[first - 1].block.kind == "caption":
        first -= 1
    kept = []
    for index, passage in enumerate(passages):
        inside, linked = _within(passage, part), passage.link_share >= 0.5
        between = first <= index <= last and inside and seen[index] and not linked
        kept.append(between or (matched[index] and (inside or not linked)))
    heading = _find_heading(passages, title)
    if heading is not None and not any(
        kept[i] and _key(p.block.text) == _key(title or "") for i, p in enumerate(passages)
    ):
        kept[heading] = True
    return kept


def _match(passages: Sequence[Passage], text: str) -> list[bool]:
    lines = {key for line in text.splitlines() if (key := _key(repair(line)))}
    whole = _key(repair(text))
    keys = [_key(p.block.text) for p in passages]
    return [
        not p.hidden and (key in lines or (len(key) >= _SURE_CHARS and key in whole))
        for p, key in zip(passages, keys, strict=True)
    ]


def _find_part(passages: Sequence[Passage], matched: Sequence[bool]) -> etree._Element:
    """The deepest element that holds four fifths of the matched text."""
    weights: dict[etree._Element, int] = {}
    order: list[etree._Element] = []
    for passage, match in zip(passages, matched, strict=True):
        if not match:
            continue
        for element in _ancestry(passage.owner):
            if element not in weights:
                order.append(element)
            weights[element] = weights.get(element, 0) + len(passage.block.text)
    total = max(weights.values())
    heavy = [element for element in order if weights[element] * 5 >= total * 4]
    return max(heavy, key=lambda element: len(_ancestry(element)))


def _find_heading(passages: Sequence[Passage], title: str | None) -> int | None:
    for index, passage in enumerate(passages):
        if passage.block.kind == "heading" and _key(passage.block.text) == _key(title or ""):
            return index
    return None


def _ancestry(element: etree._Element) -> list[etree._Element]:
    return [element, *element.iterancestors()]


def _within(passage: Passage, part: etree._Element) -> bool:
    return part is passage.owner or part in passage.owner.iterancestors()


def _key(text: str) -> str:
    """Letters and characters alone: marks and spaces differ between extractors."""
    return "".join(filter(str.isalnum, text))


def _clean_author(author: str | None) -> str | None:
    name = repair(author or "")
    return name if name and len(name) <= 30 and "http" not in name else None
