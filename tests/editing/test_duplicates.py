from __future__ import annotations

from samples import POEM, PROSE, STORY, article, spoken

from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天里的后勤人"


def removed(*lines: str | Block, title: str | None = None) -> list[tuple[int, str]]:
    return [(r.line, r.reason) for r in article(*lines, title=title).removed]


def test_the_titles_repeats_go() -> None:
    lines = [TITLE, PROSE[0], TITLE, PROSE[1], TITLE, TITLE, PROSE[2]]
    reason = "repeats the title (line 1)"
    assert removed(*lines) == [(3, reason), (5, reason), (6, reason)]


def test_repeated_captions_go() -> None:
    caption = "工作人员正在搬运物资"
    marked = [Block(caption, line, "caption") for line in (2, 4)]
    assert removed(PROSE[0], marked[0], PROSE[1], marked[1]) == [(4, "repeats line 2")]
    lines = [PROSE[0], caption, PROSE[1], caption, PROSE[2], caption, PROSE[3]]
    assert removed(*lines) == [(4, "repeats line 2"), (6, "repeats line 2")]
    assert removed(PROSE[0], caption, caption, PROSE[1]) == [(3, "repeats line 2")]


def test_refrains_stay() -> None:
    assert removed("再别康桥", *POEM, title="再别康桥") == []
    song = ["让我们荡起双桨", "小船儿推开波浪", "让我们荡起双桨", "海面倒映着白塔"]
    assert removed("让我们荡起双桨", *song, title="让我们荡起双桨") == []
    assert removed(PROSE[0], *POEM, PROSE[1], *POEM, PROSE[2]) == []


def test_dialogue_structure_and_sentences_said_again_stay() -> None:
    assert (
        removed(
            STORY[0],
            "“没有人知道这件事情”",
            STORY[2],
            "“没有人知道这件事情”",
            STORY[4],
            "“没有人知道这件事情”",
            STORY[6],
        )
        == []
    )
    both = ["正確", PROSE[0], "錯誤", PROSE[1]] * 3
    assert removed(*both) == []
    saying = "我是共产党员，这没有什么好犹豫的！"
    assert removed(PROSE[0], saying, PROSE[1], saying, PROSE[2], saying, PROSE[3]) == []
    assert removed(PROSE[0], PROSE[1], PROSE[0], PROSE[2], PROSE[0]) == []
    answers = [
        "记者：你们累不累",
        PROSE[0],
        "记者：你们累不累",
        PROSE[1],
        "记者：你们累不累",
        PROSE[2],
    ]
    assert removed(*answers) == []


def test_a_title_that_is_a_cry_may_be_cried_again_at_the_end() -> None:
    cry = "向所有平凡岗位上的人们致敬！"
    found = article(cry, *PROSE, cry)
    assert found.title == cry
    assert spoken(found) == [cry, *PROSE, cry]


def test_a_sentence_equal_to_the_title_but_for_its_stop_stays() -> None:
    assert removed(TITLE, *PROSE[:3], f"{TITLE}。", PROSE[3]) == []


def test_a_notices_title_stands_again_below_its_number() -> None:
    title = "望江市水务局关于东城片区夜间停水的通告"
    found = article(title, "望水告〔2025〕17号", title, "东城片区广大用户：", *PROSE[:2])
    assert found.title == title
    assert [removal.line for removal in found.removed] == [3]
