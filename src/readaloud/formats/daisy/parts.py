"""The files of a DAISY 2.02 book with full text and full audio, made from the edition's parts.

Sources: "DAISY 2.02 Specification", daisy.org, 2001; SMIL 1.0 and XHTML 1.0, W3C.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readaloud.formats.shared.archive import date_of, identifier_of
from readaloud.formats.shared.label import PROPERTY, implicit_mark, unsaid_notice
from readaloud.formats.shared.markup import (
    XML_LANG,
    Element,
    clock,
    document,
    has_title,
    html,
    node,
    passages,
    phrase_span,
)
from readaloud.formats.shared.read_along import Part, Phrase, opening_label
from readaloud.model import Narration
from readaloud.model.version import __version__

AUDIO = "narration.mp3"
TEXT = "content.html"
NCC = "ncc.html"
MASTER = "master.smil"
_FORMAT = "Daisy 2.02"
_NOBODY = "佚名"
_ROMAN = re.compile("[ivxlcdm]{1,12}", re.IGNORECASE)
_SMIL_DOCTYPE = (
    '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">'
)
_XHTML_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """An entry of the table of contents: ``phrase`` is where it is spoken."""

    name: str
    depth: int
    part: Part
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class _PageMark:
    """A page of the printed edition: ``phrase`` is the first that is spoken of it."""

    number: str
    part: Part
    phrase: Phrase

    @property
    def kind(self) -> str:
        """``page-normal`` for 12, ``page-front`` for xii, ``page-special`` for any other."""
        if self.number.isdecimal() and self.number.isascii():
            return "page-normal"
        return "page-front" if _ROMAN.fullmatch(self.number) else "page-special"


def smil_name(part: Part) -> str:
    """The SMIL file of a part."""
    return f"s{part.number:04}.smil"


def control(narration: Narration, parts: Sequence[Part]) -> bytes:
    """``ncc.html``, the navigation control centre: metadata, a heading a chapter, printed pages."""
    headings = list(_headings(narration, parts))
    pages = list(_page_marks(parts))
    body = []
    for number, entry in enumerate(_in_order(headings, pages, parts)):
        known = {"id": f"ncc{number:04}"}
        target = {"href": _target(entry.part, entry.phrase)}
        if isinstance(entry, _PageMark):
            link = html("a", target, entry.number)
            body.append(html("span", {**known, "class": entry.kind}, link))
        else:
            known |= {} if number else {"class": "title"}
            link = html("a", target, entry.name)
            body.append(html(f"h{min(entry.depth, 6)}", known, link))
    return _page(narration, _metadata(narration, parts, headings, pages), body)


def content(narration: Narration, parts: Sequence[Part]) -> bytes:
    """``content.html``, the text: each phrase bears the utterance's id, by which SMIL finds it.

    It has no links: the specification asks for them in the NCC alone, and a screen reader would say
    "link" at every sentence.
    """
    below = int(has_title(parts))
    body = [html("div", {"class": "section"}, *passages(part, below, _span)) for part in parts]
    if notice := unsaid_notice(narration):
        body[0].insert(0, html("p", {"class": "label"}, notice))
    generator = [("dc:format", _FORMAT), ("ncc:generator", _generator())]
    return _page(narration, generator, body)


def smil(narration: Narration, part: Part) -> bytes:
    """A part's SMIL: one ``seq`` of a ``par`` a phrase."""
    length_ms = part.end_ms - part.start_ms
    metadata = [
        *_smil_metadata(narration, length_ms),
        ("title", part.name),
        ("ncc:totalElapsedTime", clock(part.start_ms)),
    ]
    pars = (_par(phrase) for phrase in part.phrases)
    return _smil(metadata, node("seq", {"dur": f"{_seconds(length_ms)}s"}, *pars))


def master(narration: Narration, parts: Sequence[Part]) -> bytes:
    """``master.smil``: all parts in their order."""
    refs = (
        node("ref", {"title": part.name, "src": smil_name(part), "id": f"ref{part.number:04}"})
        for part in parts
    )
    return _smil(_smil_metadata(narration, _total_ms(parts)), *refs)


def _headings(narration: Narration, parts: Sequence[Part]) -> Iterator[_Heading]:
    """The book's title, then the chapters; the first is not named twice at the same place."""
    labels = {phrase for passage in opening_label(parts) for phrase in passage.phrases}
    opening = next(phrase for phrase in parts[0].phrases if phrase not in labels)
    # Players begin at the first entry: from a label of synthetic speech on, if there is one.
    yield _Heading(narration.title, 1, parts[0], parts[0].phrases[0])
    for part in parts:
        own = part.starts("heading") or (opening if part is parts[0] else part.phrases[0])
        named = part.starts("heading") is not None
        if own is not opening or (named and part.name != narration.title):
            yield _Heading(part.name, part.depth, part, own)


def _page_marks(parts: Sequence[Part]) -> Iterator[_PageMark]:
    """The printed pages that the source states, in the order of the text."""
    for part in parts:
        for phrase in part.phrases:
            yield from (_PageMark(number, part, phrase) for number in phrase.pages)


def _in_order(
    headings: Sequence[_Heading], pages: Sequence[_PageMark], parts: Sequence[Part]
) -> list[_Heading | _PageMark]:
    """Headings and pages as they are spoken; at one place the heading comes first."""
    places = {phrase.id: n for n, phrase in enumerate(p for part in parts for p in part.phrases)}
    return sorted([*headings, *pages], key=lambda entry: places[entry.phrase.id])


def _page_counts(pages: Sequence[_PageMark]) -> list[tuple[str, str]]:
    kinds = Counter(page.kind for page in pages)
    normal = [int(page.number) for page in pages if page.kind == "page-normal"]
    return [
        ("ncc:pageFront", str(kinds["page-front"])),
        ("ncc:pageNormal", str(kinds["page-normal"])),
        ("ncc:pageSpecial", str(kinds["page-special"])),
        ("ncc:maxPageNormal", str(max(normal, default=0))),
    ]


def _metadata(
    narration: Narration,
    parts: Sequence[Part],
    headings: Sequence[_Heading],
    pages: Sequence[_PageMark],
) -> list[tuple[str, str]]:
    article = narration.script.article
    return [
        ("dc:title", narration.title),
        ("dc:creator", article.byline or article.origin or _NOBODY),
        ("dc:date", date_of(narration)),
        ("dc:format", _FORMAT),
        ("dc:identifier", identifier_of(narration)),
        ("dc:language", article.language),
        ("dc:publisher", article.origin or "readaloud"),
        ("ncc:charset", "utf-8"),
        ("ncc:depth", str(max(min(heading.depth, 6) for heading in headings))),
        ("ncc:files", str(len(parts) + 4)),
        ("ncc:generator", _generator()),
        ("ncc:multimediaType", "audioFullText"),
        ("ncc:narrator", narration.voice.name),
        *_page_counts(pages),
        ("ncc:setInfo", "1 of 1"),
        ("ncc:tocItems", str(len(headings) + len(pages))),
        ("ncc:totalTime", _whole_clock(_total_ms(parts))),
        *([(PROPERTY, mark)] if (mark := implicit_mark(narration)) else ()),
    ]


def _smil_metadata(narration: Narration, length_ms: int) -> list[tuple[str, str]]:
    return [
        ("dc:format", _FORMAT),
        ("dc:identifier", identifier_of(narration)),
        ("dc:title", narration.title),
        ("ncc:generator", _generator()),
        ("ncc:timeInThisSmil", clock(length_ms)),
    ]


def _page(
    narration: Narration, metadata: Sequence[tuple[str, str]], body: Sequence[Element]
) -> bytes:
    kind = {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}
    head = html("head", None, html("meta", kind), html("title", None, narration.title))
    head.extend(html("meta", {"name": name, "content": value}) for name, value in metadata)
    language = narration.script.article.language
    known = {"lang": language, XML_LANG: language}
    return document(html("html", known, head, html("body", None, *body)), _XHTML_DOCTYPE)


def _smil(metadata: Sequence[tuple[str, str]], *body: Element) -> bytes:
    metas = (node("meta", {"name": name, "content": value}) for name, value in metadata)
    layout = node("layout", None, node("region", {"id": "txtView"}))
    head = node("head", None, *metas, layout)
    return document(node("smil", None, head, node("body", None, *body)), _SMIL_DOCTYPE)


def _par(phrase: Phrase) -> Element:
    text = {"src": f"{TEXT}#{phrase.id}", "id": f"text-{phrase.id}", "region": "txtView"}
    audio = {
        "src": AUDIO,
        "clip-begin": f"npt={_seconds(phrase.start_ms)}s",
        "clip-end": f"npt={_seconds(phrase.end_ms)}s",
        "id": f"audio-{phrase.id}",
    }
    known = {"endsync": "last", "id": f"par-{phrase.id}"}
    # One clip could stand without a seq; readers made on the files of other tools look for it.
    return node("par", known, node("text", text), node("seq", None, node("audio", audio)))


def _span(phrase: Phrase) -> Element:
    return phrase_span(phrase, {"id": phrase.id, "class": "sentence"})


def _target(part: Part, phrase: Phrase) -> str:
    return f"{smil_name(part)}#par-{phrase.id}"


def _total_ms(parts: Sequence[Part]) -> int:
    return sum(part.end_ms - part.start_ms for part in parts)


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}"


def _whole_clock(ms: int) -> str:
    """Rounded to seconds, as the NCC's total is written: 0:09:53."""
    return clock((ms + 500) // 1000 * 1000).partition(".")[0]


def _generator() -> str:
    return f"readaloud {__version__}"
