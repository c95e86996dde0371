from __future__ import annotations

import html
from collections import Counter

import pytest
from files import docx_parts, paragraph, run, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from ink import visible

from readaloud.errors import UnreadableSourceError
from readaloud.model import Block, Document, Source
from readaloud.sources.readers import read as read_any
from readaloud.sources.readers.docx.body import CONTENTS, DELETED, HIDDEN, SYMBOL
from readaloud.sources.readers.docx.reader import COMMENT, PAGE_FOOT, PAGE_HEAD


def read(parts: dict[str, str | bytes], name: str = "a.docx") -> Document:
    return read_any(Source(name, "a", name[-5:], zipped(parts)))


def read_body(body: str) -> Document:
    return read(docx_parts(body))


def test_styles_say_what_is_a_heading() -> None:
    document = read_body(
        paragraph("题目", "t")
        + paragraph("一", "1")
        + paragraph("二", "b")
        + f'<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{run("三")}</w:p>'
        + paragraph("粗体", "", "<w:b/>")
        + paragraph("不粗", "", '<w:b w:val="0"/>')
        + f'<w:p><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>{run("条目")}</w:p>'
        + paragraph("目录行", "toc")
    )
    assert document.title == "题目"
    assert list(document.blocks) == [
        Block("题目", 1, "heading", 1),
        Block("一", 2, "heading", 1),
        Block("二", 3, "heading", 2),
        Block("三", 4, "heading", 3),
        Block("粗体", 5, strong=True),
        Block("不粗", 6),
        Block("条目", 7, "item"),
    ]
    assert [(r.line, r.text, r.reason) for r in document.removed] == [(8, "目录行", CONTENTS)]


def test_changes_hidden_text_ruby_and_symbols() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    document = read_body(
        f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('丁')}</w:moveFrom><w:moveTo>{run('戊')}</w:moveTo>"
        f"{run('己', '<w:vanish/>')}{ruby}{symbol}<w:r><w:br/></w:r>{run('庚')}</w:p>"
    )
    assert [b.text for b in document.blocks] == ["甲乙戊漢", "庚"]
    assert document.blocks[0].ruby == (("漢", "hàn"),)
    assert [(r.text, r.reason) for r in document.removed] == [
        ("丙丁", DELETED),
        ("己", HIDDEN),
        ("Wingdings 0xfc", SYMBOL),
    ]


def test_rows_notes_and_text_boxes_stand_in_reading_order() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
        f"{paragraph('框内')}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{paragraph('框内')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    cells = "".join(f"<w:tc>{paragraph(t)}</w:tc>" for t in ("甲", "乙"))
    parts = docx_parts(
        f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r>{box}</w:p>'
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph('尾')}",
        footnotes=f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("脚注")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("无主")}</w:footnote>',
        header1=paragraph("眉"),
        footer1=paragraph("脚"),
        comments=f"<w:comment>{paragraph('批')}</w:comment>",
    )
    document = read(parts)
    assert [(b.text, b.kind) for b in document.blocks] == [
        ("正文", "paragraph"),
        ("脚注", "note"),
        ("框内", "paragraph"),
        ("甲，乙", "row"),
        ("尾", "paragraph"),
        ("无主", "note"),
    ]
    assert {(r.text, r.reason) for r in document.removed} == {
        ("眉", PAGE_HEAD),
        ("脚", PAGE_FOOT),
        ("批", COMMENT),
    }


@pytest.mark.parametrize(
    ("title", "creator", "expected"),
    [
        ("春天", "张三", ("春天", "张三", "2020-02-05")),
        ("Microsoft Word - 1.doc", "Administrator", (None, None, "2020-02-05")),
        ("无标题", "微软用户", (None, None, "2020-02-05")),
    ],
)
def test_properties(title: str, creator: str, expected: tuple[str | None, ...]) -> None:
    parts = docx_parts(paragraph("正文。"))
    parts["docProps/core.xml"] = (
        '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
        "<t:created>2020-02-05T01:02:03Z</t:created></c>"
    )
    document = read(parts, "a.data")
    assert (document.title, document.byline, document.date) == expected


def test_old_and_protected_files_are_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="password"):
        read_any(Source("a.docx", "a", ".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


prose = st.text("甲乙丙丁，。！ab12 \u3000⽤&<", min_size=1, max_size=30).map(html.escape)
runs = st.builds(
    lambda text, own, around: f"<w:{around}>{run(text, own)}</w:{around}>",
    prose,
    st.sampled_from(["", "<w:b/>", "<w:vanish/>"]),
    st.sampled_from(["ins", "del", "moveFrom", "hyperlink", "smartTag", "fldSimple"]),
)
paragraphs = st.builds(
    lambda inside, style: f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(inside)}</w:p>',
    st.lists(runs, max_size=4),
    st.sampled_from(["", "1", "b", "t", "toc", "none"]),
)
bodies: st.SearchStrategy[str] = st.recursive(
    paragraphs,
    lambda inner: st.builds(
        lambda rows: (
            "<w:tbl>"
            + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows)
            + "</w:tbl>"
        ),
        st.lists(st.lists(inner, max_size=3), max_size=3),
    ),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(bodies, max_size=4))
def test_every_visible_character_is_kept_or_on_record(pieces: list[str]) -> None:
    body = "".join(pieces)
    document = read_body(body)
    found = [b.text for b in document.blocks] + [gone.text for gone in document.removed]
    shown = html.unescape("".join(p.rpartition(">")[2] for p in body.split("<")))
    assert not Counter(visible(shown)) - Counter(visible("".join(found)))


def test_raised_lowered_and_struck_runs() -> None:
    raised, lowered = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    runs = run("约10") + run("6", raised) + run("克H") + run("2", lowered) + run("O，")
    body = f"<w:p>{runs}{run('三元', '<w:strike/>')}{run('两元')}</w:p>"
    document = read_any(Source("a.docx", "a", ".docx", zipped(docx_parts(body))))
    assert [block.text for block in document.blocks] == ["约10⁶克H₂O，两元"]
    assert [(r.text, r.reason) for r in document.removed] == [("三元", "struck out")]


def test_lines_that_are_paragraphs_of_their_own_are_joined() -> None:
    texts = [
        "记者昨晚在园区南门的站台看到，候车的人排成两列，调度",
        "员拿着小喇叭提醒大家先下后上。以前错过末班车的人只能",
        "拼车，一趟要花三十多元。",
        "",
        "为了配合晚班运行，公交场站新增了六个充电桩，司机的排",
        "班也做了调整，每人每周最多上两个晚班，第二天上午可以",
        "补休半天。",
    ]
    body = "".join(map(paragraph, texts))
    document = read_any(Source("a.docx", "a", ".docx", zipped(docx_parts(body))))
    wanted = ["".join(texts[:3]), "".join(texts[4:])]
    assert [block.text for block in document.blocks] == wanted
    assert document.removed == ()
