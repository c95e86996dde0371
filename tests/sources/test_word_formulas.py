"""Word's formulas are said as those of web pages are, or announced."""

from __future__ import annotations

import pytest
from files import docx_parts, run, zipped

from readaloud.model import Document, Source
from readaloud.sources.readers import read
from readaloud.sources.readers.shared.formulas.in_text import SAID, SKIPPED

_LINE = "\u0305"
_SPACE = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _r(text: str, *, normal: bool = False) -> str:
    return f"<m:r>{'<m:rPr><m:nor/></m:rPr>' * normal}<m:t>{text}</m:t></m:r>"


def _part(name: str, *texts: str) -> str:
    return "".join(f"<m:{name}>{text}</m:{name}>" for text in texts)


def _read(math: str) -> Document:
    body = f"<w:p {_SPACE}>{run('由此得')}<m:oMath>{math}</m:oMath>{run('。')}</w:p>"
    return read(Source("a.docx", "a", ".docx", zipped(docx_parts(body))))


def _chr(kind: str, sign: str) -> str:
    return f'<m:{kind}Pr><m:chr m:val="{sign}"/></m:{kind}Pr>'


SUMMED = _part("sub", _r("i=1")) + _part("sup", _r("n")) + _part("e", _r("i"))
FORMULAS = {
    "power": (_part("sSup", _part("e", _r("c")) + _part("sup", _r("2"))), "c的平方"),
    "index": (
        _part("sSub", _part("e", _r("v")) + _part("sub", _r("平均", normal=True))),
        "v平均",
    ),
    "fraction": (_part("f", _part("num", _r("1")) + _part("den", _r("2"))), "2分之1"),
    "root": (_part("rad", _part("deg", "") + _part("e", _r("x"))), "根号x"),
    "third root": (_part("rad", _part("deg", _r("3")) + _part("e", _r("8"))), "3次根号8"),
    "sum": (f"<m:nary>{_chr('nary', '∑')}{SUMMED}</m:nary>", "从i等于1到n求和i"),
    "brackets": (_r("f") + _part("d", _part("e", _r("x"))), "f左括号x右括号"),
    "strokes": (
        '<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>'
        f"{_part('e', _r('x'))}</m:d>{_r('≤3')}",
        "x的绝对值小于等于3",
    ),
    "function": (
        _part("func", _part("fName", _r("sin", normal=True)) + _part("e", _r("θ"))),
        "正弦西塔",
    ),
    "limit": (
        _part("limLow", _part("e", _r("lim", normal=True)) + _part("lim", _r("x→0"))) + _r("x"),
        "当x趋于0时的极限x",
    ),
    "accent": (f"<m:acc>{_chr('acc', _LINE)}{_part('e', _r('x'))}</m:acc>", "x拔"),
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_short_formula_is_said(kind: str) -> None:
    math, words = FORMULAS[kind]
    document = _read(math)
    assert [block.text for block in document.blocks] == [f"由此得{words}。"]
    assert [removal.reason for removal in document.removed] == [SAID]


@pytest.mark.parametrize(
    "math",
    [
        f"<m:m>{_part('mr', _part('e', _r('1'), _r('0')))}</m:m>",
        f"<m:eqArr>{_part('e', _r('x=1'), _r('y=2'))}</m:eqArr>",
        _part("f", _part("num", _r("1"))),
        f"<m:nary>{_chr('nary', '⋃')}{SUMMED}</m:nary>",
        _r("a+" * 80 + "a"),
    ],
    ids=["matrix", "system", "broken", "unknown sign", "long"],
)
def test_any_other_formula_is_announced_and_on_record(math: str) -> None:
    document = _read(math)
    assert [block.text for block in document.blocks] == ["由此得（公式略）。"]
    assert [removal.reason for removal in document.removed] == [SKIPPED]
    assert document.removed[0].text


def test_an_empty_formula_is_nothing() -> None:
    assert [block.text for block in _read("").blocks] == ["由此得。"]
