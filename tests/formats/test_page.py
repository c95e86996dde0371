"""The read-along page as a file: what stands in it, and what text can't do to it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from narrations import VOICE, make_narration, nameless, write

from readaloud.errors import OutputError
from readaloud.formats.html.page import clock, page_text
from readaloud.formats.shared.read_along import Phrase
from readaloud.model import Block, BlockKind, Chapter, Cue, Narration, Word
from readaloud.spoken import make_script

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"' onfocus=alert(1) autofocus x='",
    "前\u2028後\u2029完",
    "{{ 7*7 }}{% raw %}&lt;b&gt;",
    "]]><!--",
)


def edition(folder: Path, titles: list[str] | None = None) -> Narration:
    narration = make_narration(folder, titles or ["北風", "太陽"])
    return replace(narration, files=(("mp3", "北風 #1?.mp3", "00"),))


def parsed(narration: Narration) -> html.HtmlElement:
    return html.document_fromstring(page_text(narration))


def shown(page: html.HtmlElement, path: str) -> list[str]:
    return [element.text_content().strip() for element in page.xpath(path)]


def with_blocks(narration: Narration, *blocks: Block) -> Narration:
    """One chapter of these blocks, spoken as a script has it."""
    chapters = (Chapter("c1", Block(narration.title, 1, "heading"), blocks),)
    script = make_script(
        replace(narration.script.article, chapters=chapters), VOICE, 90, True, str.isprintable
    )
    cues = tuple(Cue(u.id, n * 500, n * 500 + 400, u.text) for n, u in enumerate(script.utterances))
    return replace(narration, script=script, cues=cues, marks=narration.marks[:1])


def test_the_file_stands_beside_its_audio(tmp_path: Path) -> None:
    path = write("html", edition(tmp_path), tmp_path)
    assert path == tmp_path / "北風.html"
    page = html.document_fromstring(path.read_text(encoding="utf-8"))
    assert page.xpath("//audio/@src") == ["%E5%8C%97%E9%A2%A8%20%231%3F.mp3"]


def test_an_edition_without_audio_has_no_page(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no audio"):
        page_text(make_narration(tmp_path, ["北風"]))


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"北風\.html"):
        write("html", edition(tmp_path), tmp_path / "none")


def test_every_cue_is_there_in_order_with_its_time(tmp_path: Path) -> None:
    narration = edition(tmp_path)
    found = [
        (e.get("id"), int(e.get("data-start")), e.text_content())
        for e in parsed(narration).xpath("//*[@class='s']")
    ]
    assert found == [(cue.utterance_id, cue.start_ms, cue.text) for cue in narration.cues]


def test_landmarks_language_and_chapters(tmp_path: Path) -> None:
    page = parsed(edition(tmp_path))
    assert page.get("lang") == "zh-Hant"
    assert [len(page.xpath(f"//body/{name}")) for name in ("header", "nav", "main", "footer")] == (
        [1, 1, 1, 1]
    )
    assert page.xpath("//nav//a/@href") == ["#c1", "#c2"]
    assert shown(page, "//nav//a") == ["北風", "太陽"]
    assert page.xpath("//main/section/@id") == ["c1", "c2"]
    assert page.xpath("//body/a[1]/@href") == ["#text"]
    assert shown(page, "//h1") == ["北風呼嘯"]


def test_labels_are_in_the_articles_script(tmp_path: Path) -> None:
    narration = edition(tmp_path)
    article = replace(narration.script.article, language="zh-Hans")
    simplified = parsed(replace(narration, script=replace(narration.script, article=article)))
    assert shown(parsed(narration), "//summary") == ["章節", "設定", "鍵盤操作"]
    assert shown(simplified, "//summary") == ["章节", "设置", "键盘操作"]


def test_what_was_removed_or_skipped_is_not_shown(tmp_path: Path) -> None:
    text = page_text(edition(tmp_path))
    assert "點讚" not in text
    assert "🙂" not in text


def test_an_edition_without_title_and_byline_is_named_after_its_file(tmp_path: Path) -> None:
    page = parsed(nameless(edition(tmp_path)))
    assert shown(page, "//h1") == ["北風"]
    assert not page.xpath("//time")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    base = edition(tmp_path, [text, "二"])
    plain = parsed(edition(tmp_path, ["一", "二"]))
    cues = tuple(replace(cue, text=text) for cue in base.cues)
    article = replace(base.script.article, title=text, byline=text, date=text)
    voice = replace(base.voice, name=text)
    hostile = replace(base, cues=cues, script=replace(base.script, article=article), voice=voice)
    page = parsed(replace(hostile, key=text, files=(("mp3", text, ""),)))
    assert [element.tag for element in page.iter()] == [element.tag for element in plain.iter()]
    assert [e.text_content() for e in page.xpath("//*[@class='s']")] == [text] * 4
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]


def test_the_policy_allows_the_pages_own_parts_and_no_other(tmp_path: Path) -> None:
    page = parsed(edition(tmp_path))
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in page.xpath("//meta[@http-equiv]/@content")[0].split(";")
    )
    for name, element in (("script-src", "script"), ("style-src", "style")):
        (part,) = page.xpath(f"//{element}")
        digest = base64.b64encode(hashlib.sha256(part.text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert rules["media-src"] == "'self' file:"
    assert not page.xpath("//@style")
    assert not page.xpath("//@href[not(starts-with(., '#') or starts-with(., 'data:'))]")


def test_the_source_is_linked_where_it_is_known(tmp_path: Path) -> None:
    narration = edition(tmp_path)
    article = replace(narration.script.article, address="https://example.org/a?b=1&c=2")
    page = parsed(replace(narration, script=replace(narration.script, article=article)))
    (link,) = page.xpath("//header//a")
    assert (link.get("href"), link.text) == (article.address, "原文")


def test_one_chapter_has_no_buttons_for_others(tmp_path: Path) -> None:
    several, one = (parsed(edition(tmp_path, titles)) for titles in (["一", "二"], ["一"]))
    ids = [page.xpath("//*[@class='buttons']/button/@id") for page in (several, one)]
    assert ids[0] == ["previous", "back", "rewind", "play", "ahead", "forward", "next"]
    assert ids[1] == ids[0][1:-1]


def test_blocks_become_paragraphs_lists_and_quotes_again(tmp_path: Path) -> None:
    kinds: tuple[BlockKind, ...] = ("paragraph", "item", "item", "quote", "note")
    texts = ("一。 二。", "四。", "五。", "六。", "七。")
    blocks = (Block(t, 1, kind) for t, kind in zip(texts, kinds, strict=True))
    page = parsed(with_blocks(edition(tmp_path), *blocks))
    assert shown(page, "//main//p[not(@class)]") == ["一。 二。", "六。"]
    assert shown(page, "//main//ul/li") == ["四。", "五。"]
    assert shown(page, "//main//blockquote/p") == ["六。"]
    assert shown(page, "//main//p[@class='note']") == ["七。"]


def test_sentences_said_twice_stay_where_they_were_said(tmp_path: Path) -> None:
    blocks = (Block("雨。雨。", 1), Block("雨。", 2), Block("🙂。", 3), Block(" 雨。", 4))
    page = parsed(with_blocks(edition(tmp_path), *blocks))
    assert shown(page, "//main//p") == ["雨。雨。", "雨。", "雨。"]


def test_the_title_is_shown_once_above_the_text(tmp_path: Path) -> None:
    page = parsed(with_blocks(edition(tmp_path), Block("北風呼嘯。", 2), Block("北風呼嘯", 3)))
    assert shown(page, "//header//h1/span") == ["北風呼嘯"]
    assert shown(page, "//main//span") == ["北風呼嘯。", "北風呼嘯"]


def test_words_are_counted_as_the_browser_counts() -> None:
    words = (Word("𠮷野", 10, 20), Word("家。", 20, 40))
    assert Phrase(Cue("u", 10, 40, "𠮷野家。", words), 40).word_starts == ((0, 10), (3, 20))


def test_words_of_another_text_are_not_marked() -> None:
    assert Phrase(Cue("u", 0, 40, "一二", (Word("三", 0, 9),)), 40).word_starts == ()


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00"), (59_999, "0:59"), (3_723_000, "1:02:03")])
def test_lengths_are_written_as_players_do(ms: int, text: str) -> None:
    assert clock(ms) == text
