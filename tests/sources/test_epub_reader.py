from __future__ import annotations

import html
from collections import Counter

import pytest
from files import epub_parts, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from ink import visible

from readaloud.errors import UnreadableSourceError
from readaloud.model import Block, Document, Source
from readaloud.sources.readers import read as read_any
from readaloud.sources.readers.epub.reader import CONTENTS, COVER, MISSING
from readaloud.sources.readers.html.reader import HIDDEN

NOTE = '<a epub:type="noteref" href="#f1">1</a>'


def read(parts: dict[str, str | bytes], name: str = "a.epub") -> Document:
    return read_any(Source(name, "a", name[-5:], zipped(parts)))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_a_book() -> None:
    metadata = (
        "<dc:title>书名</dc:title><dc:creator>张三</dc:creator><dc:creator>李四</dc:creator>"
        "<dc:date>2020-02-05T10:00:00Z</dc:date>"
    )
    body = (
        f"<h1>第一章</h1><p>前&nbsp;文{NOTE}。<ruby>漢<rp>(</rp><rt>hàn</rt></ruby></p>"
        '<p>后文。<span hidden="">藏</span></p>'
        '<aside id="f1" epub:type="footnote"><p>注释。</p></aside>'
    )
    document = read(epub_parts([body], metadata=metadata))
    assert (document.title, document.byline, document.date) == ("书名", "张三、李四", "2020-02-05")
    assert list(document.blocks) == [
        Block("第一章", 1, "heading", 1),
        Block("前 文。漢", 2, ruby=(("漢", "hàn"),)),
        Block("注释。", 4, "note"),
        Block("后文。", 5),
    ]
    assert [(r.line, r.text, r.reason) for r in document.removed] == [
        (3, "1", "note mark"),
        (6, "藏", HIDDEN),
    ]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("<p>正文一。</p>", [("第一章", "heading"), ("正文一。", "paragraph")]),
        ('<p>第一章</p><p id="x">正文。</p>', [("第一章", "heading"), ("正文。", "paragraph")]),
        ('<p id="x">第一章</p><p>正文。</p>', [("第一章", "heading"), ("正文。", "paragraph")]),
        ("<h2>另题</h2><p>正文。</p>", [("另题", "heading"), ("正文。", "paragraph")]),
        (
            '<p>引子。</p><p><a id="x"/>正文。</p>',
            [("引子。", "paragraph"), ("第一章", "heading"), ("正文。", "paragraph")],
        ),
    ],
)
def test_titles_come_from_the_contents_once(body: str, kinds: list[tuple[str, str]]) -> None:
    document = read(epub_parts([body], '<li><a href="p0.xhtml#x">第一章</a></li>'))
    assert [(b.text, b.kind) for b in document.blocks] == kinds


def test_contents_and_cover_are_on_record() -> None:
    links = "".join(f'<p><a href="p1.xhtml">第{n}章</a></p>' for n in "一二三四五")
    guide = '<guide><reference type="cover" href="p2.xhtml"/></guide>'
    parts = epub_parts([links, "<p>正文。</p>", "<p>封面字</p>"], guide=guide)
    document = read(parts)
    assert texts(document) == ["正文。"]
    assert [r.reason for r in document.removed] == [CONTENTS] * 5 + [COVER]


def test_a_missing_document_is_on_record_and_the_rest_is_read() -> None:
    parts = epub_parts(["<p>甲。</p>", "<p>乙。</p>"])
    del parts["OPS/p0.xhtml"]
    document = read(parts)
    assert texts(document) == ["乙。"]
    assert [(r.text, r.reason) for r in document.removed] == [("OPS/p0.xhtml", MISSING)]


def test_documents_out_of_the_line_of_reading_come_last() -> None:
    parts = epub_parts(["<p>旁。</p>", "<p>正。</p>"])
    opf = str(parts["OPS/book.opf"])
    parts["OPS/book.opf"] = opf.replace('idref="p0"', 'idref="p0" linear="no"')
    assert texts(read(parts)) == ["正。", "旁。"]


def test_what_is_not_well_formed_is_read_as_browsers_do() -> None:
    assert texts(read(epub_parts(["<p>甲<br>乙 & 丙<p>丁"]))) == ["甲", "乙 & 丙", "丁"]


def test_copy_protection_is_refused_and_scrambled_fonts_are_not() -> None:
    def encryption(algorithm: str) -> str:
        return (
            '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
            f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
        )

    parts = epub_parts(["<p>甲。</p>"])
    parts["META-INF/encryption.xml"] = encryption("http://www.idpf.org/2008/embedding")
    assert texts(read(parts)) == ["甲。"]
    parts["META-INF/encryption.xml"] = encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(UnreadableSourceError, match="copy-protected"):
        read(parts)


def test_books_are_known_by_their_first_bytes() -> None:
    assert texts(read(epub_parts(["<p>甲。</p>"]), "a.data")) == ["甲。"]


prose = st.text("甲乙丙丁，。！ab12 \n\u3000⽤&<", min_size=1, max_size=30).map(html.escape)
notes = st.sampled_from(
    ['<a href="#n"><sup>3</sup></a>', NOTE, '<span epub:type="pagebreak">9</span>']
)
nodes: st.SearchStrategy[str] = st.recursive(
    prose | notes | st.just("<br/>"),
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag.split()[0]}>",
        st.sampled_from(
            [
                *(
                    "p",
                    "div",
                    "h2",
                    "ul",
                    "li",
                    "nav",
                    "ruby",
                    "rt",
                    "table",
                    "tr",
                    "td",
                    "b",
                    "span",
                ),
                *('aside id="f1" epub:type="footnote"', "section hidden=''"),
            ]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(nodes, max_size=4).map("".join), min_size=1, max_size=3))
def test_every_visible_character_is_kept_or_on_record(bodies: list[str]) -> None:
    document = read(epub_parts(bodies, '<li><a href="p0.xhtml">甲</a></li>'))
    found = texts(document) + [gone.text for gone in document.removed]
    found += [reading for block in document.blocks for _, reading in block.ruby]
    shown = Counter(visible(html.unescape(_without_tags("".join(bodies)))))
    assert not shown - Counter(visible("".join(found)))


def _without_tags(markup: str) -> str:
    return "".join(piece.rpartition(">")[2] for piece in markup.split("<"))
