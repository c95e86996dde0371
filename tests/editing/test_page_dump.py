"""A page as a careless scraper leaves it: the article is spoken, what stands around it is not."""

from __future__ import annotations

import pytest

from readaloud.editing import decide
from readaloud.editing.decisions import Decision
from readaloud.editing.line_model.body import MAX_LINES, find_body
from readaloud.editing.line_model.features import NAMES, measure
from readaloud.editing.line_model.weights import log_odds, read_weights
from readaloud.editing.page_dump import find_outside
from readaloud.model import Block, Document, EditingRules

TITLE = "渡口老船工把四十年的摆渡日记捐给了图书馆"
ABOVE = (
    *("首页", "要闻", "社会", "财经", "文娱", "图片", "视频", "登录", "注册", "手机版"),
    *(
        "当前位置：首页 > 社会 > 正文",
        TITLE,
        "2023-06-18 09:20 来源：青柳晚报",
        "分享到",
        "字号：大 中 小",
    ),
)
ARTICLE = (
    "六月的清早，青柳渡口起了薄雾，七十二岁的摆渡人何守田把最后一本日记放进了纸箱。",
    "“从接过我爸的竹篙算起，整整四十年，一天一页，没有断过。”他说，纸箱里一共是四十一本。",
    "日记里记的都是小事：哪天涨水，哪天停渡，谁家的孩子第一次坐船去县城上学。",
    "纸页上的水痕",
    "图书馆的工作人员一页一页地翻，发现有些纸上留着水痕，那是暴雨天里写下的。",
    "最厚的一本写于桥通车的前一年，那一年两岸的人都来坐船，说是要跟渡口道个别。",
    "如今桥上车来车往，渡口改成了小公园，何守田每天还是会去坐一坐。",
)
BELOW = (
    *("责任编辑：林小满", "相关新闻", "青柳大桥今日通车", "老街里的修表人", "县图书馆延长开放时间"),
    *("热门排行", "1 夜市搬家了", "2 一碗面卖了三十年", "3 河边的早课", "更多", "网友评论"),
    *("登录后发表评论", "关于我们", "联系我们", "版权声明", "手机版", "扫码下载客户端"),
    "Copyright © 2023 青柳网 版权所有",
)


def decide_lines(*lines: str, bare: bool = True) -> Decision:
    blocks = tuple(Block(text, n) for n, text in enumerate(lines, 1))
    return decide(Document("页面.txt", blocks, bare=bare), EditingRules())


def spoken(decision: Decision) -> list[str]:
    return [block.text for block in decision.marked]


def test_what_stands_around_the_article_is_not_spoken() -> None:
    decision = decide_lines(*ABOVE, *ARTICLE, *BELOW)
    assert spoken(decision) == [TITLE, *ARTICLE]
    assert decision.article.title == TITLE
    assert decision.article.date == "2023-06-18"


def test_every_line_that_goes_is_on_record_with_its_doubt() -> None:
    decision = decide_lines(*ABOVE, *ARTICLE, *BELOW)
    removed = decision.article.removed
    assert len(removed) + len(decision.marked) == len((*ABOVE, *ARTICLE, *BELOW))
    around = [gone for gone in removed if gone.rule == "outside the body"]
    assert len(around) > len(removed) / 2
    assert all(0 <= gone.doubt < 0.5 for gone in around)


def test_traditional_text_is_measured_as_simplified_is() -> None:
    simplified = "登录后发表评论，关于我们。"
    assert measure([simplified]) == measure(["登錄後發表評論，關於我們。"])


def test_a_sentence_far_from_the_article_is_spoken_and_doubtful() -> None:
    far = "本报曾在十年前的旧闻里写过这位船工和他的那条旧木船。"
    decision = decide_lines(*ABOVE, *ARTICLE, *BELOW, far, "返回顶部")
    block = next(block for block in decision.marked if block.text == far)
    assert block.doubt > 0.5


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((TITLE, *ARTICLE), id="an article"),
        pytest.param((*ABOVE, *BELOW), id="no article"),
        pytest.param(tuple(f"第{n}行诗没有句号" for n in range(40)), id="verse"),
        pytest.param(tuple(f"“{text[:12]}？”\n" for text in ARTICLE * 6), id="dialogue"),
        pytest.param(
            (*ARTICLE, *(f"{n}.{n} 万元  {n + 3}.2%" for n in range(30))), id="a table behind it"
        ),
        pytest.param(
            (*ARTICLE[:2], *ABOVE[:10], *BELOW[9:14], *ARTICLE[4:]), id="steps between sentences"
        ),
        pytest.param(ARTICLE * (MAX_LINES // 7 + 1), id="a book"),
    ],
)
def test_what_is_no_dump_is_left_whole(lines: tuple[str, ...]) -> None:
    assert find_body(lines) is None


def test_where_the_format_knows_the_article_the_model_is_not_asked() -> None:
    decision = decide_lines(*ABOVE, *ARTICLE, *BELOW, bare=False)
    assert not [gone for gone in decision.article.removed if gone.rule == "outside the body"]


def test_a_line_that_the_user_keeps_is_spoken() -> None:
    blocks = tuple(Block(text, n) for n, text in enumerate((*ABOVE, *ARTICLE, *BELOW), 1))
    kept = decide(Document("页面.txt", blocks, bare=True), EditingRules(keep=("修表人",)))
    assert "老街里的修表人" in spoken(kept)


def test_headings_that_somebody_wrote_stay_with_their_sections() -> None:
    sections = [
        (Block(f"登录 {n}", 0, "heading", 2), Block(text, 0)) for n, text in enumerate(ARTICLE)
    ]
    around = [Block(text, 0) for text in (*ABOVE, *BELOW)]
    blocks = (*around[:15], *(block for section in sections for block in section), *around[15:])
    document = Document("页面.md", blocks, bare=True)
    heads = {block.text for block in decide(document, EditingRules()).marked}
    assert {head.text for head, _ in sections} <= heads


def test_there_is_a_weight_for_each_measure_and_more_commas_speak_for_the_article() -> None:
    assert len(read_weights()) == len(NAMES) == len(measure(["一行。"])[0])
    plain, marked = ("他来了又走了再也没有回来", "他来了，又走了，再也没有回来。")
    weights = read_weights()
    assert log_odds(measure([marked]), weights) > log_odds(measure([plain]), weights)


def test_a_notice_keeps_its_opening_and_its_signature() -> None:
    opening = ("各村村民：", "为保障渡口拆除期间的通行安全，现将有关事项通知如下：", "一、绕行路线")
    signature = ("青柳镇人民政府", "2023年6月20日")
    notice = (*opening, *ARTICLE[:3], *ARTICLE[4:], *signature)
    said = spoken(decide_lines(*ABOVE, *notice, *BELOW))
    assert [line for line in notice if line not in said] == []


def test_a_title_that_shares_nothing_with_line_1_is_kept() -> None:
    decision = decide_lines(*ABOVE[:10], "渡口的日记", "最后的摆渡人和他的日记", *ARTICLE, *BELOW)
    assert "最后的摆渡人和他的日记" in spoken(decision)


def test_a_title_of_few_words_is_kept_below_the_path_that_leads_to_it() -> None:
    above = (*ABOVE[:11], "旧渡口")
    assert decide_lines(*above, *ARTICLE, *BELOW).article.title == "旧渡口"
    assert "旧渡口" not in spoken(decide_lines(*ABOVE[:10], "旧渡口", *ARTICLE, *BELOW))


def test_heads_of_comments_are_nobodys_headings() -> None:
    told = (
        "我小时候也坐过他的船，那时候过一次河只要五分钱。",
        "我父亲也是船工，看到那一段就想起他来了。",
        "图书馆什么时候办展览，我想带孩子去看一看。",
        "那年涨水我在对岸等了三天，是他第一个把船撑过来的。",
        "原来日记可以写四十年，我连四个月都没有写满过。",
    )
    heads = [f"Re: 老船工 2023-06-18 1{n}:20 访客{n}" for n in range(len(told))]
    pairs = zip(heads, told, strict=True)
    below = [b for head, text in pairs for b in (Block(head, 0, "heading", 4), Block(text, 0))]
    lines = [Block(text, 0) for text in (*ABOVE, *ARTICLE, *BELOW)]
    outside = find_outside([*lines, *below]).outside
    assert {*map(id, lines[:10])} <= outside.keys()
    assert {*map(id, below[::2])} <= outside.keys()


def test_what_leads_elsewhere_is_no_prose_and_heads_nothing() -> None:
    teasers = ("老街里的修表人，还在等谁？", "夜市搬家，摊主们怎么说？", "桥下的早课，你上过吗？")
    below = [Block(text, 0, linked=True) for text in teasers]
    lines = [Block(text, 0) for text in (*ABOVE, *ARTICLE, *BELOW)]
    assert {*map(id, below)} <= find_outside([*lines, *below]).outside.keys()
    told = [Block(f"{text}他坐在门口说了一个下午。", 0) for text in teasers]
    assert find_outside([*lines, *told]).outside.keys().isdisjoint(map(id, told))


def test_a_marked_heading_stays_with_the_text_close_below() -> None:
    own = [Block("渡口的来历", 0, "heading", 3), Block("更多", 0, linked=True)]
    text = "青柳渡口始于光绪年间，县志里有一幅图，图上画着三条船和一座茶亭，茶亭今天还在。"
    page = [Block(line, 0) for line in (*ABOVE, *ARTICLE)]
    other = Block("青柳大桥今日通车", 0, "heading", 3, linked=True)
    lines = [*page, *own, Block(text, 0), other, *(Block(line, 0) for line in BELOW)]
    outside = find_outside(lines).outside
    assert id(own[0]) not in outside
    assert id(other) in outside


def test_the_last_line_goes_where_it_has_the_marks_of_the_furniture_below() -> None:
    offers = (
        "注册",
        "记账",
        "商标",
        "税务",
        "资质",
        "许可",
        "注销",
        "审计",
        "验资",
        "变更",
        "年检",
    )
    flood = [f"青柳{each}_青柳{each}流程及费用_青柳{each}要什么材料-顺捷" for each in offers]
    decision = decide_lines(*ABOVE, *ARTICLE, *flood)
    assert spoken(decision) == [TITLE, *ARTICLE]


def test_the_only_heading_of_the_first_level_is_the_title() -> None:
    menu = [Block(line, 0) for line in ABOVE[:10]]
    record = [Block("索引号：001008-2024-00317", 0, "row"), Block("有效性：有效", 0, "row")]
    title = Block("旧渡口", 0, "heading", 1)
    text = [Block(line, 0) for line in (*ARTICLE, *BELOW)]
    dump = find_outside([*menu, *record, title, *text])
    assert dump.title is not None
    assert dump.title.text == title.text
    assert {*map(id, record)} <= dump.outside.keys()


def test_a_notice_keeps_whom_it_is_for_and_what_stands_above_its_signature() -> None:
    first = "各乡镇人民政府、街道办事处，县直有关单位："
    last = (
        "咨询电话：0000-5550316（县渡口办）",
        "附件：1.渡口登记表",
        "青柳县渡口管理办公室",
        "2024年9月20日",
    )
    found = spoken(decide_lines(*ABOVE, first, *ARTICLE, *last, *BELOW))
    assert found == [TITLE, first, *ARTICLE, *last]


def test_an_article_in_two_languages_keeps_both() -> None:
    english = [
        "The old ferryman kept a diary for forty years, one page for each day of his work.",
        "He gave all of his notebooks to the library of the county on a foggy morning in June.",
        "The water has left its marks on some of the pages that he wrote in heavy rain.",
    ]
    told = [ARTICLE[0], english[0], ARTICLE[1], english[1], *ARTICLE[2:], english[2]]
    notice = "Notice: the content above is uploaded by a user and does not stand for this site."
    found = spoken(decide_lines(*ABOVE, *told, *BELOW, notice))
    assert found == [TITLE, *told]
    alone = spoken(decide_lines(*ABOVE, *ARTICLE, *BELOW, notice))
    assert alone == [TITLE, *ARTICLE]


def test_cards_of_a_list_go_with_what_is_said_of_each() -> None:
    own = [Block(line, 0) for line in (*ABOVE, *ARTICLE)]
    others = [
        ("老街里的修表人", "他的柜台上有一盏灯，亮了五十年。"),
        ("河边的早课", "天还没有亮，孩子们就来了。"),
    ]
    cards = [
        block
        for head, text in others
        for block in (Block(head, 0, "heading", 3, linked=True), Block(text, 0))
    ]
    header = Block("猜你喜欢", 0, "heading", 2)
    more = [Block(line, 0) for line in BELOW]
    assert {*map(id, cards)} <= find_outside([*own, header, *cards, *more]).outside.keys()
    part = Block("渡口的两个故事", 0, "heading", 2)
    kept = find_outside([*own, part, *cards, *more]).outside
    assert id(cards[1]) not in kept


def test_comments_go_below_the_header_that_counts_them() -> None:
    comments = (
        "清风 06-19 10:20",
        "我小时候也坐过他的船，一次五分钱。",
        "回复",
        "阿木 06-19 11:02",
    )
    told = (*comments, "图书馆什么时候办展览？我想带孩子去看。", "回复")
    decision = decide_lines(*ABOVE, *ARTICLE, "评论（2）", *told, *BELOW)
    assert spoken(decision) == [TITLE, *ARTICLE]
    lead = ("渡口的日记进了图书馆。", "一共是四十一本，写了四十年。")
    assert spoken(decide_lines(*ABOVE, *lead, "评论（139）", *ARTICLE, *BELOW))[-7:] == [*ARTICLE]


def test_what_a_record_says_is_no_title_and_a_list_of_amounts_is_the_articles() -> None:
    record = ("索引号：", "QY0412-2024-00036", "发布机构：", "青柳渡口图书馆", "有效性：", "有效")
    decision = decide_lines(*ABOVE[:11], *record, TITLE, *ARTICLE, *BELOW)
    assert decision.article.title == TITLE
    amounts = ("桐油", "3斤", "竹篾", "12根", "麻绳", "2捆左右", "铁钉", "适量")
    told = spoken(decide_lines(*ABOVE, *ARTICLE[:3], *amounts, *ARTICLE[4:], *BELOW))
    assert told == [TITLE, *ARTICLE[:3], *amounts, *ARTICLE[4:]]


def test_a_subtitle_is_kept_and_a_title_stands_behind_its_papers_name() -> None:
    short, below = "守着水的人", "——青柳渡口船工的四十年日记"
    page = ("青柳日报数字报-守着水的人", *ABOVE[:10], short, below, *ARTICLE, *BELOW)
    decision = decide_lines(*page)
    assert decision.article.title == short
    assert below in spoken(decision)


def test_above_a_day_a_line_is_rather_the_title_than_below_a_call() -> None:
    head = (
        "一条旧木船这些年都去了哪里？",
        "原创",
        "柳下书房",
        "2023-06-18 09:20",
        "点击上方蓝字关注我们",
    )
    page = (*head, "每天读一篇好故事给你听", *ARTICLE, *BELOW)
    assert decide_lines(*page).article.title == head[0]


def test_a_poem_above_what_is_said_of_it_is_the_articles() -> None:
    poem = ("孤篷一夜宿寒汀，", "蓼叶初红水尚青。", "渔火自随潮上下，", "不知人世有浮萍。")
    told = spoken(decide_lines(*ABOVE[:12], *poem, *ARTICLE, *BELOW))
    assert told == [TITLE, *poem, *ARTICLE]
