"""Lines around an article that no rule knows whole, known by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import PROSE, article, spoken

from readaloud.editing.closing_lines import find_closing
from readaloud.editing.closing_lines.one_line import ALONE, weigh
from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"
CASES = Path(__file__).parents[1] / "cases" / "page_lines"
KNOWN = 0.98
"""Of the lines that the weights were learnt from, so many are known again."""
CHAPTERS = ("第一章 雨夜", PROSE[0], "第二章 渡口", PROSE[1])


def rules(*lines: str) -> dict[str, str]:
    return {removal.text: removal.rule for removal in article(TITLE, *PROSE, *lines).removed}


@pytest.mark.parametrize(
    "line",
    [
        "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
        "本文首发于公众号“山海图志”，经授权发布，转载请在后台留言。",
        "喜欢这篇文章，欢迎点赞转发，也请关注我们的公众号～",
        "如需轉載，請先與本站編輯聯繫取得授權。",
    ],
)
def test_a_line_is_known_by_its_words_at_the_articles_end(line: str) -> None:
    assert line in rules(line)


@pytest.mark.parametrize(
    "line",
    [
        "气象局会在傍晚之前公布消息，请旅客留意。",
        "他打开微信，用“扫一扫”付了钱，又把照片分享到朋友圈。",
        "值班编辑：“我们都在等消息。”",
        "编辑部的灯，又亮了一夜。",
        "晚安，妈妈。",
    ],
)
def test_the_articles_own_last_line_is_spoken(line: str) -> None:
    assert spoken(article(TITLE, *PROSE, line))[-1] == line


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("喜欢这篇文章就点个在看，也请关注我们的公众号", True),
        ("长图加载中…", True),
        ("▼ 下拉查看完整榜单", True),
        ("喜欢这篇文章，请点赞转发，也请关注我们的公众号。", True),
        ("喜欢这篇文章的人，后来都去看了那座桥。", False),
        ("药还吃不吃", False),
        ("他打开微信，用扫一扫付了钱", False),
    ],
)
def test_between_paragraphs_goes_what_is_no_sentence_or_surely_the_pages(
    line: str, goes: bool
) -> None:
    texts = (TITLE, *PROSE, line, *PROSE, *PROSE)
    found = find_closing([Block(text, n) for n, text in enumerate(texts)], {})
    assert (1 + len(PROSE) in found) is goes


@pytest.mark.parametrize(
    "lines",
    [
        ["书里的错，请您告诉我，写信由出版社转，我都会收到，都会回。", "作者"],
        [
            "有人说群里转发的消息是假的。请大家看到没有盖章的通知，都不要转发。",
            "下次会议定于十月十二日，地点不变。",
        ],
    ],
)
def test_a_writers_own_request_at_the_end_is_spoken(lines: list[str]) -> None:
    assert spoken(article(TITLE, *PROSE, *lines))[-len(lines) :] == lines


def test_a_manuals_title_stands_above_its_thanks() -> None:
    thanks = "感谢您选用本产品。使用前请通读本说明，并妥善保管，以备日后查阅。"
    found = article(
        "云泊牌电热水壶使用说明",
        thanks,
        "壶体、壶盖、手柄、开关、电源底座。底座背面有绕线槽。",
        *PROSE,
    )
    assert (found.title, found.removed) == ("云泊牌电热水壶使用说明", ())


@pytest.mark.parametrize(
    ("advert", "kind"),
    [
        ("手机用户请浏览m点example阅读，更新更快。", "line"),
        ("手机用户请浏览m点example阅读，更新更快。", "sentence"),
    ],
)
def test_a_novels_site_puts_sentences_anywhere(advert: str, kind: str) -> None:
    first, second, third, fourth = CHAPTERS
    inside = [second, advert] if kind == "line" else [f"{second}{advert}{second}"]
    texts = spoken(article("渡口", first, *inside, third, fourth, *PROSE))
    assert advert not in "".join(texts)
    assert advert in "".join(spoken(article(TITLE, PROSE[0] + advert + PROSE[1], *PROSE)))


def test_the_last_lines_are_judged_together() -> None:
    notice = (
        "【重要申明】",
        "一、本号推送的科普文章，只为让更多人了解健康常识，不构成诊断和用药意见。",
        "二、部分文章转自同行账号，原作者若不愿被转载，请在七日内留言，编辑部会尽快撤下。",
        "三、因照搬文中方法造成的后果，本号概不承担法律责任。",
    )
    assert set(notice) <= rules(*notice).keys()
    own = ("三条注意：", "一、睡前把窗户关好。", "二、有事请打值班室的电话。", "三、钥匙放回原处。")
    assert not rules(*own)


def test_a_call_in_front_of_the_first_paragraph_is_cut_off() -> None:
    call = "点击标题下方蓝字，一键关注我们！"
    found = article(TITLE, call + PROSE[0], *PROSE[1:])
    assert spoken(found)[1] == PROSE[0]
    assert [removal.text for removal in found.removed] == [call]
    assert spoken(article(TITLE, "下雪了！" + PROSE[0], *PROSE[1:]))[1] == "下雪了！" + PROSE[0]


def test_an_address_is_not_cut_at_its_question_mark() -> None:
    line = "住户打开 http://zf.example.org/apply.jsp?type=2 核对姓名和房号，按提示上传收入证明。"
    assert line in spoken(article(TITLE, PROSE[0], line, *PROSE[1:3]))


def test_what_the_words_of_a_sentence_deny_no_rule_takes() -> None:
    line = "版权归谁的问题他们也讨论过三回，最后定下来，谁写的归谁，小报只借来印一次。"
    assert not rules(line)


def test_a_call_in_pieces_above_the_title_is_one() -> None:
    found = article("点击上方", "“城南社区医院”", "可以订阅哦！", "☟☟☟", TITLE, *PROSE)
    assert found.title == TITLE
    assert "可以订阅哦！" not in spoken(found)


def test_a_title_alone_is_not_weighed_away() -> None:
    assert article("扫码时代的老人", *PROSE).title == "扫码时代的老人"


def test_what_was_learnt_is_known_and_nothing_that_articles_say() -> None:
    files = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in CASES.iterdir()}
    gone = [line for name, lines in files.items() if name.startswith("gone_") for line in lines]
    kept = [line for name, lines in files.items() if name.startswith("kept_") for line in lines]
    assert len(gone) > 10_000
    assert len(kept) > 4_000
    assert sum(weigh(line) > 0 for line in gone) >= len(gone) * KNOWN
    assert [line for line in kept if weigh(line) >= ALONE] == []


def test_a_paragraph_that_begins_with_the_articles_words_loses_only_the_pages() -> None:
    page = (
        "（责任编辑：大伟）更多精彩内容，请下载本网客户端。特别提醒：如果我们使用了您的图片，请作者与本站联系"
        "索取稿酬。如您不希望作品出现在本站，可联系我们要求撤下您的作品。"
    )
    own = "这一网打了三万多斤，小鱼从网眼里放了回去，老汉说，是给十年以后的人留着饭碗。"
    assert spoken(article(TITLE, *PROSE, own + page))[-1] == own


def test_a_line_that_the_article_says_again_is_its_title_below_calls() -> None:
    title = "看雾凇要赶在太阳升起前"
    calls = ("点击上方蓝字", "订阅我们", "★", "设为星标不迷路")
    told = "江边的雾凇每年只有两个来月，想看得清楚，要赶在太阳升起之前到岸边，等日头高了就落了。"
    found = article(*calls, title, told, *PROSE, gap=2)
    assert found.title == title
    assert not {*calls} & {*spoken(found)}


def test_behind_a_bracket_of_the_page_the_article_goes_on() -> None:
    first, _, third, fourth = CHAPTERS
    own = "伙计想去挑，被老掌柜一把拉住，说这一担盐底下压着的，是前面那一队人的命。"
    told = f"（本站域名已更换，请书友加入收藏夹以免迷路）{own}"
    assert own in spoken(article("渡口", first, told, third, fourth, *PROSE))


def test_a_question_before_a_call_goes_with_it() -> None:
    call = "本文为作者授权发布，文责由作者自负。觉得排版有误？欢迎点击页脚的纠错按钮告诉我们。"
    assert spoken(article(TITLE, *PROSE, PROSE[0][:30] + "。" + call))[-1] == PROSE[0][:30] + "。"


@pytest.mark.parametrize(
    "sentence",
    [
        "学生们更习惯打开手机，点赞、收藏、转发，一篇稿子写得好不好，当天晚上就有数。",
        "扫一扫就能听到播音社的同学朗读全文，食堂的阿姨听过以后，每期都托人留一份。",
    ],
)
def test_a_paragraphs_last_sentence_stays_where_the_article_goes_on(sentence: str) -> None:
    found = article(TITLE, PROSE[0], PROSE[1] + sentence, *PROSE[2:])
    assert PROSE[1] + sentence in spoken(found)


def test_a_question_and_its_call_go_with_the_call_below() -> None:
    lines = (
        "还有睡眠方面的疑问？长按下方二维码，选择“识别图中二维码”，免费领取一份睡眠自测表。",
        "扫码关注“市三院睡眠中心”，每周二晚上听专家直播。",
    )
    assert list(rules(*lines)) == list(lines)


def test_an_afterword_is_no_word_of_the_page() -> None:
    assert "完本感言" not in rules("完本感言", PROSE[0])


def test_a_numbered_list_below_a_notices_header_goes_with_it() -> None:
    notice = (
        "【特别声明】",
        "1、凡本平台未注明“原创”字样的稿件，均编选自其他媒体，不等于本平台认同其立场。",
        "2、文内所涉健康内容只供参考，不能代替医师诊断。",
        "3、如权利人发现稿件侵犯其著作权，请书面告知，核实后我们会第一时间撤稿。",
    )
    assert set(notice) <= rules(*notice).keys()
    steps = ("注意：", "1、先把门窗关好，再把灶火熄掉。", "2、到楼下的空地上等着。")
    assert rules(*steps) == {}


def test_a_call_goes_down_to_the_line_of_signs_below_it() -> None:
    call = ["轻触上方「笃笃厨房」四个字", "把我们", "设为星标 ★", "每周日的推送", "一篇不落"]
    found = article(*call, "━━━━━━━━", TITLE, *PROSE)
    said = [line for line in spoken(found) if any(map(str.isalnum, line))]
    assert (found.title, said) == (TITLE, [TITLE, *PROSE])


def test_a_last_paragraph_alone_is_the_articles() -> None:
    last = (
        "录好的声音会整理成文字，送给口述人核对，您同意公开的部分才会公开，不同意的部分封存三十年。"
    )
    assert rules(last) == {}


def test_a_call_in_a_sentence_may_stand_above_the_title() -> None:
    call = "识别下图小程序码，进入“白塘健康”预约夜间号源，挂号不排队。"
    title = "食堂的消毒一天做两次"
    told = "食堂的消毒一天要做两次，早上一次，晚上一次，每次都要记在本子上，谁做的谁签名。"
    found = article(call, title, told, *PROSE, gap=1)
    assert found.title == title
    assert call not in spoken(found)
    own = "他每天早上五点出门，走到渡口要四十分钟，二十年没有迟到过。"
    assert spoken(article(own, title, told, *PROSE, gap=1))[0] == own


def test_a_call_that_begins_the_first_paragraph_goes() -> None:
    call = "点击上方蓝字关注“吴地旧味”，每天和你聊一样吃食。"
    found = article(TITLE, call + PROSE[0], *PROSE[1:])
    assert spoken(found) == [TITLE, *PROSE]
    assert [removal.text for removal in found.removed] == [call]


def test_a_novels_site_asks_to_be_remembered_anywhere() -> None:
    first, told, *rest = CHAPTERS
    advert = "一秒记住【墨香阁】，更新快，无弹窗，免费读！"
    assert spoken(article("盐道十三站", first, told + advert, *rest, *PROSE)) == [
        *("盐道十三站", first, told, *rest, *PROSE)
    ]


def test_a_call_may_stand_between_title_and_text() -> None:
    call = "识别下方小程序码，绑定学生信息，随时查看孩子的在校午休安排。"
    assert spoken(article(TITLE, call, *PROSE)) == [TITLE, *PROSE]
    own = "识别一只钟的年代，先看它的齿轮，再听它走起来的声音。"
    assert own in spoken(article(TITLE, own, *PROSE))


def test_a_sentence_goes_on_right_behind_an_address() -> None:
    own = "她推开车门跳下去，靴子陷进雪里，一直没到膝盖。"
    first, told, *rest = CHAPTERS
    told_all = spoken(
        article("末班邮车", first, told, f"天才一秒记住本站地址：www.example.net{own}", *rest)
    )
    assert own in told_all
    assert not any("example" in line for line in told_all)


def test_who_asks_in_an_interview_asks_at_its_end_too() -> None:
    talk = [
        *("我：您小时候最喜欢吃什么？", "外公：有什么吃什么。没有的时候，就喜欢听别人说吃什么。"),
        *(
            "我：您有什么话要对我们小朋友说？",
            "外公没有回答，他的头慢慢低下去。",
            "采访到这里就结束了。",
        ),
    ]
    assert spoken(article("采访外公", PROSE[0], *talk)) == ["采访外公", PROSE[0], *talk]


def test_who_greets_at_first_may_thank_at_last() -> None:
    for first, last in (
        ("各位街坊邻居，大家好！", "打扰大家了，谢谢！"),
        ("各位街坊鄰居，大家好！", "打擾大家了，謝謝！"),
    ):
        assert spoken(article(first, *PROSE[:3], last))[-1] == last


def test_all_that_stands_below_a_heading_of_the_articles_is_spoken() -> None:
    line = (
        "七册手稿已于十一月修复完毕，原件入藏恒温库房。"
        "高清影像将在明年春天上线，凭借书证可在数字资源栏目中浏览。"
    )
    blocks = [Block(TITLE, 1, "heading", 1), *(Block(text, 0) for text in PROSE)]
    head, last = Block("何时能看到", 0, "heading", 2), Block(line, 0)
    assert line in spoken(article(*blocks, head, last))
    assert weigh(line) > ALONE
    own = Block("扫码关注我们的公众号", 0, "heading", 2)
    assert line not in spoken(article(*blocks, own, last))


def test_a_line_of_signs_parts_a_call_in_pieces_from_the_article() -> None:
    call = ["↑ 戳这里", "订阅本号", "好故事", "每晚九点准时送达"]
    assert spoken(article(*call, "◢◣", TITLE, *PROSE))[-len(PROSE) - 1 :] == [TITLE, *PROSE]
    assert {*call}.isdisjoint(spoken(article(*call, "◢◣", TITLE, *PROSE)))
