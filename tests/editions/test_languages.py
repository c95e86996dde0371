"""A passage in another language bears it to the page and the books (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree, html
from typer.testing import Result

from readaloud.model import Block, Source
from readaloud.sources.readers import read

Cli = Callable[..., Result]
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MIXED = '他说<span lang="en">to be or not to be</span>是名句，<i lang="fr">déjà vu</i>不是。'
ENGLISH = "The ferry stays in the harbour today."
PAGE = (
    '<html lang="en"><body lang="en"><article><h1>渡船停航一日</h1>'
    "<p>往返两岛的渡船今天全部停航，何时恢复要看风力。</p>"
    f'<p>{MIXED}</p><blockquote lang="en-GB"><p>{ENGLISH}</p></blockquote>'
    '<p lang="en">这一段其实是中文，只是模板写错了语言。</p></article></body></html>'
)


def blocks(page: str, suffix: str = ".html") -> list[Block]:
    return list(read(Source(f"a{suffix}", "a", suffix, page.encode())).blocks)


def test_readers_keep_what_language_a_passage_is_in() -> None:
    found = [block.languages for block in blocks(PAGE)]
    assert found == [
        (),
        (),
        (("to be or not to be", "en"), ("déjà vu", "fr")),
        ((ENGLISH, "en-GB"),),
        (),
    ]


@pytest.mark.parametrize(
    ("markup", "languages"),
    [
        ('<p lang="ja">東京は今日も晴れ。</p>', (("東京は今日も晴れ。", "ja"),)),
        ('<p>甲<b lang="zh-TW">乙</b>丙丁戊。</p>', ()),
        ('<p>甲<b lang="">ab</b>丙丁戊。</p>', ()),
        ('<p>甲<b lang="x y">ab</b>丙丁戊。</p>', ()),
        ('<p>甲<b lang="en">…</b>丙丁戊。</p>', ()),
        (
            '<p lang="de">Guten <b>Tag</b>, <i lang="zh">你好</i>!</p>',
            (("Guten Tag,", "de"), ("!", "")),
        ),
        ('<p>甲<b xml:lang="la">carpe diem</b>丙丁戊。</p>', (("carpe diem", "la"),)),
    ],
)
def test_what_is_said_of_a_language_is_weighed(
    markup: str, languages: tuple[tuple[str, str], ...]
) -> None:
    prose = "<p>往返两岛的渡船今天全部停航，何时恢复要看风力。</p>"
    page = f"<html><body><article><h1>题目在此</h1>{prose}{markup}{prose}</article></body></html>"
    found = [pair for block in blocks(page) for pair in block.languages]
    assert found == [pair for pair in languages if pair[1]]


def test_markdown_keeps_the_language_of_its_html() -> None:
    text = f"# 渡船\n\n往返两岛的渡船今天停航。\n\n{MIXED}\n"
    assert blocks(text, ".md")[-1].languages[0] == ("to be or not to be", "en")


def test_page_and_books_say_the_language(cli: Cli, tmp_path: Path) -> None:
    source, out = tmp_path / "a.html", tmp_path / "out"
    source.write_text(PAGE, encoding="utf-8")
    formats = "mp3,html,epub,daisy,json"
    result = cli("build", source, "--voice", "silent", "--format", formats, "--out", out)
    assert result.exit_code == 0, result.stderr
    wanted = [("to be or not to be", "en"), ("déjà vu", "fr"), (ENGLISH, "en-GB")]
    page = html.fromstring((out / "a.html").read_text("utf-8"))
    said = [(e.text_content(), e.get("lang")) for e in page.xpath("//main//span[@lang]")]
    assert said == wanted
    books = (("a.epub", "EPUB/text/chapter-0001.xhtml"), ("a.zip", "content.html"))
    for name, part in books:
        with ZipFile(next(out.glob(f"*{Path(name).suffix}"))) as book:
            inside = next(each for each in book.namelist() if each.endswith(part))
            root = etree.fromstring(book.read(inside))
        spans = [e for e in root.iter("{*}span") if e.get("lang")]
        assert [("".join(e.itertext()), e.get("lang")) for e in spans] == wanted
        assert [e.get(XML_LANG) for e in spans] == ["en", "fr", "en-GB"]
    assert cli("check", out).exit_code == 0
