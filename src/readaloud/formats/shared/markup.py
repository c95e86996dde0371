"""XML for books: elements, whole documents, and the text of a part as XHTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from readaloud.formats.shared.read_along import Part, Passage, Phrase

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in {0x09, 0x0A, 0x0D}),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ]
)
"""What XML 1.0 can't hold, section 2.2."""

Element = Any
"""An lxml element; lxml is not typed."""


def legal(text: str) -> str:
    """The text without the characters that XML can't hold: controls and half surrogates."""
    return text.translate(_FORBIDDEN)


def node(
    tag: str,
    attributes: Mapping[str, str] | None = None,
    *children: Element | str,
    nsmap: Mapping[str | None, str] | None = None,
) -> Element:
    """An element; strings among its children become its text."""
    values = {name: legal(value) for name, value in (attributes or {}).items()}
    made = etree.Element(tag, values, nsmap=nsmap)
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + legal(child)
        else:
            made.text = (made.text or "") + legal(child)
    return made


def html(
    tag: str, attributes: Mapping[str, str] | None = None, *children: Element | str
) -> Element:
    """An element of XHTML; attributes of EPUB get their usual prefix."""
    names: dict[str | None, str] = {None: XHTML}
    if any(name.startswith(f"{{{OPS}}}") for name in attributes or ()):
        names["epub"] = OPS
    return node(f"{{{XHTML}}}{tag}", attributes, *children, nsmap=names)


def document(root: Element, doctype: str | None = None) -> bytes:
    """A whole XML document in UTF-8."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype=doctype)
    return made + b"\n"


def clock(ms: int) -> str:
    """A full clock value, hours unbounded: 0:32:29.123."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def has_title(parts: Iterable[Part]) -> bool:
    """Whether the article's title is spoken, so that chapters stand one heading below it."""
    return any(part.starts("title") for part in parts)


def passages(part: Part, below: int, span: Callable[[Phrase], Element]) -> Iterator[Element]:
    """The text of a part: headings, paragraphs, lists, quotes; ``span`` makes each sentence.

    The part's heading is of level ``below`` and its rank together.
    """
    for kind, group in part.groups:
        if kind == "item":
            yield html("ul", None, *(html("li", None, *map(span, p.phrases)) for p in group))
        elif kind == "quote":
            yield html("blockquote", None, *(html("p", None, *map(span, p.phrases)) for p in group))
        else:
            yield from (_passage(passage, part, below, span) for passage in group)


def phrase_span(phrase: Phrase, attributes: Mapping[str, str]) -> Element:
    """A phrase as a ``span``, with the language of what is in another."""
    parts = [
        html("span", _lang(language), text) if language else text
        for text, language in phrase.runs
        if text
    ]
    return html("span", {**attributes, **_lang(phrase.language)}, *parts)


def _lang(language: str) -> dict[str, str]:
    return {"lang": language, XML_LANG: language} if language else {}


def _passage(
    passage: Passage, part: Part, below: int, span: Callable[[Phrase], Element]
) -> Element:
    if passage.kind == "title":
        return html("h1", None, *map(span, passage.phrases))
    if passage.kind == "heading":
        return html(f"h{part.level(passage, below)}", None, *map(span, passage.phrases))
    known = None if passage.kind == "paragraph" else {"class": passage.kind}
    return html("p", known, *map(span, passage.phrases))
