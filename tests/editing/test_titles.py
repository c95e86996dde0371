from __future__ import annotations

import pytest
from samples import POEM, PROSE, STORY, article, headings, spoken

from readaloud.model import Block


@pytest.mark.parametrize(
    "line",
    [
        "平凡的岗位 不平凡的冬天",
        "【致敬】为守护城市的人们点赞",
        "武汉抗疫：一线后勤人员的故事",
        "向疫情防控战线的“战友”们致敬！",
        "他们为什么能坚持到今天？",
    ],
)
def test_a_first_line_with_the_looks_of_a_title_is_one(line: str) -> None:
    found = article(line, *PROSE)
    assert found.title == line
    assert headings(found)[0] == line


@pytest.mark.parametrize(
    "line",
    [
        "天亮了！",
        "雨停了。",
        "“你在等谁？”",
        "他怎么也没有想到，会在这里遇见她！",
        "一、物资的故事",
        "2020年2月5日",
        "二月五日 武汉",
        "2月5日，星期三，阴",
        "————",
        PROSE[5],
    ],
)
def test_where_no_title_is_given_none_is_invented(line: str) -> None:
    found = article(line, *PROSE)
    assert found.title is None
    assert spoken(found) == [line, *PROSE]


def test_verse_without_a_title_has_none() -> None:
    found = article(*POEM)
    assert found.title is None
    assert spoken(found) == POEM


def test_verse_with_a_title_that_stands_apart_has_one() -> None:
    blocks = [Block("再别康桥", 1), *(Block(text, n) for n, text in enumerate(POEM, 3))]
    assert article(*blocks).title == "再别康桥"


def test_a_story_has_no_title() -> None:
    assert article(*STORY).title is None


def test_one_line_is_text() -> None:
    found = article("你好，世界")
    assert (found.title, spoken(found)) == (None, ["你好，世界"])


def test_a_stated_title_opens_the_article_and_is_not_said_twice() -> None:
    found = article("武汉的 故事", *PROSE, title="武汉的故事")
    assert found.title == "武汉的故事"
    assert spoken(found) == ["武汉的 故事", *PROSE]
    found = article(*PROSE, title="武汉的故事")
    assert spoken(found) == ["武汉的故事", *PROSE]


def test_a_marked_heading_is_the_title_where_it_opens_the_article() -> None:
    h1, h2 = Block("武汉的故事", 2, "heading", 1), Block("物资", 4, "heading", 2)
    assert article(h1, PROSE[0], h2, PROSE[1]).title == "武汉的故事"
    assert article("2020年2月5日", h1, PROSE[0]).title == "武汉的故事"
    assert article(PROSE[0], h2, PROSE[1]).title is None


def test_order_is_kept_where_something_stands_before_the_title() -> None:
    found = article("2020年2月5日", Block("武汉的故事", 2, "heading", 1), PROSE[0])
    assert headings(found) == [None, "武汉的故事"]
    assert spoken(found) == ["2020年2月5日", "武汉的故事", PROSE[0]]


@pytest.mark.parametrize(
    "above",
    [
        ["中国新闻网"],
        ["云溪晚报", "A05 民生"],
        ["【民生】"],
        ["首页", "新闻", "本地", "更多", "登录 | 注册"],
        ["视频加载中..."],
        ["三立新聞網 SETN.COM"],
    ],
)
def test_what_stands_above_a_title_is_on_record(above: list[str]) -> None:
    found = article(*above, "平凡的岗位 不平凡的冬天", *PROSE)
    assert found.title == "平凡的岗位 不平凡的冬天"
    assert spoken(found) == ["平凡的岗位 不平凡的冬天", *PROSE]
    assert [removal.text for removal in found.removed] == above


def test_the_head_of_a_document_is_spoken_above_its_title() -> None:
    head = ["云溪县农业农村局文件", "云农〔2025〕31号"]
    found = article(*head, "关于推广再生稻种植的通知", *PROSE)
    assert found.title == "关于推广再生稻种植的通知"
    assert spoken(found) == [*head, "关于推广再生稻种植的通知", *PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "的时候，站台上已经没有位子了",
        "三月十二日 晴",
        "尊敬的各位家长",
        "老师们、同学们：",
        "，大家都很高兴",
    ],
)
def test_a_line_that_only_begins_or_goes_on_is_no_title(line: str) -> None:
    found = article(line, *PROSE)
    assert (found.title, spoken(found)) == (None, [line, *PROSE])


@pytest.mark.parametrize(
    "line",
    ["标题：平凡的岗位", "【標題】平凡的岗位", "标题：平凡的岗位_某某网", "Title: 平凡的岗位"],
)
def test_a_label_says_which_field_is_the_title(line: str) -> None:
    found = article(line, "时间：2020-02-05", "来源：云溪发布", f"正文：{PROSE[0]}", *PROSE[1:])
    assert found.title == "平凡的岗位"
    assert spoken(found) == ["平凡的岗位", *PROSE]
    assert {"label", "timestamp", "source"} <= {removal.rule for removal in found.removed}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("原标题：平凡的岗位", ""),
        ("（原題為《平凡的岗位》）", ""),
        ("", "老人笑了。（原题为《平凡的岗位》）"),
    ],
)
def test_another_house_s_title_counts_where_no_other_is(first: str, last: str) -> None:
    found = article(*filter(None, [first, *PROSE, last]))
    assert (found.title, headings(found)[0]) == ("平凡的岗位", "平凡的岗位")
    assert article("武汉的故事", *filter(None, [first, *PROSE, last])).title == "武汉的故事"


@pytest.mark.parametrize(
    "line",
    [
        "物资服务中心迅速调配人员，司机师傅又开车赶往下一站，除夕当日工作人员自驾前往郊区取货啦！",
        "医院的后勤怎么守？看看这份清单！",
        "盼了整整一个冬天，食堂和病房再也不用摸黑了，新装的路灯今天晚上六点正式亮起，值班的工作人员都来看啊！",
        "盼了整整一个冬天的热饭今天终于送进最后一间病房，守在门口的老师傅再也不用隔着两层玻璃朝里面招手了！",
    ],
)
def test_a_long_cry_that_the_text_repeats_is_a_title(line: str) -> None:
    assert article(line, *PROSE).title == line


def test_a_page_about_the_house_has_the_house_as_its_title() -> None:
    h1 = Block("东海大学", 1, "heading", 1)
    sections = [Block(name, n, "heading", 2) for n, name in enumerate(["历史", "院系"], 2)]
    found = article(h1, sections[0], PROSE[0], sections[1], PROSE[1])
    assert found.title == "东海大学"
    rain, night = Block("雨", 1, "heading", 1), Block("夜", 3, "heading", 2)
    assert article(rain, PROSE[0], night, PROSE[1]).title == "雨"


TALE = "她把门推开一条缝，朝院子里看了看"
BROKEN = "运送口罩的车在山路上开了一整夜，司机困得眼睛都睁不"


@pytest.mark.parametrize("line", [TALE, "那年夏天我们全家搬到了海边的镇上", BROKEN])
def test_a_tale_s_first_line_is_a_title_only_where_it_is_set_off(line: str) -> None:
    assert article(line, *PROSE).title is None
    blocks = [Block(text, 1 + 2 * n) for n, text in enumerate([line, *PROSE])]
    assert article(*blocks).title == line


def test_what_a_tale_s_first_line_says_again_makes_it_a_title() -> None:
    line = f"他们{PROSE[0][:12]}"
    assert article(line, *PROSE).title == line


def test_a_line_that_goes_on_with_one_word_has_been_cut() -> None:
    first = "操作员坐在遮阳伞下，看着机器在田里来回走直"
    assert article(first, "线，走完一趟自己掉头。", *PROSE).title is None
    assert article(first, "对，就是这样走的。", *PROSE).title == first


def test_the_house_named_above_a_marked_title_is_on_record() -> None:
    house, title = Block("云溪日报", 1, "heading", 1), Block("海岛乐队渡海比赛", 2, "heading", 2)
    found = article(house, title, *PROSE)
    assert (found.title, spoken(found)[0]) == (title.text, title.text)
    assert [(r.text, r.reason) for r in found.removed] == [
        ("云溪日报", "site name above the title")
    ]


def test_a_parts_name_in_the_first_of_several_like_headings_is_the_title() -> None:
    sport, football = Block("体育", 1, "heading", 1), Block("足球", 3, "heading", 3)
    ball = Block("篮球", 7, "heading", 1)
    assert article(sport, football, Block("二比一。", 5), ball, Block("没有。", 9)).title == "体育"


@pytest.mark.parametrize("home", ["网站首页", "学校首页", "首页"])
def test_a_menu_that_begins_with_the_way_home_stands_above_the_title(home: str) -> None:
    menu = (home, "学校概况", "师资队伍", "招生就业", "校友之家", "English | 旧版网站")
    found = article(*menu, "物资调配的六十个昼夜", "2020-02-05 10:20", *PROSE)
    assert found.title == "物资调配的六十个昼夜"
    assert not {*menu} & {*spoken(found)}


def test_a_column_with_its_title_is_no_credit() -> None:
    assert article("口述｜我在盐场晒了三十年盐", *PROSE).title == "口述｜我在盐场晒了三十年盐"
    assert article("平凡的岗位", "口述｜张大伟", *PROSE).byline == "张大伟"


def test_a_menu_of_strange_words_stands_above_what_the_text_speaks_of() -> None:
    menu = ("校园新闻", "德育之窗", "教学科研", "招生信息", "校友天地")
    title = "除夕当日的物资调配"
    found = article(*menu, title, "发布时间：2020-02-05 点击数：127", *PROSE)
    assert found.title == title
    assert not {*menu} & {*spoken(found)}


def test_fields_between_a_record_s_title_and_its_text_go() -> None:
    record = ("题目：平凡的岗位", "出处：《山野》杂志", "日期：2008年6月20日", f"内容：{PROSE[0]}")
    assert spoken(article(*record, *PROSE[1:])) == ["平凡的岗位", *PROSE]


def test_words_in_quotation_marks_without_a_stop_are_a_title_and_speech_is_none() -> None:
    assert (
        article("“我修的不是琴，是别人家的日子”", *PROSE).title == "“我修的不是琴，是别人家的日子”"
    )
    assert article("“我修的不是琴，是别人家的日子。”", *PROSE).title is None


@pytest.mark.parametrize(
    "behind", ["-手作-简书", " - 老机修复 - 海风无线电论坛 -  Powered by Discuz!"]
)
def test_a_section_goes_with_the_site_behind_a_title(behind: str) -> None:
    assert article(f"把旧毛衣拆了重新织，我学会的五件事{behind}", *PROSE).title == (
        "把旧毛衣拆了重新织，我学会的五件事"
    )


def test_a_long_cry_of_ones_own_is_a_title_above_much_calm_text() -> None:
    line = (
        "跑了四家医院、排了两个月的队，最后治好我妈膝盖的竟是社区里那位小姑娘，真想给她送面锦旗！"
    )
    calm = [f"{text}（{n}）" for n in range(2) for text in PROSE]
    assert (
        article(
            line,
            "我妈的膝盖疼了六年，跑了四家医院、排了两个月的队，是社区里的小姑娘治好的。",
            *calm,
        ).title
        == line
    )


def test_a_weekly_report_of_what_the_text_tells_is_a_title_and_a_season_is_none() -> None:
    assert article("城区物资周报", *PROSE).title == "城区物资周报"
    assert article("城区物资周报", "物资配送的六十个昼夜", *PROSE).title == "物资配送的六十个昼夜"
    assert article("重庆，二〇一九年秋", *PROSE).title is None


def test_what_a_week_brought_is_no_sites_name() -> None:
    assert article("本周各站水位快报", *PROSE).title == "本周各站水位快报"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["■ 校园广角", "一间没有铃声的教室", *PROSE], "一间没有铃声的教室"),
        (
            [
                "会员",
                "浴池的会员卡是一块竹牌，正面烙着号码，背面穿一根红绳。",
                "老马是会员里年纪最大的，星期三下午来。",
            ],
            "会员",
        ),
        (["2019-2023：阳台种菜五年账本 - 阿禾的小菜园", *PROSE], "2019-2023：阳台种菜五年账本"),
        (
            [
                "点赞",
                "修鞋的老耿有一块小黑板，每修好一双鞋就画一道，他说这是他的点赞。",
                "后来谁来都要说一声点赞，他听了就笑。",
            ],
            "点赞",
        ),
        (["春分｜种瓜点豆的日子", *PROSE], "春分｜种瓜点豆的日子"),
        (["放学后的天文社", "第一话　生锈的钥匙", *PROSE], "放学后的天文社"),
        (["得清清楚楚，那天下着小雨，父亲推着独轮车走在前面", *PROSE], None),
        (["继续播放", "进度条，百分之0", "00:00 / 04:15", *PROSE], None),
    ],
)
def test_what_a_scraper_leaves_around_a_title(lines: list[str], title: str | None) -> None:
    assert article(*lines).title == title


def test_a_net_is_no_site() -> None:
    found = article("开海头一网", "头一网下在七十米深的地方，拖了三个钟头才起。", *PROSE)
    assert found.title == "开海头一网"


def test_the_middle_part_of_a_chapter_is_no_caption() -> None:
    parts = [f"第十九章 封河的日子（{part}）" for part in "上中下"]
    lines = [line for pair in zip(parts, PROSE, strict=False) for line in pair]
    assert headings(article("青龙河纪事", *lines))[1:] == parts
