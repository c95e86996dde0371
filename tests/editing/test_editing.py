from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import POEM, PROSE, STORY, article, spoken

from conftest import within
from readaloud.chinese.language import find_language
from readaloud.editing import edit
from readaloud.errors import EmptyArticleError
from readaloud.model import Article, Block, BlockKind, Document, Removal


@pytest.mark.parametrize("lines", [[], ["————", "👍"], ["分享到:", "相關文章:"]])
def test_nothing_left_is_an_error(lines: list[str]) -> None:
    with pytest.raises(EmptyArticleError, match=r"a\.txt"):
        article(*lines)


def test_a_title_alone_that_is_only_stated_is_nothing() -> None:
    with pytest.raises(EmptyArticleError):
        article("分享到:", title="标题")


def test_the_readers_removals_come_first_by_line() -> None:
    document = Document(
        "a.html",
        (Block(PROSE[0], 5), Block("分享到:", 7)),
        removed=(Removal(1, "首页", "outside"), Removal(9, "页脚", "outside")),
    )
    assert [removal.line for removal in edit(document).removed] == [1, 7, 9]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("這個時候他們來了", "zh-Hant"),
        ("这个时候他们来了", "zh-Hans"),
        ("天地玄黃", "zh-Hant"),
        ("山水人文", "zh-Hans"),
        ("他在皇后大道的里屋看見一幅干净的山水畫，說這個好", "zh-Hant"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert find_language([text]) == language


def test_a_line_of_spam_takes_no_time() -> None:
    with within(7 / 3):
        for spam in (
            "好的，" * 57_000,
            "a" * 170_000,
            "“" * 170_000,
            "（张三 " * 43_000,
            "：" * 170_000,
        ):
            found = article("标题", PROSE[0], spam, *PROSE[1:])
            assert spam not in spoken(found)
            assert [(r.rule, r.text) for r in found.removed] == [("flood", spam)]


def test_many_lines_take_no_time() -> None:
    with within(5):
        article(*["相关阅读", "一条旧闻", PROSE[0]] * 5000)
        article(*["一、甲", "乙"] * 10_000)


LINES = [
    *POEM,
    *STORY,
    *PROSE,
    "分享到:",
    "相關文章:",
    "相关阅读",
    "一、甲",
    "（二）乙",
    "01",
    "责任编辑：张三",
    "标题的样子",
    "标题的样子很长也很像一个标题",
    "文/张三",
    "————",
    "正確",
    "图为某某",
    "扫码关注公众号",
    "（完）",
]

blocks = st.builds(
    Block,
    text=st.sampled_from(LINES) | st.text("甲乙。！“”（）：，ab1 ", min_size=1).filter(str.strip),
    line=st.just(0),
    kind=st.sampled_from(get_args(BlockKind)) | st.just("paragraph"),
    level=st.integers(0, 6),
    strong=st.booleans(),
)


@given(st.lists(blocks, max_size=40), st.none() | st.sampled_from(LINES))
def test_every_block_is_spoken_or_on_record_and_in_order(
    found: list[Block], title: str | None
) -> None:
    numbered = [Block(b.text, n, b.kind, b.level, b.strong) for n, b in enumerate(found, 1)]
    try:
        result = edit(Document("a.txt", tuple(numbered), title=title))
    except EmptyArticleError:
        return
    said: list[Block] = []
    for chapter in result.chapters:
        said += [chapter.title] if chapter.title else []
        said += chapter.blocks
    shown = any(_same(block.text, title or "") for block in _kept(numbered, result))
    if title and result.title == title and not shown:
        # A title that the text does not show is spoken first; it stands at no line.
        assert said.pop(0).text == title
    gone = {removal.line: removal.text for removal in result.removed}
    lines = [block.line for block in said]
    assert lines == sorted(set(lines))
    texts = {block.line: block.text for block in said} | gone
    # A heading that stood on two lines is one now; nothing of it is lost.
    whole = "".join(texts[line] for line in sorted(texts))
    assert whole.replace(" ", "") == "".join(b.text for b in numbered).replace(" ", "")
    assert not set(lines) & set(gone)
    assert len({chapter.id for chapter in result.chapters}) == len(result.chapters)


def _kept(numbered: list[Block], result: Article) -> list[Block]:
    gone = {removal.line for removal in result.removed}
    return [block for block in numbered if block.line not in gone]


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "")


@pytest.mark.parametrize(("kind", "seconds"), [("verse", 4), ("story", 7 / 3), ("prose", 7 / 3)])
def test_a_megabyte_is_edited_in_its_time(kind: str, seconds: float) -> None:
    """Three are read and edited in under eight seconds, of which reading takes one.

    50,000 lines of verse take 2.4 s by themselves; the rest is for what runs beside the test.
    """
    lines = {"verse": POEM, "story": STORY, "prose": PROSE}[kind]
    per_round = sum(len(line.encode()) for line in lines)
    blocks = [
        Block(f"{n}{line}", n * len(lines) + at)
        for n in range(1_000_000 // per_round)
        for at, line in enumerate(lines, 1)
    ]
    with within(seconds):
        edit(Document("a.txt", tuple(blocks)))
