"""Pages saved as text: the window's title, then menus, then the title again, then the text."""

from __future__ import annotations

import pytest
from samples import PROSE, article, headings, spoken

HEADLINE = "总务科冬天守住医院的后勤"
MENU = ["首页", "新闻中心", "科室介绍", "专家门诊", "就医指南", "联系我们", "院务公开", "党建"]


@pytest.mark.parametrize(
    "first",
    [
        f"{HEADLINE}_某某网",
        f"{HEADLINE}_要闻_某某网_example.com.cn",
        f"{HEADLINE} - 健康 - 云溪日报",
        f"{HEADLINE}|后勤|物资|口罩_某某新闻",
        f"{HEADLINE}--社会·民生--某某网",
        f"{HEADLINE} — 无人知晓的小站",
        HEADLINE,
    ],
)
def test_line_1_and_a_line_above_the_text_begin_with_the_title(first: str) -> None:
    found = article(first, *MENU, HEADLINE, "2020-02-05 10:20", *PROSE)
    assert found.title == HEADLINE
    assert spoken(found).count(HEADLINE) == 1
    assert first not in spoken(found) or first == HEADLINE
    assert any(removal.line == 1 and removal.text == first for removal in found.removed)
    assert spoken(found)[-len(PROSE) :] == PROSE


def test_a_title_that_is_not_shown_again_is_line_1_without_the_site() -> None:
    found = article(f"{HEADLINE}_要闻_某某网", *MENU, *PROSE)
    assert (found.title, headings(found)[0]) == (HEADLINE, HEADLINE)
    assert [r.text for r in found.removed if r.rule == "site name"] == ["_某某网", "_要闻"]


def test_a_notice_above_the_title_is_no_text() -> None:
    notice = "为了您更好地浏览本网站的内容，请使用新版的浏览器打开这个页面。"
    found = article(f"{HEADLINE} - 后勤月报集", *MENU, notice, HEADLINE, *PROSE)
    assert found.title == HEADLINE


@pytest.mark.parametrize(
    "lines",
    [
        ["某某新闻网", *MENU, *PROSE],
        ["欢迎光临某某网", *MENU, *PROSE],
        ["新闻 | 体育 | 娱乐 | 商业 | 科技", *PROSE],
        [PROSE[0], HEADLINE, *PROSE[1:]],
    ],
)
def test_a_page_without_a_title_gets_none(lines: list[str]) -> None:
    assert article(*lines).title is None


def test_a_refrain_is_no_page_title() -> None:
    song = ["轻轻的我走了", "正如我轻轻的来", "轻轻的我走了", "作别西天的云彩", PROSE[0]]
    assert article(*song).title is None
    assert spoken(article(*song)) == song


@pytest.mark.parametrize("stroke", ["｜", " | ", " - "])
def test_of_a_title_with_strokes_all_that_is_shown_again_counts(stroke: str) -> None:
    title = f"{HEADLINE}{stroke}一间仓库的三十天"
    found = article(f"{title}_云溪网_example.com.cn", title, *PROSE)
    assert found.title == title
    assert spoken(found) == [title, *PROSE]


@pytest.mark.parametrize(
    "menu",
    ["即時 熱門 政治 社會 生活", "首页 时政 民生 三农 视频 图片", "首頁 新聞 專題 影音 Podcast"],
)
def test_a_menu_in_one_line_is_no_title(menu: str) -> None:
    found = article(menu, HEADLINE, *PROSE)
    assert (found.title, [removal.text for removal in found.removed]) == (HEADLINE, [menu])
