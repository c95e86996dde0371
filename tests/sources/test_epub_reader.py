from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from files import epub_parts, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from ink import visible
from typer.testing import Result

from readaloud.errors import UnreadableSourceError
from readaloud.model import Block, Document, Source
from readaloud.sources.readers import read as read_any
from readaloud.sources.readers.epub.front_matter import CONTENTS, COVER, IMPRINT, TITLE_PAGE
from readaloud.sources.readers.epub.reader import MISSING
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


@pytest.mark.parametrize(
    ("href", "entry"),
    [
        ("p1.xhtml", "OPS/P1.XHTML"),
        ("p1.xhtml", "OPS\\p1.xhtml"),
        ("Text\\p1.xhtml", "OPS/Text/p1.xhtml"),
        ("%E7%AC%AC%E4%BA%8C%E7%AB%A0.xhtml", "OPS/第二章.xhtml"),
        ("%B5%DA%B6%FE%D5%C2.xhtml", "OPS/第二章.xhtml"),
        ("第二章.xhtml", "OPS/%E7%AC%AC%E4%BA%8C%E7%AB%A0.xhtml"),
        ("caf\u00e9.xhtml", "OPS/cafe\u0301.xhtml"),
        ("100%.xhtml", "OPS/100%.xhtml"),
        ("a%20b.xhtml", "OPS/a b.xhtml"),
        ("/OPS/p1.xhtml", "OPS/p1.xhtml"),
    ],
)
def test_documents_are_found_as_readers_find_them(href: str, entry: str) -> None:
    parts = epub_parts(["<p>甲。</p>", "<p>乙。</p>"], f'<li><a href="{href}">次章</a></li>')
    parts["OPS/book.opf"] = str(parts["OPS/book.opf"]).replace("p1.xhtml", href)
    body = parts.pop("OPS/p1.xhtml")
    document = read({**parts, entry: body})
    assert texts(document) == ["甲。", "次章", "乙。"]
    assert not document.removed


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_without_the_mark_of_utf8_are_tried_in_old_encodings(encoding: str) -> None:
    parts = epub_parts(["<p>甲。</p>"])
    parts["OPS/book.opf"] = str(parts["OPS/book.opf"]).replace("p0.xhtml", "第一章.xhtml")
    name = "OPS/第一章.xhtml".encode(encoding)
    held = "x" * len(name)
    parts[held] = parts.pop("OPS/p0.xhtml")
    data = zipped(parts).replace(held.encode(), name)
    assert texts(read_any(Source("a.epub", "a", ".epub", data))) == ["甲。"]


def test_of_two_names_that_differ_in_case_each_is_its_own() -> None:
    parts = epub_parts(["<p>甲。</p>", "<p>乙。</p>"])
    parts["OPS/book.opf"] = str(parts["OPS/book.opf"]).replace("p1.xhtml", "P0.xhtml")
    parts["OPS/P0.xhtml"] = parts.pop("OPS/p1.xhtml")
    document = read(parts)
    assert texts(document) == ["甲。", "乙。"]


@pytest.mark.parametrize("command", [("plan",), ("build", "--quiet", "--voice", "silent")])
def test_a_chapter_that_is_not_there_is_told_by_its_name(
    cli: Callable[..., Result], tmp_path: Path, command: tuple[str, ...]
) -> None:
    toc = '<li><a href="p1.xhtml">第二章 归来</a></li>'
    parts = epub_parts(["<p>甲。</p>", "<p>乙。</p>"], toc)
    del parts["OPS/p1.xhtml"]
    book = tmp_path / "a.epub"
    book.write_bytes(zipped(parts))
    result = cli(*command, book)
    assert result.exit_code == 0
    assert "is incomplete: the chapter “第二章 归来” (OPS/p1.xhtml)" in result.stderr


VOLUMES = (
    '<li><span>上卷</span><ol><li><a href="p0.xhtml">断桥</a></li>'
    '<li><a href="p1.xhtml">官道</a></li></ol></li>'
    '<li><span>下卷</span><ol><li><a href="p2.xhtml">进城</a></li></ol></li>'
)


@pytest.mark.parametrize("heading", ["", "h1", "h3"])
def test_the_contents_name_and_nest_the_chapters(heading: str) -> None:
    names = ["断桥", "官道", "进城"]
    shown = [f"<{heading}>{name}</{heading}>" if heading else "" for name in names]
    document = read(epub_parts([f"{name}<p>正文。</p>" for name in shown], VOLUMES))
    found = [(b.text, b.level) for b in document.blocks if b.kind == "heading"]
    assert found == [("上卷", 1), ("断桥", 2), ("官道", 2), ("下卷", 1), ("进城", 2)]


def test_a_volume_that_leads_to_its_first_chapter_stands_above_it() -> None:
    chapters = '<li><a href="p0.xhtml#x">第一章</a></li><li><a href="p0.xhtml#y">第二章</a></li>'
    toc = f'<li><a href="p0.xhtml">上篇</a><ol>{chapters}</ol></li>'
    body = '<h2 id="x">第一章</h2><p>正文。</p><h2 id="y">第二章</h2><p>终。</p>'
    found = [b.text for b in read(epub_parts([body], toc)).blocks if b.kind == "heading"]
    assert found == ["上篇", "第一章", "第二章"]
    other = body.replace("第一章", "第1章 断桥")
    found = [b.text for b in read(epub_parts([other], toc)).blocks if b.kind == "heading"]
    assert found == ["第1章 断桥", "第二章"]


def test_a_bare_anchor_between_paragraphs_is_a_place() -> None:
    toc = '<li><a href="p0.xhtml">甲章</a></li><li><a href="p0.xhtml#x">乙章</a></li>'
    document = read(epub_parts(['<div><p>一。</p></div><a id="x"></a><p>二。</p>'], toc))
    assert texts(document) == ["甲章", "一。", "乙章", "二。"]


def test_an_imprint_of_labels_is_known() -> None:
    lines = (
        "版权信息",
        "书名：河灯",
        "作者：某人",
        "出版社：云溪",
        "ISBN：9787000000000",
        "版权所有",
    )
    document = read(epub_parts(["".join(f"<p>{line}</p>" for line in lines), "<p>正文。</p>"]))
    assert texts(document) == ["正文。"]


def test_lines_of_the_contents_without_places_of_their_own_head_nothing() -> None:
    toc = "".join(f'<li><a href="p0.xhtml">第{n}章</a></li>' for n in "一二三")
    document = read(epub_parts(["<p>第一章</p><p>正文。</p><p>第三章</p><p>终。</p>"], toc))
    heads = [b.text for b in document.blocks if b.kind == "heading"]
    assert heads == ["第一章", "第三章"]


COPYRIGHT = "<p>图书在版编目（CIP）数据</p><p>ISBN 978-7-0000-0000-0</p><p>定价：38.00元</p>"


def test_a_publishers_page_is_on_record_and_prose_about_one_is_read() -> None:
    told = "翻开旧书，末页上印着定价和印张，还有一枚小小的印章，那是外公的。"
    document = read(epub_parts([COPYRIGHT, f"<h1>旧书的故事</h1><p>{told}</p>"]))
    assert [r.reason for r in document.removed] == [IMPRINT] * 3
    assert len(document.blocks) == 2


def test_a_cover_is_left_out_only_where_the_title_is_known() -> None:
    cover = '<div class="cover"><h1>河灯</h1><p>某某 著</p></div>'
    named = read(epub_parts([cover, "<p>正文。</p>"], metadata="<dc:title>河灯</dc:title>"))
    assert [r.reason for r in named.removed] == [COVER] * 2
    assert texts(read(epub_parts([cover, "<p>正文。</p>"])))[0] == "河灯"


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


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("书名", "林望海 著", "潮间带文化"), TITLE_PAGE),
        (
            (
                "书名",
                "作者／林望海 主编／石芳",
                "发行人／简大川",
                "初版一刷／2021年6月",
                "著作权所有，未经同意不得转载",
            ),
            IMPRINT,
        ),
    ],
)
def test_a_page_of_the_publishers_is_known_without_its_name(
    lines: tuple[str, ...], reason: str
) -> None:
    page = "".join(f"<p>{line}</p>" for line in lines)
    chapter = "<h1>第一章</h1><p>末班车开走以后，雾才真正落下来。</p>"
    book = read(epub_parts([page, chapter], metadata="<dc:title>书名</dc:title>"))
    assert {removal.text: removal.reason for removal in book.removed} == dict.fromkeys(
        lines, reason
    )
    assert "末班车开走以后，雾才真正落下来。" in texts(book)
