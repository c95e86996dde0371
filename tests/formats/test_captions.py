"""WebVTT and SubRip as other programs parse them; lines and times as the eye and the ear need."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from narrations import make_narration, write

from readaloud.formats.shared.caption_lines import break_lines
from readaloud.formats.shared.captions import make_captions
from readaloud.model import Cue, Narration, Word

LONG = (
    "北京時間三月二日上午，中國科學院的研究人員在新聞發布會上表示：這項歷時十二年的觀測，"
    "第一次記錄了候鳥從西伯利亞到長江中游的遷徙路線；相關論文已經發表，資料也將公開。"
)
TEXTS = ["AT&T <b>說</b> --> 好。", LONG, "第二天，他們又出發了。"]


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    """Two hours in: what is escaped, what is long, what is short."""
    cues = tuple(
        Cue(f"c1u{n}", 7_200_000 + n * 20_000, 7_218_765 + n * 20_000, text)
        for n, text in enumerate(TEXTS)
    )
    return replace(make_narration(tmp_path, ["開頭"]), cues=cues)


def _milliseconds(time: timedelta) -> int:
    return round(time / timedelta(milliseconds=1))


def test_vtt_is_what_another_parser_reads(narration: Narration, tmp_path: Path) -> None:
    path = write("vtt", narration, tmp_path)
    assert path.name == "北風.vtt"
    assert path.read_text(encoding="utf-8").startswith("WEBVTT\n\nNOTE\nlang: zh-Hant\n")
    found = webvtt.read(str(path)).captions
    expected = list(make_captions(narration.cues))
    assert [cue.identifier for cue in found] == [caption.id for caption in expected]
    assert [cue.text for cue in found][1:] == ["\n".join(c.lines) for c in expected[1:]]
    assert found[0].raw_text == "AT&amp;T &lt;b&gt;說&lt;/b&gt; --&gt; 好。"
    assert found[0].start == "02:00:00.000"
    assert [round(cue.end_in_seconds * 1000) // 1000 for cue in found] == [
        caption.end_ms // 1000 for caption in expected
    ]


def test_srt_is_what_another_parser_reads(narration: Narration, tmp_path: Path) -> None:
    path = write("srt", narration, tmp_path)
    found = list(srt.parse(path.read_text(encoding="utf-8"), ignore_errors=False))
    expected = list(make_captions(narration.cues))
    assert [item.index for item in found] == list(range(1, len(expected) + 1))
    assert found[0].content == "AT&T ＜b＞說＜/b＞ --＞ 好。"
    assert [item.content for item in found][1:] == ["\n".join(c.lines) for c in expected[1:]]
    assert [(_milliseconds(item.start), _milliseconds(item.end)) for item in found] == [
        (caption.start_ms, caption.end_ms) for caption in expected
    ]


def test_a_title_can_neither_end_the_note_nor_begin_a_cue(tmp_path: Path) -> None:
    narration = make_narration(tmp_path, ["開頭"])
    article = replace(narration.script.article, title="一\n\n00:00 --> 00:01\n二")
    changed = replace(narration, script=replace(narration.script, article=article))
    assert len(webvtt.read(str(write("vtt", changed, tmp_path)))) == len(narration.cues)


def test_a_long_utterance_is_parted_at_phrases(narration: Narration) -> None:
    captions = [caption for caption in make_captions(narration.cues) if "c1u1" in caption.id]
    assert [caption.id for caption in captions] == ["c1u1", "c1u1-2"]
    lines = [line for caption in captions for line in caption.lines]
    assert "".join(lines) == LONG
    assert max(map(len, lines)) <= 26
    assert sum(line[-1] in "，：；。" for line in lines) == len(lines) - 1
    assert all(a.end_ms == b.start_ms for a, b in pairwise(captions))


def test_parts_are_timed_by_their_words() -> None:
    first, second = "慢" * 25 + "，", "快" * 25 + "。"
    text = first * 2 + second * 2
    words = (Word("慢" * 25, 1000, 4000), Word("慢" * 25, 4000, 9000), Word("快" * 25, 9100, 9500))
    cue = Cue("u", 1000, 10_000, text, words)
    captions = list(make_captions([cue]))
    assert [caption.lines for caption in captions] == [(first, first), (second, second)]
    assert captions[1].start_ms == 9100
    bare = list(make_captions([replace(cue, words=())]))
    assert bare[1].start_ms == 5500


def test_words_that_are_not_in_the_text_are_passed_over() -> None:
    words = (Word("零", 500, 600), Word("，", 700, 800), Word("。", 90, 95))
    captions = list(make_captions([Cue("u", 0, 1000, LONG, words)]))
    assert captions[0].start_ms == 0
    assert captions[-1].end_ms == 1000


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{'說' * 20}增長百分之五點二達到1,234,567.89億元人民幣", "1,234,567.89"),
        (f"{'說' * 24}“引文”很短，後面的話不少不少", "“引文”"),
        (f"{'說' * 22}Kubernetes很好用", "Kubernetes"),
        (f"{'說' * 23}（《北風》）然後還有", "《北風》）"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, kept: str) -> None:
    assert any(kept in text[start:end] for start, end in break_lines(text))


def test_latin_lines_hold_65_characters() -> None:
    text = "The quick brown fox jumps over the lazy dog, and then it sleeps. " * 3
    lines = [text[start:end].strip() for start, end in break_lines(text)]
    assert lines == [text[:64]] * 3


@given(st.text(alphabet="說好，。！a bZ1,.-“”（）é\u0301👍🏽\u3000<&>", max_size=150))
def test_any_text_is_whole_and_narrow(text: str) -> None:
    ranges = break_lines(text)
    assert "".join(text[start:end] for start, end in ranges) == text
    for start, end in ranges:
        assert len(text[start:end]) <= 65
        assert len(re.findall("[說好]", text[start:end])) <= 26


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="說好，。a \u3000", max_size=150).filter(str.strip),
            st.integers(200, 20_000),
        ),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_captions_rise_and_never_overlap(
    spoken: list[tuple[str, int]], data: st.DataObject
) -> None:
    cues, now_ms = [], 0
    for number, (text, length_ms) in enumerate(spoken):
        times = data.draw(st.lists(st.integers(now_ms, now_ms + length_ms), max_size=20))
        words = tuple(Word(c, t, t + 1) for c, t in zip(text, times, strict=False))
        cues.append(Cue(f"u{number}", now_ms, now_ms + length_ms, text, words))
        now_ms += length_ms
    captions = list(make_captions(cues))
    assert all(caption.start_ms < caption.end_ms for caption in captions)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(captions))
    assert all(1 <= len(caption.lines) <= 2 for caption in captions)
    assert len({caption.id for caption in captions}) == len(captions)
    shown = "".join(line for caption in captions for line in caption.lines)
    assert "".join(shown.split()) == "".join("".join(text for text, _ in spoken).split())
