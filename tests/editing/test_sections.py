from __future__ import annotations

import pytest
from samples import POEM, PROSE, article, headings, spoken

from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"
SHORT = ["铺子开在巷子的尽头，只有三平方米。", "老板姓梁，修了四十六年的表。"]
ENTRIES = ["市博物馆推出夜场展览，门票售罄。", "末班车推迟到零点。", "书屋开到家门口！"]


def rules(*lines: str) -> dict[str, str]:
    return {removal.text: removal.rule for removal in article(*lines).removed}


def test_a_list_of_full_sentences_goes_only_below_clearly_longer_paragraphs() -> None:
    lines = [TITLE, *PROSE[:2], "相关阅读", *ENTRIES]
    assert list(rules(*lines)) == lines[3:]
    assert rules(TITLE, *SHORT, "相关阅读", *ENTRIES) == {}
    assert rules(TITLE, *PROSE[:2], "相关阅读", "“是我写的。”", "他笑了。") == {}
    assert rules(TITLE, *PROSE[:2], "相关阅读", ENTRIES[0], PROSE[2]) == {}


def test_a_sponsored_text_goes_only_below_an_article() -> None:
    offer = ["原价599元，今天下单只要199元。", "扫码抢购，前一百名有礼品。"]
    assert set(rules(TITLE, *PROSE[:2], "以下为推广内容", PROSE[2], *offer).values()) == {
        "sponsored",
        "offer",
    }
    assert set(rules(TITLE, *PROSE[:2], "END", *offer)) == {"END", *offer}
    assert rules(TITLE, *PROSE[:2], "END", *PROSE[2:5], offer[0]) == {"END": "end mark"}
    assert rules(TITLE, "推广内容", *PROSE) == {"推广内容": "advertisement"}


def test_comments_go_with_their_header_where_they_look_like_comments() -> None:
    comments = ["1楼 叶子：看哭了。", "后来呢？", "2楼 匿名：我家也有。"]
    assert set(rules(TITLE, *PROSE[:2], "最新评论（3）", *comments)) == {
        "最新评论（3）",
        *comments,
    }
    assert rules(TITLE, *PROSE[:2], "最新评论", *SHORT, "他走了。", "天亮了。") == {}
    talk = ["他说：你好。", "她说：再见。"]
    assert "他说：你好。" in spoken(article(TITLE, "23条评论", *talk))


def test_platforms_go_below_a_share_bar_alone() -> None:
    assert list(rules(TITLE, *PROSE[:2], "分享到：", "微信", "QQ空间")) == [
        "分享到：",
        "微信",
        "QQ空间",
    ]
    assert rules(TITLE, PROSE[0], "微信", PROSE[1]) == {}
    bar = ["关注新华网", "微信", "微博", "评论"]
    assert list(rules(TITLE, *bar, *PROSE[:2])) == bar
    assert rules(TITLE, PROSE[0], "评论", "收藏", "留言", PROSE[1]) == {}


@pytest.mark.parametrize(
    "line",
    [
        "图1：正在搬运的工人",
        "图为活动现场，市民踊跃参加。张三摄",
        "▲老街修復前後",
        "资料图：茶园",
        "（图/视觉中国）",
        "雲林農民搶收高麗菜。（記者陳大明攝）",
    ],
)
def test_marked_captions_go_on_record(line: str) -> None:
    assert list(rules(TITLE, PROSE[0], line, PROSE[1])) == [line]


def test_arrows_in_a_row_are_a_list_and_a_credit_takes_no_paragraph_with_it() -> None:
    assert rules(TITLE, PROSE[0], "▲带好身份证", "▲带好雨伞", PROSE[1]) == {}
    assert rules(TITLE, PROSE[0], "▲口罩多两千只", "↓病床少十九张", PROSE[1]) == {}
    assert rules(TITLE, PROSE[0], f"{PROSE[2]}（图片来自网络）") == {
        "（图片来自网络）": "picture credit"
    }


def test_near_duplicates_go_with_their_score() -> None:
    shown = "老城区里的最后一家修表铺关门了"
    found = article(shown, PROSE[0], "老城区里的最后一家修表铺关门", PROSE[1])
    (gone,) = found.removed
    assert (gone.line, gone.rule) == (3, "title repeat")
    assert gone.score is not None
    assert 88 <= gone.score < 100
    steps = ["老城区里的第一家修表铺开门了", PROSE[0], "老城区里的第二家修表铺开门了", PROSE[1]]
    assert article(*steps).removed == ()
    assert article(*POEM, "正如我轻轻的去").removed == ()


def test_a_title_repeated_among_short_paragraphs_goes() -> None:
    shown = "老城区的最后一家修表铺"
    found = article(shown, shown, shown, SHORT[0], SHORT[1], shown, *SHORT)
    assert found.title == shown
    assert spoken(found).count(shown) == 1


def test_names_of_sites_come_off_the_title_on_record() -> None:
    found = article("长江流域启动生态补水_国内新闻_新浪新闻", *PROSE)
    assert found.title == "长江流域启动生态补水"
    assert [removal.text for removal in found.removed] == ["_新浪新闻", "_国内新闻"]
    assert article("一问——寻找最美新闻", *PROSE).title == "一问——寻找最美新闻"


def test_metadata_goes_to_the_article() -> None:
    found = article(TITLE, "2023年8月5日 10:23 来源：江南晚报 作者：李四", *PROSE)
    assert (found.date, found.origin, found.byline) == ("2023-08-05", "江南晚报", "李四")
    found = article(TITLE, "本报记者 王小明 2023年8月5日", *PROSE)
    assert (found.date, found.byline) == ("2023-08-05", "王小明")
    assert [(r.reason, r.rule) for r in found.removed] == [("byline", "byline")]


@pytest.mark.parametrize(
    "lines",
    [
        ["2023年8月5日", PROSE[0], "2023年8月6日", PROSE[1]],
        ["记者：你们累不累", PROSE[0], "作者：我不同意这种说法", PROSE[1]],
        [*PROSE[:2], "2023年8月5日"],
        [*PROSE[:2], "08:30", PROSE[2]],
    ],
)
def test_days_of_a_diary_speech_and_the_end_of_a_letter_stay(lines: list[str]) -> None:
    assert article(TITLE, *lines).removed == ()


def test_headings_on_two_lines_are_joined() -> None:
    found = article("第一章", "离家", *PROSE[:2], "第二章", "火车", *PROSE[2:4])
    assert headings(found) == ["第一章 离家", "第二章 火车"]
    found = article(TITLE, "一、", "物资", PROSE[0], "二、", "人员", PROSE[1])
    assert headings(found) == [TITLE, "一、物资", "二、人员"]
    listed = article(TITLE, PROSE[0], "1.", PROSE[1], "2.", PROSE[2])
    assert PROSE[1] in spoken(listed)


def test_heads_of_replies_end_the_article() -> None:
    heads = ["# re: 平凡的岗位 2004-12-27 12:46 青石", "# re: 平凡的岗位 2004-12-27 13:08 老把式"]
    replies = ["评论", heads[0], PROSE[3], heads[1], "说得真好，我每天都看。"]
    found = article(*PROSE[:3], *replies)
    assert spoken(found) == PROSE[:3]
    assert {removal.rule for removal in found.removed} == {"comments"}
    assert article(*PROSE[:3], heads[0], PROSE[3]).removed == ()


def test_a_step_heads_no_other_steps() -> None:
    steps = [
        "步骤3：拧下螺丝，取出阀芯",
        "步骤4：换上同样大小的新垫圈",
        "旧的不要急着扔，拿到五金店去比着买。",
        "步骤5：照原样装回去",
        "装好以后慢慢打开角阀，等五分钟再摸一摸接口。",
    ]
    assert spoken(article(*PROSE[:2], *steps)) == [*PROSE[:2], *steps]


def test_comments_are_as_many_as_their_header_counts() -> None:
    told = [
        "爱吃葱油饼上海",
        "小时候在那儿淘过一本书，到今天都不知道结局。",
        "Leo_7788浙江",
        "希望别涨价，五块钱三本才好！",
    ]
    assert spoken(article(*PROSE[:3], "精选留言（2）", *told)) == PROSE[:3]
    assert told[1] in spoken(article(*PROSE[:3], "精选留言", *told))


def test_links_below_the_header_of_a_list_go_with_what_they_lead_to() -> None:
    links = [Block(text, 0, linked=True) for text in ("春晚渡白蘋洲", "雪夜寄友")]
    listed: list[str | Block] = [
        "猜您喜欢",
        links[0],
        "一篙新绿过蘋洲，燕子斜风掠渡头。",
        links[1],
        "炉灰拨尽字难成。",
    ]
    assert spoken(article(*PROSE[:3], *listed)) == PROSE[:3]


def test_teasers_with_a_count_each_go_however_long_they_are() -> None:
    teasers = [
        "冷空气周五到货，最低气温将跌破冰点，菜农连夜给大棚加盖草帘，蔬菜批发价暂时平稳。",
        "新闻晨报 312评论",
        "一只猫在地铁站住了五年",
        "站务员给它做了工作证，上班时间写的是“随缘”，它只在末班车以后巡视站台。",
        "昨天 18:20 1077评论",
    ]
    assert spoken(article(*PROSE[:3], "大家都在看", *teasers)) == PROSE[:3]
    assert teasers[3] in spoken(article(*PROSE[:3], "大家都在看", *teasers, PROSE[3]))


def test_a_users_name_between_words_of_the_forum_may_hold_a_word_of_the_text() -> None:
    head = [TITLE, "只看楼主 收藏 回复", "后勤的扳手", "初级粉丝"]
    assert spoken(article(*head, *PROSE)) == [TITLE, *PROSE]
    assert "后勤的扳手" in spoken(article(TITLE, "后勤的扳手", *PROSE))
