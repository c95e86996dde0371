"""Titles as files show them: over two lines, in a fence, beside an institute's name, an aside."""

from __future__ import annotations

import pytest
from files import Placed, docx_parts, paragraph, pdf, zipped

from readaloud.editing import edit
from readaloud.model import Article, ReadingRules, Source
from readaloud.sources.readers.docx.reader import read_docx
from readaloud.sources.readers.html.reader import read_html
from readaloud.sources.readers.markdown.reader import read_markdown
from readaloud.sources.readers.pdf.document import extract

TITLE = "北山护林员的冬天"
PROSE = (
    "入冬以来，北山林场的护林员把巡山的次数从每天一趟加到了两趟，早上查火情，傍晚查有没有人下套子。",
    "林场今年添了三架无人机，能飞到半山腰以上，把过去要走四个小时的路程缩短到了二十分钟左右。",
    "不过护林员们说，无人机看不见树叶底下的烟头，也闻不到焦味，最要紧的还是两条腿和一双眼睛。",
)


def source(name: str, text: str | bytes) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, name.partition(".")[0], f".{name.partition('.')[2]}", data)


def from_pdf(*head: Placed) -> Article:
    lines = [(90.0, 690 - 20 * n, 12.0, prose[:40]) for n, prose in enumerate(PROSE)]
    return edit(extract("a.pdf", pdf([[*head, *lines]])))


@pytest.mark.parametrize(
    ("one", "two"),
    [("谁在守山？", "护林员的冬天"), ("北山林场：", "一天两趟"), ("无人机看不见的", "烟头谁来看")],
)
def test_a_title_over_two_lines_of_a_pdf_is_one(one: str, two: str) -> None:
    found = from_pdf((200, 770, 20, one), (180, 740, 20, two))
    assert found.title == f"{one}{two}"
    assert [chapter.title.text for chapter in found.chapters if chapter.title] == [one + two]


def test_small_print_above_a_title_is_on_record() -> None:
    found = from_pdf((90, 815, 8, "北山林业通讯第四期"), (180, 760, 20, TITLE))
    assert found.title == TITLE
    assert [removal.text for removal in found.removed] == ["北山林业通讯第四期"]
    dated = from_pdf((90, 815, 8, "2025年11月8日"), (180, 760, 20, TITLE))
    assert dated.removed == ()


@pytest.mark.parametrize(
    ("aside", "behind"),
    [("（本文共两页，附件另发）", True), ("内部资料 注意保存", False), ("请勿转发", False)],
)
def test_an_aside_set_as_a_heading_is_no_title(aside: str, behind: bool) -> None:
    title, remark = paragraph(TITLE), paragraph(aside, "1")
    head = title + remark if behind else remark + title
    body = head + "".join(map(paragraph, PROSE))
    found = edit(read_docx(source("a.docx", zipped(docx_parts(body)))))
    assert found.title == TITLE
    alone = zipped(docx_parts(paragraph(TITLE, "1") + "".join(map(paragraph, PROSE))))
    assert edit(read_docx(source("a.docx", alone))).title == TITLE


@pytest.mark.parametrize(
    "head",
    [
        f"> 山里的路，是走出来的。\n\n# {TITLE}",
        f"# 北山林业研究所\n\n## {TITLE}",
        f"关注我们，回复「山」就能拿到这个系列的全部文章和照片。\n\n# {TITLE}",
        f"{TITLE}\n===",
        f"# {TITLE} | 绿色中国网",
    ],
)
def test_what_stands_above_a_marked_title_is_none(head: str) -> None:
    found = edit(read_markdown(source("a.md", "\n\n".join([head, *PROSE]))))
    assert found.title == TITLE


def test_the_name_of_a_section_is_no_title() -> None:
    text = "\n\n".join(["## 前言", *PROSE, "## 结语", PROSE[0]])
    assert edit(read_markdown(source("a.md", text))).title is None


@pytest.mark.parametrize(("opened", "closed"), [("```markdown", "```"), ("~~~", "~~~")])
def test_the_fence_around_a_whole_article_is_on_record(opened: str, closed: str) -> None:
    text = "\n\n".join([opened, f"# {TITLE}", *PROSE, closed])
    found = edit(read_markdown(source("a.md", text)))
    assert found.title == TITLE
    assert [removal.text for removal in found.removed] == [opened, closed]


def test_a_fence_inside_an_article_stays_one() -> None:
    text = "\n\n".join(["```python", "# 一行注释", "print(1)", "```", *PROSE, "```", "x", "```"])
    assert edit(read_markdown(source("a.md", text))).title is None


@pytest.mark.parametrize(
    "head",
    [
        f"<title>北山林业研究所</title></head><body><h1>北山林业研究所</h1><h2>{TITLE}</h2>",
        f"<title>{TITLE} - 北山林场</title></head><body><h1>北山林场</h1><h2>{TITLE}</h2>",
        f"<title>绿色中国网</title></head><body><p><b>{TITLE}</b></p>",
        f"</head><body><h1>县林业局</h1><h2>通知公告</h2><h3>{TITLE}</h3>",
    ],
)
def test_a_page_whose_h1_is_the_house_has_its_title_below(head: str) -> None:
    body = "".join(f"<p>{each}</p>" for each in PROSE)
    page = f"<html><head>{head}{body}</body></html>"
    assert edit(read_html(source("a.html", page), ReadingRules())).title == TITLE
