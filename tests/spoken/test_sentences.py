"""Where sentences end, and how long ones are broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.spoken.phrases import split_long
from readaloud.spoken.sentences import split_sentences

CASES = json.loads((Path(__file__).parents[1] / "cases" / "sentences.json").read_text("utf-8"))
TEXT = st.text(
    alphabet=st.sampled_from("春天來了他說，。！？!?…“”「」『』（）()《》：；、 .,:\"'Aa19-　")
    | st.characters(categories=["Lo", "Po", "Ps", "Pe", "Nd", "So"]),
    max_size=120,
)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['class']}")
def test_sentences_are_those_a_reader_sees(case: dict[str, object]) -> None:
    limit = int(str(case.get("max_len", 1000)))
    found = [
        bare(piece)
        for sentence in split_sentences(str(case["text"]))
        for piece in split_long(sentence, limit)
    ]
    accepted = [case["expected"], *case.get("alternatives", [])]  # type: ignore[misc]
    assert found in [[bare(piece) for piece in pieces] for pieces in accepted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "春節到了!他們還在崗位上?是的,一直在。",
            ["春節到了!", "他們還在崗位上?", "是的,一直在。"],
        ),
        (
            "“谁在外面？快开门！”奶奶喊道。屋外很静。",
            ["“谁在外面？快开门！”奶奶喊道。", "屋外很静。"],
        ),
        ("他留下一句“等我……”。第二天开船了。", ["他留下一句“等我……”。", "第二天开船了。"]),
        ("“走吧。”她说。没人动。", ["“走吧。”", "她说。", "没人动。"]),
        ("他喊:“快來!”大家都來了。", ["他喊:“快來!”", "大家都來了。"]),
        ("他喊:“快來!”,大家都來了。", ["他喊:“快來!”,大家都來了。"]),
        ("看《你好！李焕英》。好看！！！", ["看《你好！李焕英》。", "好看！！！"]),
        ("v2.0.1 and 3.14 are numbers. Next one.", ["v2.0.1 and 3.14 are numbers.", "Next one."]),
        ("「好。」『真好！』", ["「好。」", "『真好！』"]),
        ("沒有句號的一行", ["沒有句號的一行"]),
    ],
)
def test_half_width_marks_and_closers(text: str, expected: list[str]) -> None:
    assert [piece.strip() for piece in split_sentences(text)] == expected


@given(TEXT)
def test_splitting_loses_nothing(text: str) -> None:
    assert bare("".join(split_sentences(text))) == bare(text)


@given(TEXT, st.integers(1, 40))
def test_breaking_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    pieces = split_long(text, limit)
    assert "".join(pieces) == text
    assert all(pieces)


@given(st.integers(8, 60))
def test_a_long_sentence_is_broken_at_its_marks(limit: int) -> None:
    text = "他們在零下的室外搬運物資，沒有絲毫怨言；有的手被凍傷、有的手被劃傷，" * 12
    pieces = split_long(text, limit)
    assert all(len(piece) <= limit for piece in pieces)
    if limit >= 24:
        assert all(piece[-1] in "，；、" for piece in pieces)


def test_numbers_and_words_are_not_cut() -> None:
    text = "總共一千二百三十四萬人觀看了這場比賽並且支付了12,345,678.90元給Microsoft公司" * 4
    for limit in range(16, 40):
        for piece in split_long(text, limit):
            assert "Microsoft" in piece or not set("Microsoft") & set(piece)
            assert "12,345,678.90" in piece or not any(map(str.isdigit, piece))


def test_no_address_is_broken_however_long_the_sentence() -> None:
    address = "https://lib.example.com/yuyue/tingshu?from=wechat&id=7"
    for before in ("预约请登录", "读者如果想在周末去听书室坐一坐，可以提前登录"):
        text = f"{before} {address} 填写姓名和到馆的时间，也可以在上班的时候打电话给馆员。"
        pieces = split_long(text, 60)
        assert "".join(pieces) == text
        assert len(pieces) > 1
        assert any(address in piece for piece in pieces)


def test_an_address_longer_than_a_breath_is_whole() -> None:
    address = f"https://huniao.example.org/{'autumn/' * 12}index.html?channel=gzh&src=menu"
    text = f"报名请打开 {address} 填写姓名和可以到岗的日期，每人至少报满三个半天。"
    pieces = split_long(text, 60)
    assert "".join(pieces) == text
    assert any(address in piece for piece in pieces)
