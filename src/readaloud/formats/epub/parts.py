"""The files of an EPUB with media overlays, each made from the parts of the edition.

Names and attributes are those of EPUB 3.3, its Media Overlays (section 9) and EPUB Accessibility
1.1. No conformance to a level of WCAG is claimed: that takes an evaluation of the single book.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readaloud.formats.shared.archive import date_of, identifier_of
from readaloud.formats.shared.label import (
    NAMESPACE,
    PREFIX,
    PROPERTY,
    implicit_mark,
    unsaid_notice,
)
from readaloud.formats.shared.markup import (
    OPS,
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
from readaloud.formats.shared.read_along import Branch, Part, Phrase, nested
from readaloud.model import Article, Narration

AUDIO = "audio/narration.mp3"
STYLE = "style.css"
COVER_PAGE = "text/cover.xhtml"
CSS = """\
body { line-height: 1.7; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { line-height: 1.4; }
.cover { margin: 0; text-align: center; }
.cover img { max-height: 100%; max-width: 100%; }
.caption, .note { font-size: 0.9em; }
.-epub-media-overlay-active { background-color: #ffe28a; color: #000000; }
"""
_ACTIVE = "-epub-media-overlay-active"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_SMIL = "http://www.w3.org/ns/SMIL"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_TYPE = f"{{{OPS}}}type"
_TEXTREF = f"{{{OPS}}}textref"
_PAGES = {"zh-Hans": "页码", "zh-Hant": "頁碼"}
_WORDS = {
    "zh-Hans": (
        "目录",
        "封面",
        "正文与合成语音逐句同步，朗读时当前句子高亮显示；可从目录进入各章，字体和颜色可以调整；"
        "没有闪烁等有害内容。",
    ),
    "zh-Hant": (
        "目錄",
        "封面",
        "正文與合成語音逐句同步，朗讀時當前句子醒目顯示；可從目錄進入各章，字體和顏色可以調整；"
        "沒有閃爍等有害內容。",
    ),
}


def container() -> bytes:
    """``META-INF/container.xml``."""
    path, kind = "EPUB/package.opf", "application/oebps-package+xml"
    root = node("rootfile", {"full-path": path, "media-type": kind})
    return document(
        node("container", {"version": "1.0", "xmlns": _CONTAINER}, node("rootfiles", None, root))
    )


def text_name(part: Part) -> str:
    """Where the text of a part lies, below ``EPUB/``."""
    return f"text/chapter-{part.number:04}.xhtml"


def overlay_name(part: Part) -> str:
    """Where the overlay of a part lies, below ``EPUB/``."""
    return f"overlays/chapter-{part.number:04}.smil"


def chapter_page(part: Part, parts: Sequence[Part], narration: Narration) -> bytes:
    """The text of a part; each phrase is a ``span`` that bears the utterance's id.

    A label of synthetic speech that is not heard is read before the first.
    """
    below, article = int(has_title(parts)), narration.script.article
    notice = unsaid_notice(narration) if part is parts[0] else ""
    body = html(
        "section",
        {"id": "chapter", _TYPE: "chapter", "role": "doc-chapter", "aria-label": part.name},
        *([html("p", {"class": "label"}, notice)] if notice else ()),
        *passages(part, below, _spans),
    )
    return _page(part.name, article, "../", body)


def _spans(phrase: Phrase) -> Element:
    """A phrase, with the marks of the printed pages that begin before it."""
    said = phrase_span(phrase, {"id": phrase.id})
    if not phrase.pages:
        return said
    kind = {_TYPE: "pagebreak", "role": "doc-pagebreak"}
    marks = (
        html("span", {"id": _page_id(phrase, n), **kind, "aria-label": page})
        for n, page in enumerate(phrase.pages)
    )
    return html("span", None, *marks, said)


def _page_id(phrase: Phrase, number: int) -> str:
    return f"page-{phrase.id}-{number}"


def _page_list(parts: Sequence[Part], name: str) -> Iterator[Element]:
    """The list of printed pages, where the source had one; readers offer it, so it is not shown."""
    items = [
        _item(html("a", {"href": f"{text_name(part)}#{_page_id(phrase, n)}"}, page))
        for part in parts
        for phrase in part.phrases
        for n, page in enumerate(phrase.pages)
    ]
    if items:
        known = {_TYPE: "page-list", "role": "doc-pagelist", "hidden": "hidden", "aria-label": name}
        yield html("nav", known, html("ol", None, *items))


def overlay(part: Part) -> bytes:
    """The SMIL of a part: one ``par`` a phrase, in the order of the text."""
    text = f"../{text_name(part)}"
    pars = (_par(phrase, text) for phrase in part.phrases)
    body = node(
        f"{{{_SMIL}}}body",
        {_TEXTREF: text},
        node(f"{{{_SMIL}}}seq", {_TEXTREF: f"{text}#chapter", _TYPE: "chapter"}, *pars),
    )
    names = {None: _SMIL, "epub": OPS}
    return document(node(f"{{{_SMIL}}}smil", {"version": "3.0"}, body, nsmap=names))


def navigation(parts: Sequence[Part], article: Article) -> bytes:
    """The table of contents, nested as the chapters are, and where the text begins."""
    contents = _WORDS[article.language][0]
    first = html("a", {_TYPE: "bodymatter", "href": text_name(parts[0])}, parts[0].name)
    listed = _list(nested(parts))
    toc = html("nav", {_TYPE: "toc", "role": "doc-toc"}, html("h1", None, contents), listed)
    marks = html("nav", {_TYPE: "landmarks", "hidden": "hidden"}, html("ol", None, _item(first)))
    pages = _page_list(parts, _PAGES[article.language])
    return _page(contents, article, "", toc, marks, *pages)


def cover_page(cover: str, narration: Narration) -> bytes:
    """A page that shows the cover."""
    article = narration.script.article
    name = _WORDS[article.language][1]
    known = {"src": f"../{cover}", "alt": f"{name}：{narration.title}", "role": "doc-cover"}
    return _page(name, article, "../", html("p", {"class": "cover"}, html("img", known)))


def package(narration: Narration, parts: Sequence[Part], cover: str | None) -> bytes:
    """The package document; ``cover`` is the image's name, below ``EPUB/``."""
    article = narration.script.article
    manifest = node("manifest", None, *_manifest(parts, cover))
    pages = (node("itemref", {"idref": _id("text", part)}) for part in parts)
    front = [node("itemref", {"idref": "cover"})] if cover else []
    root = {"xmlns": _OPF, "version": "3.0", "unique-identifier": "id", XML_LANG: article.language}
    if implicit_mark(narration):
        root["prefix"] = f"{PREFIX}: {NAMESPACE}"
    metadata = node("metadata", None, *_metadata(narration, parts, cover), nsmap={"dc": _DC})
    return document(node("package", root, metadata, manifest, node("spine", None, *front, *pages)))


def _page(title: str, article: Article, up: str, *body: Element) -> bytes:
    head = html(
        "head",
        None,
        html("meta", {"charset": "utf-8"}),
        html("title", None, title),
        html("link", {"rel": "stylesheet", "type": "text/css", "href": f"{up}{STYLE}"}),
    )
    languages = {"lang": article.language, XML_LANG: article.language}
    return document(html("html", languages, head, html("body", None, *body)), "<!DOCTYPE html>")


def _par(phrase: Phrase, text: str) -> Element:
    clip = {
        "src": f"../{AUDIO}",
        "clipBegin": clock(phrase.start_ms),
        "clipEnd": clock(phrase.end_ms),
    }
    return node(
        f"{{{_SMIL}}}par",
        {"id": f"par-{phrase.id}"},
        node(f"{{{_SMIL}}}text", {"src": f"{text}#{phrase.id}"}),
        node(f"{{{_SMIL}}}audio", clip),
    )


def _list(branches: Sequence[Branch]) -> Element:
    """Parts as nested lists."""
    made = html("ol")
    for branch in branches:
        item = _item(html("a", {"href": text_name(branch.part)}, branch.part.name))
        if branch.branches:
            item.append(_list(branch.branches))
        made.append(item)
    return made


def _item(link: Element) -> Element:
    return html("li", None, link)


def _id(kind: str, part: Part) -> str:
    return f"{kind}-{part.number:04}"


def _manifest(parts: Sequence[Part], cover: str | None) -> Iterator[Element]:
    def item(name: str, href: str, kind: str, **more: str) -> Element:
        spelled = {key.replace("_", "-"): value for key, value in more.items()}
        return node("item", {"id": name, "href": href, "media-type": kind, **spelled})

    yield item("nav", "nav.xhtml", "application/xhtml+xml", properties="nav")
    yield item("style", STYLE, "text/css")
    yield item("audio", AUDIO, "audio/mpeg")
    if cover:
        kind = "image/png" if cover.endswith(".png") else "image/jpeg"
        yield item("cover-image", cover, kind, properties="cover-image")
        yield item("cover", COVER_PAGE, "application/xhtml+xml")
    for part in parts:
        name, smil = _id("text", part), _id("overlay", part)
        yield item(name, text_name(part), "application/xhtml+xml", media_overlay=smil)
        yield item(smil, overlay_name(part), "application/smil+xml")


def _metadata(narration: Narration, parts: Sequence[Part], cover: str | None) -> Iterator[Element]:
    article = narration.script.article
    named = [
        ("identifier", identifier_of(narration)),
        ("title", narration.title),
        ("language", article.language),
        ("creator", article.byline),
        ("publisher", article.origin),
        ("date", date_of(narration) if date_of(narration) == article.date else None),
    ]
    for name, value in named:
        if value:
            known = {"id": "id"} if name == "identifier" else None
            yield node(f"{{{_DC}}}{name}", known, value, nsmap={"dc": _DC})
    # The date of the article, not of the build: the same edition is the same file.
    yield _meta("dcterms:modified", f"{date_of(narration)}T00:00:00Z")
    for part in parts:
        refined = f"#{_id('overlay', part)}"
        yield _meta("media:duration", clock(part.end_ms - part.start_ms), refines=refined)
    yield _meta("media:duration", clock(sum(part.end_ms - part.start_ms for part in parts)))
    yield _meta("media:narrator", narration.voice.name)
    if mark := implicit_mark(narration):
        yield _meta(PROPERTY, mark)
    yield _meta("media:active-class", _ACTIVE)
    yield from _accessibility(article, cover)
    if any(phrase.pages for part in parts for phrase in part.phrases):
        for feature in ("pageBreakMarkers", "pageNavigation"):
            yield _meta("schema:accessibilityFeature", feature)


def _accessibility(article: Article, cover: str | None) -> Iterator[Element]:
    modes = ["textual", "auditory", *(["visual"] if cover else [])]
    features = ["synchronizedAudioText", "tableOfContents", "displayTransformability"]
    features += ["structuralNavigation", "readingOrder", *(["alternativeText"] if cover else [])]
    properties = [
        *(("accessMode", mode) for mode in modes),
        *(("accessModeSufficient", mode) for mode in ("textual", "auditory", "textual,auditory")),
        *(("accessibilityFeature", feature) for feature in features),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", _WORDS[article.language][2]),
    ]
    for name, value in properties:
        yield _meta(f"schema:{name}", value)


def _meta(name: str, value: str, refines: str | None = None) -> Element:
    return node("meta", {"property": name, **({"refines": refines} if refines else {})}, value)
