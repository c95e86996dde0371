from __future__ import annotations

from collections import Counter

import pytest
from files import Placed, pdf
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ink import visible

from readaloud.errors import UnreadableSourceError
from readaloud.model import Document, Source
from readaloud.sources.readers import read as read_any
from readaloud.sources.readers.pdf import reader as pdf_module
from readaloud.sources.readers.pdf.child import answer, seconds_for
from readaloud.sources.readers.pdf.document import extract
from readaloud.sources.readers.pdf.layout import PAGE_NUMBER, RUNNING
from readaloud.sources.readers.pdf.wire import pack_request, unpack_answer

PROSE = (
    "庚子鼠年春节一场没有硝烟的战争不期而至面对突如其来的疫情"
    "除了临床医务人员奋战在第一线之外还有一群身处平凡岗位的人"
)


def read(pages: list[list[Placed]], title: str = "", name: str = "a.pdf") -> Document:
    """In this process; how a process of its own answers is tested below."""
    return extract(name, pdf(pages, title))


def wrapped(text: str, x: float, top: float, columns: int) -> tuple[list[Placed], float]:
    """A paragraph of size 11, set in by two characters; and where the next line stands."""
    padded = "　　" + text
    lines = [padded[n : n + columns] for n in range(0, len(padded), columns)]
    return [(x, top - 16 * n, 11.0, line) for n, line in enumerate(lines)], top - 16 * len(lines)


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.text, block.kind) for block in document.blocks]


def paragraphs(count: int) -> list[str]:
    return [f"{'甲乙丙丁戊己庚辛'[n % 8]}{PROSE}，{PROSE[n:]}。" for n in range(count)]


def test_lines_become_paragraphs_and_furniture_is_on_record() -> None:
    pages: list[list[Placed]] = []
    for number in range(4):
        page: list[Placed] = [(72, 810, 9, "某某杂志"), (290, 30, 9, str(number + 1))]
        page.append((72, 770, 18, f"第{'一二三四'[number]}章⽤"))
        top = 730.0
        for text in paragraphs(3):
            lines, top = wrapped(text, 72, top, 30)
            page += lines
        pages.append(page)
    document = read(pages, "Microsoft Word - 文件.doc")
    expected = []
    for name in "一二三四":
        expected += [(f"第{name}章用", "heading")] + [(p, "paragraph") for p in paragraphs(3)]
    assert shown(document) == expected
    assert {b.level for b in document.blocks if b.kind == "heading"} == {1}
    assert [b.line for b in document.blocks] == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4
    assert document.title is None
    assert Counter(r.reason for r in document.removed) == {RUNNING: 4, PAGE_NUMBER: 4}


def test_columns_are_read_one_after_the_other() -> None:
    page: list[Placed] = [(72, 780, 18, "横跨两栏的一个相当长的文章标题在此")]
    texts = paragraphs(4)
    for column in range(2):
        top = 740.0
        for text in texts[column * 2 : column * 2 + 2]:
            lines, top = wrapped(text, 60 + 260 * column, top, 21)
            page += lines
    assert [text for text, _ in shown(read([page]))] == [page[0][3], *texts]


def test_columns_may_be_three_or_of_unlike_length() -> None:
    for counts in ((2, 2, 2), (3, 1)):
        texts, page = iter(paragraphs(sum(counts))), []
        wanted = paragraphs(sum(counts))
        for column, count in enumerate(counts):
            top = 740.0
            for _ in range(count):
                lines, top = wrapped(next(texts), 40 + 175 * column, top, 14)
                page += lines
        assert [text for text, _ in shown(read([page]))] == wanted


def test_a_title_wider_than_its_column_breaks_no_line() -> None:
    title = "老城区改造与渡口班船的新安排以及合作社的几件事"
    lines, _ = wrapped(paragraphs(1)[0], 60, 740, 24)
    assert [text for text, _ in shown(read([[(60, 780, 18, title), *lines]]))] == [
        title,
        *paragraphs(1),
    ]


def test_headings_are_larger_than_the_text_of_their_own_page() -> None:
    small, _ = wrapped(paragraphs(1)[0] * 3, 60, 700, 40)
    large = [(x, top * 1.4 - 320, 16.0, text) for x, top, _, text in small]
    read_in = read([[(60, 780, 15, "甲节"), *small], [(60, 790, 22, "乙节"), *large]])
    assert [text for text, kind in shown(read_in) if kind == "heading"] == ["甲节", "乙节"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = paragraphs(1)[0] * 2
    lines, _ = wrapped(text, 72, 700, 30)
    second: list[Placed] = [(x, 700 - 16 * n, s, t) for n, (x, _, s, t) in enumerate(lines[4:])]
    assert [t for t, _ in shown(read([lines[:4], second]))] == [text]


def test_a_line_that_is_repeated_is_read_each_time() -> None:
    line = PROSE[:30]
    page: list[Placed] = [(72, 700 - 16 * n, 11, line) for n in range(5)]
    assert visible("".join(t for t, _ in shown(read([page])))) == line * 5


def test_latin_words_parted_by_a_hyphen_are_whole() -> None:
    page: list[Placed] = [
        (72, 700, 11, "The quick brown fox is an inter-"),
        (72, 684, 11, "national animal of great renown"),
        (72, 668, 11, "and fame."),
    ]
    expected = "The quick brown fox is an international animal of great renown and fame."
    assert [t for t, _ in shown(read([page]))] == [expected]


def test_cells_side_by_side_are_a_row() -> None:
    page: list[Placed] = [(x, y, 11, t) for x, y, t in [(72, 700, "甲"), (200, 700, "乙")]]
    assert shown(read([page])) == [("甲，乙", "row")]


def test_a_cell_stands_behind_the_name_of_its_column() -> None:
    rows = [("地点", "日期", "人数"), ("东岛", "5月3日", "120"), ("西岛", "5月4日", "86")]
    page: list[Placed] = [
        (72 + 150 * n, 700 - 24 * row, 11, cell)
        for row, cells in enumerate(rows)
        for n, cell in enumerate(cells)
    ]
    assert [text for text, kind in shown(read([page])) if kind == "row"] == [
        "地点，日期，人数",
        "东岛，日期：5月3日，人数：120",
        "西岛，日期：5月4日，人数：86",
    ]


@pytest.mark.parametrize(
    ("line", "kind", "byline"),
    [
        ("张晓兰 王大山", "paragraph", "张晓兰、王大山"),
        ("欧阳文华、赵小川", "paragraph", "欧阳文华、赵小川"),
        ("李 明", "paragraph", None),
        ("本报记者 李明", "paragraph", None),
        ("引言", "heading", None),
        ("雨后的茶厂", "heading", None),
    ],
)
def test_a_line_of_authors_below_the_title_is_no_heading(
    line: str, kind: str, byline: str | None
) -> None:
    text, _ = wrapped(PROSE * 4, 72, 690, 36)
    page: list[Placed] = [(200, 760, 22, "老茶厂重新开门"), (250, 725, 14, line), *text]
    document = read([page])
    assert document.blocks[1].kind == kind
    assert document.byline == byline


def test_notes_at_the_foot_come_behind_the_paragraph() -> None:
    text = paragraphs(1)[0] * 2
    lines, _ = wrapped(text, 72, 700, 30)
    second: list[Placed] = [(x, 700 - 16 * n, s, t) for n, (x, _, s, t) in enumerate(lines[4:])]
    document = read([[*lines[:4], (72, 120, 8, "这是脚注。")], second])
    assert shown(document) == [(text, "paragraph"), ("这是脚注。", "note")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf([[]]), "no text"),
        (pdf([[(72, 700, 11, PROSE)]], password="x"), "password"),  # noqa: S106
        (pdf([[(72, 700 - 16 * n, 11, "鐐鑶籰驫麤" * 5) for n in range(9)]]), "which characters"),
        (b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_what_can_not_be_read_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSourceError, match=words) as caught:
        read_any(Source("a.data", "a", ".data", data))
    assert caught.value.remedy


def test_a_process_of_its_own_answers_the_same() -> None:
    data = pdf([[(72, 700, 18, "标题"), (72, 660, 11, PROSE)]], "文件的标题")
    name = "\udcff\n甲.pdf"
    here = extract(name, data)
    assert here.title == "文件的标题"
    assert read_any(Source(name, "a", ".pdf", data)) == here
    assert unpack_answer(answer(pack_request(name, data))) == here


def test_refusals_cross_processes_whole() -> None:
    with pytest.raises(UnreadableSourceError) as here:
        extract("a.pdf", pdf([[]]))
    with pytest.raises(UnreadableSourceError) as there:
        unpack_answer(answer(pack_request("a.pdf", pdf([[]]))))
    assert str(there.value) == str(here.value)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", "signal 6|ended with code"),
        ("raise KeyError('x')", "code 1 .KeyError"),
        ("raise SystemExit(3)", "more memory"),
        ("bytearray(2**62)", "more memory"),
        (
            "import faulthandler as f; f.dump_traceback_later(0.1, exit=True)\nwhile 1: 0",
            "too long",
        ),
    ],
)
def test_failures_of_the_process_are_refusals(
    code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_module, "_CHILD", ("-c", code))
    with pytest.raises(UnreadableSourceError, match=words) as caught:
        read_any(Source("a.pdf", "a", ".pdf", b"%PDF-"))
    assert caught.value.remedy


def test_a_silent_process_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_CHILD", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(pdf_module, "_MAX_SECONDS", 0.3)
    with pytest.raises(UnreadableSourceError, match="too long"):
        read_any(Source("a.pdf", "a", ".pdf", b"%PDF-"))


def test_time_is_earned_by_text_and_bounded() -> None:
    assert seconds_for(1000, 0) < 9
    assert seconds_for(10_000_000, 0) > 30
    assert seconds_for(1000, 500_000) > 50
    assert seconds_for(10**9, 10**9) == 120
    told: list[int] = []
    extract("a.pdf", pdf([[(72, 700, 11, "甲乙")], [], [(72, 700, 11, "丙")]]), told.append)
    assert told == [2, 2, 3]


placed = st.tuples(
    st.sampled_from([60.0, 320.0]),
    st.integers(2, 50).map(lambda n: n * 16.0),
    st.sampled_from([8.0, 11.0, 18.0]),
    st.text("的一是不了在人有我他，。ab12", min_size=1, max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(placed, min_size=1, max_size=25), min_size=1, max_size=4))
@example([[(60.0, 32.0, 8.0, "11111"), (60.0, 48.0, 11.0, "，"), (60.0, 112.0, 18.0, "1")]])
def test_every_visible_character_is_kept_or_on_record(pages: list[list[Placed]]) -> None:
    pages = [list({(x, y): (x, y, s, t) for x, y, s, t in page}.values()) for page in pages]
    document = read(pages)
    found = [b.text for b in document.blocks] + [gone.text for gone in document.removed]
    ink = "".join(text for page in pages for *_, text in page)
    assert not Counter(visible(ink)) - Counter(visible("".join(found)))
