"""What becomes of single characters: every voice says the same, and nothing is lost in silence."""

from __future__ import annotations

import unicodedata
from itertools import groupby

import pytest
from every_character import EMBEDDED, ONLINE, SILENT, assigned, find_problems

from readaloud.model import SAID_OTHERWISE, Article, Block, Chapter, Script, Voice
from readaloud.speech.engines import load_engine
from readaloud.spoken import make_script
from readaloud.spoken.characters import plain
from readaloud.spoken.emoji import say_emoji
from readaloud.spoken.other_scripts import say_other_scripts
from readaloud.spoken.reading_lists import read_list


def script_of(text: str, voice: Voice = EMBEDDED) -> Script:
    chapter = Chapter("c01", None, (Block(text, 1), Block("完。", 2)))
    article = Article("a", None, None, None, "zh-Hans", (chapter,), ())
    engine = load_engine(voice.engine)
    return make_script(article, voice, 90, engine.needs_readings, engine.can_say)


def said(text: str, voice: Voice = EMBEDDED) -> str:
    return "".join(each.spoken for each in script_of(text, voice).utterances if each.line == 1)


def kind(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{name.split(' ')[0]} {unicodedata.category(character)}"


def sample() -> list[str]:
    """The first of every stretch of one script and category, and one of 499 others."""
    found = set(assigned()[::499])
    for _, stretch in groupby(assigned(), key=kind):
        found.add(next(stretch))
    return sorted(found)


@pytest.mark.no_cover
def test_a_sample_of_all_characters_is_said_or_on_record_by_every_voice() -> None:
    characters = sample()
    assert len(characters) > 2000
    assert list(find_problems(characters)) == []


@pytest.mark.parametrize("voice", [EMBEDDED, ONLINE, SILENT])
@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("招牌写着“茶の味”。", "招牌写着“茶的味”。"),
        ("封面印着カメラ三个字。", "封面印着卡梅拉三个字。"),
        ("名字写作Иван。", "名字写作Ivan。"),
        ("歌名是아리랑 노래。", "歌名是韩文。"),
        ("他说สวัสดี，走了。", "他说泰文，走了。"),
        ("上面一行是سوق。", "上面一行是阿拉伯文。"),
        ("背面印着ㄅㄆㄇ。", "背面印着玻坡摸。"),
        ("单词的音标ˈwɔːtə在后。", "单词的音标在后。"),
        ("希腊词λόγος与π。", "希腊词logos与π。"),
        ("他姓Nguyễn，住在Straße。", "他姓Nguyen，住在Strasse。"),
        ("写成𝐇𝐞𝐥𝐥𝐨和Ⓐ。", "写成Hello和A。"),
        ("村名里有𠮷和𡐓字。", "村名里有吉和慷字。"),
        ("⅗的人在㍿上班。", "五分之三的人在株式会社上班。"),
        ("第٣页，共๒页。", "第三页，共两页。"),
        ("送她一朵🌹。", "送她一朵玫瑰。"),
        ("雪停了👍🏻，明天开门😂。", "雪停了，明天开门。"),
    ],
)
def test_every_voice_says_it_so(written: str, spoken: str, voice: Voice) -> None:
    assert said(written, voice) == spoken


def test_what_is_said_otherwise_is_on_record_with_what_is_said() -> None:
    script = script_of("他叫Иван，唱한국 노래，笑😀。")
    assert [(gone.text, gone.rule, gone.reason) for gone in script.skipped] == [
        ("Иван", SAID_OTHERWISE, "said as “Ivan”"),
        ("한국 노래", SAID_OTHERWISE, "said as “韩文”"),
        ("😀", "", "a character the voice can't say"),
    ]
    assert script.unspoken == 1


def test_marks_that_combine_do_not_vanish_in_silence() -> None:
    script = script_of("这个字\u0308写着สวัสดี和x\u030c。")
    recorded = "".join(gone.text for gone in script.skipped)
    assert {"\u0308", "\u0e31", "\u0e35", "\u030c"} <= set(recorded)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("我❤️北京", "我爱北京"), ("他回了“👍”。", "他回了“赞”。"), ("想吃🍎了", "想吃苹果了"),
        ("好开心(＾▽＾)", "好开心 "), ("(╯°□°)╯︵ ┻━┻", " "), ("（≧▽≦）走吧", " 走吧"),
        ("1️⃣先交表", "1先交表"),
    ],
)  # fmt: skip
def test_a_picture_is_said_where_it_stands_for_a_word(text: str, rest: str) -> None:
    assert say_emoji(text)[0] == rest


@pytest.mark.parametrize(
    "text",
    [
        "真好吃🍰", "开学啦🎉大家加油", "爱你❤️", "f(x)=(a^2+b^2)", "(20°~30°)", "（>3且<5）",
        "(5-3-1)",        "变量a_b和c_d", "(……)", "（@张三@李四）", "(ω·t+φ)", "(±5%)", "（一^一）",
    ],
)  # fmt: skip
def test_what_adorns_and_what_is_no_face_stays(text: str) -> None:
    assert say_emoji(text) == (text, [], [])


@pytest.mark.parametrize(
    "text",
    ["pīnɡ yīn和ɑ", "10μm、ΔT、αβ", "café、Zoë", "豈有此理、𠮷", "二〇二五", "ﬁ½①", "“’·—…"],
)
def test_what_is_chinese_latin_or_a_formula_stays(text: str) -> None:
    assert say_other_scripts(text) == (text, [])


def test_a_long_passage_is_named_and_not_spelled() -> None:
    text = "ありがとうございますとてもうれしいですまたきてください"
    assert say_other_scripts(f"他写道：{text}。")[0] == "他写道：日文。"


def test_rows_of_the_lists_are_one_a_character_and_can_be_said() -> None:
    for name in ("emoji_names", "letter_sounds", "script_names"):
        rows = [(*row, "")[:2] for row in read_list(name)]
        keys = [key for key, _ in rows]
        assert len(keys) == len(set(keys))
        assert [said for _, said in rows if "".join(map(plain, said)) != said] == []


def test_every_script_of_the_list_is_one_of_unicode() -> None:
    names = {unicodedata.name(character, "") for character in assigned()}
    starts = {" ".join(name.split(" ")[:size]) for name in names for size in (1, 2, 3)}
    assert [row[0] for row in read_list("script_names") if row[0] not in starts] == []
