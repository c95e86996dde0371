"""Heads and feet of a newspaper's pages among the paragraphs of an article."""

from __future__ import annotations

import pytest
from samples import PROSE, article, spoken

TITLE = "平凡的岗位 不平凡的冬天"


@pytest.mark.parametrize(
    "lines",
    [
        ["柳河日报■2024年9月13日■农历甲辰年八月十一■国内统一刊号CN00-0000"],
        ["B06　人间　2023年11月9日　星期四　值班编委　周野　组版　何清"],
        ["民國113年11月8日　星期五　　溪口時報　　地方新聞　Ｂ４"],
        ["海潮日报 HAICHAO DAILY", "2025年11月7日　星期五", "第08版:副刊·百味"],
        ["人文周刊 07", "南屏日报　新闻热线：0999-0000000　投稿邮箱：fukan@example.com"],
        ["乡土散文　2021年第6期（总第218期）　·43·", "B07"],
    ],
)
def test_pieces_that_tell_enough_together_are_a_head(lines: list[str]) -> None:
    found = article(TITLE, PROSE[0], *lines, PROSE[1])
    assert spoken(found) == [TITLE, *PROSE[:2]]
    assert {removal.text for removal in found.removed} == {*lines}


@pytest.mark.parametrize(
    "lines",
    [
        ["2025年11月7日　星期五"],
        ["江城晚报", "2023年11月5日"],
        ["B07"],
        ["副刊编辑有三个人"],
        ["江城晚报的老张　打电话来了"],
    ],
)
def test_a_day_a_signature_a_number_are_none(lines: list[str]) -> None:
    assert {*lines} <= {*spoken(article(TITLE, PROSE[0], *lines, *PROSE[1:]))}
