"""A cell is said behind the name of its column, whatever the file is."""

from __future__ import annotations

import pytest
from files import docx_parts, run, zipped

from readaloud.model import Source
from readaloud.sources.readers import read

ROWS = (("地点", "日期", "人数"), ("东岛", "5月3日", "120"), ("西岛", "5月4日", "86"))
WORDS = (("工序", "器具", "负责人"), ("炒青", "铁锅", "老陈"), ("揉捻", "竹匾", "小林"))
NAMED = ["地点，日期，人数", "东岛，日期：5月3日，人数：120", "西岛，日期：5月4日，人数：86"]


def _docx(rows: tuple[tuple[str, ...], ...], first: str = "", *, span: str = "") -> bytes:
    table = "".join(
        f"<w:tr>{first if not n else ''}"
        + "".join(f"<w:tc>{span}<w:p>{run(cell)}</w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for n, row in enumerate(rows)
    )
    return zipped(docx_parts(f"<w:tbl>{table}</w:tbl>"))


def _rows(data: bytes, suffix: str) -> list[str]:
    return [block.text for block in read(Source("a", "a", suffix, data)).blocks]


def _lines(rows: tuple[tuple[str, ...], ...], mark: str) -> bytes:
    edge = mark if mark == "|" else ""
    return "\n".join(f"{edge}{mark.join(row)}{edge}" for row in rows).encode()


def test_in_word_where_the_rows_below_hold_numbers_or_the_file_names_a_head() -> None:
    assert _rows(_docx(ROWS), ".docx") == NAMED
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    assert _rows(_docx(WORDS, head), ".docx")[1] == "炒青，器具：铁锅，负责人：老陈"


@pytest.mark.parametrize(
    ("first", "span"),
    [
        ("", ""),
        ('<w:trPr><w:tblHeader w:val="0"/></w:trPr>', ""),
        ("<w:trPr><w:tblHeader/></w:trPr>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'),
    ],
    ids=["no head", "switched off", "over two columns"],
)
def test_in_word_rows_of_words_have_no_head(first: str, span: str) -> None:
    assert _rows(_docx(WORDS, first, span=span), ".docx")[1] == "炒青，铁锅，老陈"


@pytest.mark.parametrize(("suffix", "mark"), [(".md", "|"), (".txt", "|"), (".txt", "\t")])
def test_in_lines_without_a_rule(suffix: str, mark: str) -> None:
    assert _rows(_lines(ROWS, mark), suffix) == NAMED


def test_in_lines_of_words_no_row_names_the_others() -> None:
    assert _rows(_lines(WORDS, "|"), ".md")[1] == "炒青，铁锅，老陈"
