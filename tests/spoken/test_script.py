"""Articles -> scripts: nothing lost, nothing too long, pauses where they belong."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readaloud.errors import EmptyArticleError
from readaloud.model import Article, Block, Chapter, Script, Voice
from readaloud.speech.engines.kokoro.phonemes import can_say, to_symbols
from readaloud.spoken import estimate_ms, make_script, pronounce
from readaloud.spoken.lexicon import make_lexicon

VOICE = Voice("x", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")
LINES = st.lists(
    st.text(
        alphabet=st.sampled_from("春天來了他說，。！？!…“”「」（）：；、123%.-Ab 😀★〇")
        | st.characters(categories=["L", "N", "Po", "So", "Sm", "Sc"]),
        min_size=1,
        max_size=60,
    ),
    min_size=1,
    max_size=6,
)


def article(*texts: str, title: str | None = None, heading: str | None = None) -> Article:
    head = Block(heading, 1, "heading", 2) if heading else None
    blocks = tuple(Block(text, n) for n, text in enumerate(texts, 2))
    return Article("a.txt", title, None, None, "zh-Hant", (Chapter("c01", head, blocks),), ())


def script_of(*texts: str, max_chars: int = 90, **names: str | None) -> Script:
    return make_script(article(*texts, **names), VOICE, max_chars, True, can_say)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())


@settings(max_examples=60)
@given(LINES)
def test_every_character_is_spoken_or_on_record(lines: list[str]) -> None:
    lines = [line for line in lines if line.strip()]
    try:
        script = script_of(*lines)
    except EmptyArticleError:
        return
    shown = "".join(u.text for u in script.utterances)
    skipped = "".join(gone.text for gone in script.skipped)
    assert not letters("".join(lines)) - letters(shown + skipped)
    for utterance in script.utterances:
        assert to_symbols(utterance.spoken, utterance.readings, utterance.word_starts)


@settings(max_examples=40)
@given(LINES, st.integers(10, 90))
def test_no_utterance_is_over_the_limit(lines: list[str], limit: int) -> None:
    try:
        script = script_of(*lines, max_chars=limit)
    except EmptyArticleError:
        return
    # A number or a word that is longer than the limit by itself can't be broken.
    assert all(len(u.spoken) <= limit or len(u.text) <= limit for u in script.utterances)
    assert all(len(u.readings) == len(u.spoken) for u in script.utterances)


@settings(max_examples=60)
@given(LINES)
def test_every_utterance_says_where_it_stands(lines: list[str]) -> None:
    lines = [line for line in lines if line.strip()]
    try:
        script = script_of(*lines, max_chars=30, title="標題", heading="小標題")
    except EmptyArticleError:
        return
    blocks = ["標題", "小標題", *lines]
    for each in script.utterances:
        end = each.offset + len(each.text)
        assert blocks[each.block - 1][each.offset : end] == each.text
    places = [(each.block, each.offset) for each in script.utterances]
    assert places == sorted(set(places))


def test_an_utterance_carries_line_and_kind_of_its_block() -> None:
    blocks = (Block("🙂", 3), Block("一。 兩！", 5, "quote"), Block("兩！", 8, "item"))
    chapter = Chapter("c01", None, blocks)
    script = make_script(
        Article("a.txt", None, None, None, "zh-Hant", (chapter,), ()), VOICE, 90, True, can_say
    )
    assert [(u.block, u.offset, u.line, u.block_kind) for u in script.utterances] == [
        (2, 0, 5, "quote"),
        (2, 3, 5, "quote"),
        (3, 0, 8, "item"),
    ]


def test_ids_are_fixed_and_the_title_is_said_once() -> None:
    script = script_of("一句。兩句！", title="標題", heading="標題")
    assert [(u.id, u.kind, u.text) for u in script.utterances] == [
        ("u0001", "title", "標題"),
        ("u0002", "sentence", "一句。"),
        ("u0003", "sentence", "兩句！"),
    ]


def test_pauses_grow_from_sentence_to_chapter() -> None:
    script = script_of("一句。兩句！", "三句。", "四句。", title="標題", heading="小標題")
    pacing = VOICE.pacing
    assert [u.pause_after_ms for u in script.utterances] == [
        pacing.heading_ms,
        pacing.heading_ms,
        pacing.sentence_ms,
        pacing.paragraph_ms,
        pacing.paragraph_ms,
        pacing.chapter_ms,
    ]
    assert estimate_ms(script, VOICE) > sum(u.pause_after_ms for u in script.utterances)


def test_pauses_follow_the_mark_at_which_a_long_sentence_is_broken() -> None:
    listed = "山上山下种着去年春天从县里的苗圃买回来的苹果树、梨树、桃树、杏树、李子树、"
    clause = "枣树和柿子树都由村里请来的最有经验的几位老师傅手把手地教大家怎样剪枝施肥，"
    longer = "到了秋天果子都熟了的时候满山遍野都是背着竹筐采果子的男女老少和外地来的客商；"
    bare = "由三十多名水利专家和本地老河工共同组成的巡查小组昨天夜里冒着大雨沿着新修的堤坝"
    last = "徒步走了将近二十公里才在下游的一处涵洞口发现了渗水点。完了。"
    script = script_of(listed + clause + longer + bare + last)
    paused = {u.text[-1]: u.pause_after_ms for u in script.utterances}
    pacing = VOICE.pacing
    assert paused["、"] < paused["，"] == pacing.clause_ms < paused["；"] < pacing.sentence_ms
    unmarked = [u for u in script.utterances if u.text[-1].isalnum()]
    assert [u.pause_after_ms for u in unmarked] == [pacing.breath_ms]


def test_lines_without_marks_are_no_broken_sentences() -> None:
    script = script_of("需要准备\n身份证\n户口本")
    assert [u.pause_after_ms for u in script.utterances][:2] == [VOICE.pacing.sentence_ms] * 2


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("他說──好", "他说——好"),
        ("他說⋯⋯好", "他说……好"),
        ("時間︰下午", "时间：下午"),
        ("他说——好", "他说——好"),
        ("他说⸺好﹐走﹗", "他说—好，走！"),
        ("一────二", "一二"),
    ],
)
def test_signs_of_a_pause_are_pauses_and_ornaments_are_not(written: str, spoken: str) -> None:
    assert pronounce(written, VOICE).spoken == spoken


def test_what_can_not_be_said_is_on_record() -> None:
    script = script_of("好😀天氣。", "★★★", "天氣。")
    assert [gone.text for gone in script.skipped] == ["😀", "★★★"]
    assert [u.spoken for u in script.utterances] == ["好天气。", "天气。"]
    with pytest.raises(EmptyArticleError):
        script_of("★★★")


def test_the_original_script_helps_with_readings() -> None:
    said = pronounce("他一隻手拿著乾淨的毛巾擦頭髮", VOICE)
    pairs = dict(zip(said.spoken, said.readings, strict=True))
    assert (pairs["只"], pairs["干"], pairs["发"], pairs["着"]) == ("zhi1", "gan1", "fa4", "zhe5")


def test_what_the_embedded_voice_can_say_has_symbols() -> None:
    around = ("zhong1", "wen2")
    every = map(chr, range(0x110000))
    assigned = [each for each in every if unicodedata.category(each) not in {"Cn", "Co", "Cs"}]
    for character in filter(can_say, assigned):
        to_symbols(character, ("",))
        assert to_symbols(f"中文{character}中文", (*around, "", *around))


def test_what_the_voice_can_not_say_is_said_otherwise_or_left_out_on_record() -> None:
    script = script_of("二氧化碳（CO₂）与の❶Кремль、한국😀同在♪。", "♪♪.", "我们学习。")
    assert [u.spoken for u in script.utterances] == [
        "二氧化碳（CO二）与诺一Kreml、韩文同在。",
        "我们学习。",
    ]
    assert [(gone.line, gone.text, gone.reason) for gone in script.skipped] == [
        *(
            (2, "の", "said as “诺”"),
            (2, "Кремль", "said as “Kreml”"),
            (2, "한국", "said as “韩文”"),
        ),
        *((2, sign, "a character the voice can't say") for sign in "😀♪"),
        (3, "♪♪.", "nothing in it can be spoken"),
    ]
    assert script.unspoken == 4
    with pytest.raises(EmptyArticleError):
        script_of("♪", "😀")


@pytest.mark.parametrize(
    ("written", "dropped"),
    [
        ("价格₹500。", ()), ("价格500₹。", ()), ("共500₿。", ("₿",)), ("长3>2。", ()),
        ("约合₿0.001。", ("₿",)),
        ("纬度30°5′。", ()), ("重5㎎。", ()), ("★★★☆☆", ("★★★☆☆",)),
        ("据报告[2]。", ("[2]",)),
    ],
)  # fmt: skip
def test_a_sign_that_a_rule_says_is_not_recorded_as_unsaid(
    written: str, dropped: tuple[str, ...]
) -> None:
    script = script_of("第一句。", written)
    assert tuple(gone.text for gone in script.skipped) == dropped


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Nguyễn", "Nguyen"), ("Sørensen", "Sorensen"), ("Straße", "Strasse"), ("ﬁn", "fin"),
        ("Ǽ", "Ae"), ("άλφα", "alfa"), ("pīnɡ", "pīng"), ("H₂O", "H二O"), ("㉑", "二十一"),
        ("⓫", "十一"), ("➓", "十"), ("𝐀", "A"), ("1ª", "一"), ("µ", "μ"),
    ],
)  # fmt: skip
def test_letters_that_the_voice_does_not_know_are_said_plainly(written: str, spoken: str) -> None:
    assert pronounce(written, VOICE, can_say=can_say).spoken == spoken
    assert pronounce(written, VOICE, takes_readings=False).spoken == spoken


def test_a_reading_from_the_lexicon_counts_where_its_word_stands() -> None:
    lexicon = make_lexicon({"\U00020002字": "zhe2 zi4"})
    said = pronounce("\U00020002字和\U00020002。", VOICE, lexicon=lexicon, can_say=can_say)
    assert said.spoken == "\U00020002字和。"
    assert to_symbols(said.spoken, said.readings)


def test_a_character_left_out_stands_on_record_as_it_was_written() -> None:
    script = script_of("街坊們管它叫“𨋢”，管理處貼告示也這樣寫。")
    assert [gone.text for gone in script.skipped] == ["𨋢"]


@pytest.mark.parametrize(
    ("above", "kinds"), [("一句引文。", ["title"]), ("很长的按语。" * 40, ["title", "heading"])]
)
def test_below_a_motto_the_title_is_said_where_it_stands(above: str, kinds: list[str]) -> None:
    chapters = (
        Chapter("c01", None, (Block(above, 1),)),
        Chapter("c02", Block("標題", 2, "heading", 1), (Block("正文。", 3),)),
    )
    shown = Article("a.txt", "標題", None, None, "zh-Hant", chapters, ())
    said = make_script(shown, VOICE, 90, True, can_say).utterances
    assert [each.kind for each in said if each.text == "標題"] == kinds
    assert (said[0].kind == "title") == (len(kinds) == 2)
