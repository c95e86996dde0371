from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ink import in_document, visible

from conftest import within
from readaloud.errors import UnreadableSourceError
from readaloud.model import Source
from readaloud.sources.mojibake import mend
from readaloud.sources.readers import READERS
from readaloud.sources.readers.shared.formulas.in_text import SAID, SKIPPED
from readaloud.sources.readers.text import read_text

WRAPPED = """　　庚子鼠年春節，一場沒有硝煙的戰爭不期而至，面對突
如其來的疫情，面臨猝不及防的挑戰，除了臨床醫務人員奮
戰在第一線之外，還有一群身處平凡崗位、默默無聞卻同樣
肩負著重要工作的隊伍。
　　一個黨組織就是一座戰鬥堡壘，一名黨員就是一面鮮紅
旗幟。特殊時期，共產黨員立足本職、帶頭奉獻。
"""
POEM = "\n".join(["轻轻的我走了正如我轻轻的来我轻轻的招手作别西天的云彩"] * 5)
TITLES = "\n".join(f"第{n}批援助物资抵达机场，工作人员连夜完成清点与分发" for n in "一二三四五")


def read(text: str) -> list[tuple[int, str]]:
    document = read_text(Source("a.txt", "a", ".txt", text.encode()))
    return [(block.line, block.text) for block in document.blocks]


def test_every_line_is_a_block_with_its_number() -> None:
    assert read("标题\r\n\r\n　　第一段。\r\n第二段。\n") == [
        (1, "标题"),
        (3, "第一段。"),
        (4, "第二段。"),
    ]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    blocks = read("標題\n\n" + WRAPPED)
    assert [line for line, _ in blocks] == [1, 3, 7]
    assert blocks[1][1].endswith("肩負著重要工作的隊伍。")
    assert "鮮紅旗幟" in blocks[2][1]


@pytest.mark.parametrize("text", [POEM, TITLES, TITLES + "\n短。", "一行\n二行\n三行\n四行。"])
def test_verse_and_lists_stay_lines(text: str) -> None:
    assert len(read(text)) == len(text.split("\n"))


def test_words_at_a_joint_keep_a_space() -> None:
    line = "Word! " + "word " * 13
    text = f"{line}one\n{line}two\n{line}six\nthe last line."
    assert read(text)[0][1].count("one Word!") == 1


def test_a_line_of_spam_takes_no_time() -> None:
    assert [len(text) for _, text in read("标题\n" + "好的，" * 57_000 + "\n末段。")] == [
        2,
        171_000,
        3,
    ]


JOURNAL = [
    "本文以城市濱水綠地為對象，分析植物群落的組成與季節變化。調查自二○一六年三月起，歷時兩年，共記錄植物二百種。",
    "值得注意的是，外來種在步道兩側的比例高於其他區域。推測與遊人攜帶種子有關，但仍需要長期的觀測資料加以證實。",
    "因此建議在規劃步道時，保留一定寬度的緩衝帶，並在春季集中清除外來種。這樣做費用不高，效果卻可以維持三年。",
    "結果顯示，近岸區域的種類最多，距岸五十公尺以外明顯減少，土壤含水量的影響最為密切。光照的影響則並不那麼顯著。",
]


@pytest.mark.parametrize("width", [22, 28, 33])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("indent", "between"), [("　　", ""), ("    ", ""), ("", "\n"), ("\t", "\n")]
)
def test_journals_are_joined_whatever_their_layout(
    width: int, end: str, indent: str, between: str
) -> None:
    paragraphs = [end.join(_wrap(indent + text, width)) for text in JOURNAL]
    text = (end + between.replace("\n", end)).join(paragraphs) + end
    assert [block for _, block in read("題目\n\n" + text)] == ["題目", *JOURNAL]


def _wrap(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def test_dialogue_is_never_joined() -> None:
    talk = "　　“还开着吗？”\n　　“开着。”\n“修一块表要多久？”\n“那要看它停了多久。”\n" * 3
    assert len(read(talk)) == 12


def test_marks_of_quoted_mail_go_on_record() -> None:
    text = "好的。\n> 周五几点？\n>> 七点。\n1 > 0\n>\n>=3".encode()
    document = read_text(Source("a.txt", "a", ".txt", text))
    assert [(b.text, b.kind) for b in document.blocks] == [
        ("好的。", "paragraph"),
        ("周五几点？", "quote"),
        ("七点。", "quote"),
        ("1 > 0", "paragraph"),
        (">", "paragraph"),
        (">=3", "paragraph"),
    ]
    assert [(r.line, r.text, r.reason) for r in document.removed] == [
        (2, ">", "quote mark"),
        (3, ">>", "quote mark"),
    ]


def test_a_megabyte_takes_less_than_a_second() -> None:
    data = ("庚子鼠年春节，一场没有硝烟的战争不期而至！面对突如其来的疫情\n" * 11_000).encode()
    assert len(data) > 1_000_000
    with within(1):
        read_text(Source("a.txt", "a", ".txt", data))


def test_detection() -> None:
    reader = READERS.find("text")
    assert reader.detect(Source("a.txt", "a", ".txt", b""))
    assert reader.detect(Source("a", "a", "", "文".encode()))
    assert not reader.detect(Source("a", "a", "", b"PK\x03\x04"))
    assert not reader.detect(Source("a.docx", "a", ".docx", b""))


def test_binary_is_refused() -> None:
    with pytest.raises(UnreadableSourceError):
        read_text(Source("a.txt", "a", ".txt", b"\x89PNG\r\n\x1a\n"))


characters = st.sampled_from(
    "甲乙。，！\n\n\r\t \u3000\u200b\u2028⽤︵﹁ｶﾞﬁ“”ab1>-\ue000\ufffd👨\u200d❤\ufe0f\u0301"
) | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&")


@given(st.text(characters, max_size=300))
def test_no_visible_character_is_lost(text: str) -> None:
    try:
        document = read_text(Source("a.txt", "a", ".txt", b"\xef\xbb\xbf" + text.encode()))
    except UnreadableSourceError:
        return
    # In the text stands what a formula is said or announced as, on record what it was.
    if any(removal.reason in {SAID, SKIPPED} for removal in document.removed):
        return
    # Â before a hard space is that space, decoded wrongly: it is mended.
    assert Counter(in_document(document)) == Counter(visible(mend(text, "a.txt")))
    lines = [block.line for block in document.blocks]
    assert lines == sorted(lines)
    assert not any("\n" in block.text or not block.text for block in document.blocks)


wrapped_lines = st.lists(
    st.text("甲乙丙丁，", min_size=18, max_size=24) | st.sampled_from(["短。", "", "　　缩进的行"]),
    max_size=20,
)


@given(wrapped_lines)
def test_joining_loses_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = read_text(Source("a.txt", "a", ".txt", text.encode()))
    assert in_document(document) == visible(text)


SHORT_LINES = """他说，鸟听见声音就不敢靠近，去年被啄坏的果子
有三成，今年还不到一成，算下来多卖了两万多块
钱，喇叭的本钱早就赚回来了，邻居也都跟着学样
去镇上买喇叭。

镇上的农技员来看过两回，认为声音要经常换着放
不然鸟很快就习惯了。"""
NARROW = """老城区的最后一家修表铺开在邮局对面，
门脸只有两米宽。铺主姓邵，左眼常年夹
着放大镜，摘下来的时候眼窝里有一圈红
印。他修过的表里，最旧的一块是一九二
八年的怀表，主人从苏州专程送来。"""
FREE_VERSE = """船离开码头的时候你没有挥手也没有说再见
我在甲板上数着岸边一盏一盏熄灭的灯火
风把围巾吹成一面小小的没有国家的旗
后来我学会了在颠簸里睡觉在颠簸里醒来。"""


@pytest.mark.parametrize("text", [SHORT_LINES, NARROW])
def test_a_wrapped_paragraph_of_few_or_narrow_lines_is_joined(text: str) -> None:
    paragraphs = [one.replace("\n", "") for one in text.split("\n\n")]
    assert [line for _, line in read(f"标题\n\n{text}")] == ["标题", *paragraphs]


@pytest.mark.parametrize("text", [FREE_VERSE, NARROW.replace("，", "").replace("。", "")])
def test_lines_without_clauses_stay_lines(text: str) -> None:
    assert len(read(text)) == len(text.split("\n"))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("拨打400-000-\n6619报名。", "拨打400-000-6619报名。"),
        ("电话0371-\n65551234，全天有人。", "电话0371-65551234，全天有人。"),
        ("号码是0000-88\n126540，白天有人接。", "号码是0000-88126540，白天有人接。"),
        ("时间是2020-\n2021年。", None),
        ("从2020-12\n31号起。", None),
        ("比分是3-\n2。", None),
    ],
)
def test_a_telephone_number_cut_at_its_hyphen_is_whole(lines: str, joined: str | None) -> None:
    document = read_text(Source("a.txt", "a", ".txt", f"通知\n\n{lines}\n".encode()))
    texts = [block.text for block in document.blocks]
    assert (joined in texts) if joined else not any(lines.replace("\n", "") in t for t in texts)


def test_lines_torn_in_two_are_joined_where_the_others_are_indented() -> None:
    whole = [
        "他教我打算盘是在八岁那年。",
        "第二天交钥匙，主任说算了。",
        "如今什么都能算了。",
        "我常想起那个雪天。",
    ]
    torn = "后来供销社改制，盘点库存的那个晚上父亲\n一个人留在仓库里，把账打了一遍。"
    lines = [f"　　{whole[0]}", f"　　{torn}", *(f"　　{line}" for line in whole[1:])]
    expected = [whole[0], torn.replace("\n", ""), *whole[1:]]
    assert [text for _, text in read("\n".join(lines))] == expected
    bare = [line.strip("　") for line in "\n".join(lines).splitlines()]
    assert [text for _, text in read("\n".join(bare))] == bare


def test_words_between_arrows_are_no_quoted_mail() -> None:
    assert read(">>>>>> 更多 <<<<<<") == [(1, ">>>>>> 更多 <<<<<<")]


def test_an_indent_that_all_lines_have_parts_no_paragraphs() -> None:
    paragraphs = [
        "我们站坐落在两省交界的山口上，三间平房，一座水塔，一根天线，最近的村子在山下十一公里，一个月见不到一个外人。",
        "白天的工作很简单，每隔三个小时到院子里看一次百叶箱，读温度，读湿度，再抬头看云，云有十几种，像认邻居。",
        "夜里两点那一班最难，炉子刚封上，人刚睡暖，闹钟响了，披上大衣出去，风把手电筒的光都吹得发抖，谁也不说话。",
    ]
    wrapped = "\n\n".join(
        "\n".join(f"    {line}" for line in _wrap(text, 36)) for text in paragraphs
    )
    assert [text for _, text in read(wrapped)] == paragraphs
