"""Furniture that shows in company, inside of lines, or in the article's place."""

from __future__ import annotations

import pytest
from samples import PROSE, article, headings, spoken

from readaloud.editing.needed_characters import needed_characters
from readaloud.errors import EmptyArticleError
from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"


def gone(*lines: str | Block) -> dict[str, str]:
    return {removal.text: removal.rule for removal in article(*lines).removed}


def test_pieces_inside_of_lines_are_cut_out_and_stand_on_record() -> None:
    found = article(TITLE, f"{PROSE[0]}[1][2]", f"{PROSE[1]}（下转第四版）", PROSE[2])
    assert spoken(found) == [TITLE, *PROSE[:3]]
    assert [(r.text, r.rule) for r in found.removed] == [
        ("[1][2]", "inline mark"),
        ("（下转第四版）", "page turn"),
    ]


def test_a_line_of_nothing_but_pieces_goes_whole() -> None:
    assert gone(TITLE, PROSE[0], "#食堂# #菜单#", PROSE[1]) == {"#食堂# #菜单#": "tags"}


def test_one_line_below_a_label_is_its_value_and_no_more() -> None:
    lines = ["发文字号：", "云政发〔2026〕3号", "关于修堤的通知", *PROSE[:2]]
    assert list(gone(TITLE, *lines)) == lines[:2]
    pager = ["上一篇", "河滩上修了一条骑行道"]
    assert list(gone(TITLE, *PROSE[:2], *pager, "他后来又去了一次河滩")) == pager


def test_a_papers_name_goes_beside_its_page_head_only() -> None:
    head = ["江城晚报", "2026年5月9日　星期六　编辑：江小雨　B07"]
    assert list(gone(TITLE, PROSE[0], *head, PROSE[1])) == head
    assert gone(TITLE, PROSE[0], "江城晚报", PROSE[1]) == {}


def test_a_copy_names_its_original_in_a_quotation_at_the_head_only() -> None:
    quoted = Block("原文地址：用工的变化", 2, "quote")
    assert list(gone(TITLE, quoted, *PROSE)) == ["原文地址：用工的变化"]
    assert gone(TITLE, *PROSE, quoted) == {}


def test_a_page_turn_above_the_text_is_no_title() -> None:
    found = article("（上接第一版）", *PROSE)
    assert (found.title, spoken(found)) == (None, PROSE)


def test_furniture_glued_to_the_last_sentence_is_cut_off() -> None:
    tail = "责任编辑：本网编辑。转载此文是出于传递更多信息之目的。"
    found = article(TITLE, *PROSE[:3], PROSE[3] + tail)
    assert spoken(found)[-1] == PROSE[3]
    assert [removal.rule for removal in found.removed] == ["editor", "notice"]


def test_a_quotation_is_no_tail_of_furniture() -> None:
    quoted = f"{PROSE[3]}墙上写着：“这里没有热水。转载请注明出处。”"
    assert spoken(article(TITLE, *PROSE[:3], quoted))[-1] == quoted


def test_buttons_go_beside_words_of_the_reading_program_only() -> None:
    buttons = ["微信扫一扫", "使用小程序", "取消", "允许", "某某健康", "轻触阅读原文", "知道了"]
    assert list(gone(TITLE, *PROSE[:3], *buttons)) == buttons
    assert gone(TITLE, PROSE[0], "取消", PROSE[1], "知道了", PROSE[2]) == {}


def test_the_title_between_a_programs_words_stays() -> None:
    found = article("[复制链接]", TITLE, "只看该作者", *PROSE[:3])
    assert spoken(found) == [TITLE, *PROSE[:3]]


def test_credits_of_everyday_words_go_in_a_run_below_the_text_only() -> None:
    credit = ["出品：校园新媒体中心", "统筹：记者团", "海报：美术社"]
    assert set(gone(TITLE, *PROSE[:3], *credit)) == set(credit)
    assert gone(TITLE, PROSE[0], *credit[1:], *PROSE[1:3]) == {}


def test_contents_go_where_the_text_has_their_headings() -> None:
    body = ["历史", PROSE[0], "技术", PROSE[1]]
    listed = ["目录", "1 历史", "2 技术"]
    assert list(gone("再生稻", PROSE[2], *listed, *body)) == listed
    assert gone("再生稻", PROSE[2], "目录", "1 天气", "2 土壤", *body) == {}


def test_sources_go_and_notes_that_tell_something_stay() -> None:
    sources = ["^ 再生稻技术手册．某某农技站．2019．", "https://example.com/a"]
    assert set(gone(TITLE, *PROSE[:2], "参考资料", *sources)) == {"参考资料", *sources}
    assert gone(TITLE, *PROSE[:2], "参考资料", "[1] 数据由县农技站提供。") == {}


def test_floods_of_dated_headlines_and_of_offers_go() -> None:
    dated = [f"第{n}条河滩修好了步道2025-10-{n}" for n in range(10, 20)]
    assert set(gone(TITLE, *PROSE[:2], *dated)) == set(dated)
    assert gone(TITLE, *PROSE[:2], *dated[:4]) == {}
    offers = [f"城东{what}公司电话哪家好，价格多少钱" for what in "甲乙丙丁戊己庚辛壬癸子丑寅"]
    assert set(gone(TITLE, *PROSE[:2], *offers).values()) == {"flood"}
    refrain = [f"第{n}次，他还是在那座桥上等她。" for n in "甲乙丙丁戊己庚辛壬癸子丑寅"]
    assert gone(TITLE, *PROSE[:2], *refrain) == {}


SECOND = ["县城东门新开一处早市", "2025-10-20 08:30 来源：某某发布", f"{PROSE[4][:60]}。"]


def test_a_second_article_goes_below_the_end_of_the_first_only() -> None:
    first = [TITLE, *PROSE[:4]]
    assert set(SECOND) <= set(gone(*first, "责任编辑：张三", *SECOND))
    assert SECOND[2] in spoken(article(*first, *SECOND))
    collection = [TITLE, PROSE[0], PROSE[1], "责任编辑：张三", *SECOND[:2], *PROSE[2:6]]
    assert PROSE[5] in spoken(article(*collection))


def test_teasers_in_sentences_go_by_their_times() -> None:
    teasers = ["立交桥今晚封闭", PROSE[4], "2小时前", "考生走进考场", PROSE[5], "5小时前"]
    assert set(gone(TITLE, *PROSE[:4], "热门推荐", *teasers)) == {"热门推荐", *teasers}
    assert PROSE[5] in spoken(article(TITLE, *PROSE[:4], "热门推荐", *teasers[:5]))
    read = [line.replace("小时前", "天前・1.6萬次瀏覽") for line in teasers]
    assert set(gone(TITLE, *PROSE[:4], "你可能也想看", *read)) == {"你可能也想看", *read}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["环境异常", "当前环境异常，完成验证后即可继续访问。", "去验证"], "a check of who reads"),
        (
            ["网络环境存在异常，请点击验证。在您验证完成前，该提示将多次出现。"],
            "a check of who reads",
        ),
        (["该内容已被发布者删除"], "the notice that it is gone"),
        (["某某网", "请登录后查看全文", "忘记密码？", "立即注册"], "a log-in"),
        (["502 Bad Gateway", "nginx/1.18.0"], "a server's error"),
        (["本網站使用 Cookie 改善體驗。", "接受全部"], "a notice of cookies"),
    ],
)
def test_a_page_in_the_articles_place_is_refused_by_name(lines: list[str], words: str) -> None:
    with pytest.raises(EmptyArticleError, match=words) as caught:
        article(*lines)
    assert caught.value.exit_code == 3
    told = article(TITLE, *lines, *PROSE[:2])
    assert PROSE[0] in spoken(told)


def test_a_short_text_that_tells_of_a_wall_is_an_article() -> None:
    assert article("环境异常", "他看见屏幕上的四个字，笑了。")
    assert article("请登录后查看全文", "这行字，他看了三年。")


def test_a_post_of_pictures_is_refused() -> None:
    with pytest.raises(EmptyArticleError, match="no text below it"):
        article("油菜田里的蜂箱", "预览时标签不可点", "继续滑动", title="油菜田里的蜂箱")


def test_headings_lose_an_encyclopedias_buttons() -> None:
    marked = [Block("历史播报编辑", 2, "heading", 2), Block("技术[编辑]", 4, "heading", 2)]
    found = article(Block(TITLE, 1, "heading", 1), marked[0], PROSE[0], marked[1], PROSE[1])
    assert headings(found)[-2:] == ["历史", "技术"]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:分享|转发)给{1,3}", "给"),
        ("[的一是]{0,9}", None),
        (r"\d{1,3}", None),
        ("编辑|校对", "编校"),
        ("编辑|[^。]{3}", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, needed: str | None) -> None:
    found = needed_characters(pattern)
    assert found == (frozenset(needed) if needed is not None else None)


def test_an_office_is_a_credit_beside_a_footer_only() -> None:
    office = "主办：某某市文化馆　承办：某某网络有限公司"
    footer = "未成年人网络违法信息举报专线：0000-1234567"
    assert gone(TITLE, *PROSE[:2], office, footer) == {office: "editor", footer: "footer"}
    assert office in spoken(article(TITLE, PROSE[0], office, PROSE[1]))


def test_buttons_and_counters_beside_author_and_source_hide_neither() -> None:
    line = "作者：老砖　来源：区报　字体大小：大 | 中 | 小　阅读：102"
    found = article(TITLE, line, *PROSE[:2])
    assert (found.byline, found.origin) == ("老砖", "区报")
    assert line not in spoken(found)


def test_what_is_looked_for_ahead_is_needed() -> None:
    assert needed_characters("(?=.{0,9}包邮)[^。]{2,9}") in (frozenset("包"), frozenset("邮"))
    assert needed_characters("(?!包邮)[^。]{2,9}") is None


def test_a_pages_head_may_be_set_a_piece_a_line() -> None:
    head = ["江城晚报", "JIANGCHENG WANBAO", "A7"]
    assert list(gone(TITLE, PROSE[0], *head, PROSE[1])) == head
    assert gone(TITLE, PROSE[0], *head[1:], PROSE[1]) == {}


def test_numbers_of_pages_go_and_those_of_sections_stay() -> None:
    pages = ["- 35 -", "- 36 -"]
    assert list(gone(TITLE, PROSE[0], pages[0], PROSE[1], pages[1], PROSE[2])) == pages
    assert gone(TITLE, "- 1 -", PROSE[0], "- 2 -", PROSE[1]) == {}
    assert gone(TITLE, PROSE[0], pages[0], PROSE[1], "- 50 -", PROSE[2]) == {}


def test_a_title_below_a_call_in_pieces_is_no_piece_of_it() -> None:
    found = article("点上方蓝字", "“秋水健康”", "一键关注", "午睡多久才合适", *PROSE)
    assert (found.title, len(found.removed)) == ("午睡多久才合适", 3)


def test_teasers_told_in_a_sentence_each_go_below_longer_text() -> None:
    teasers = ["旧仓库变身图书馆", "五号仓库改建成图书馆，二楼可以望见整个港口。"]
    more = ["菜市场月底熄灯", "两百多个摊位将暂时迁到对面的停车场营业。", "昨天 18:40"]
    assert set(gone(TITLE, *PROSE[:4], "延伸閱讀", *teasers, *more)) >= {*teasers, *more[:2]}
    kept = spoken(article(TITLE, *PROSE[:4], "延伸閱讀", *teasers, more[0], PROSE[4]))
    assert {*teasers, PROSE[4]} <= {*kept}


def test_a_caption_with_its_credit_goes_whole_near_the_end() -> None:
    caption = "老周举着望远镜，本子摊在膝盖上。张远/摄"
    assert list(gone(TITLE, *PROSE[:3], caption, PROSE[3])) == [caption]


def test_who_wrote_it_is_read_from_a_list_of_credits() -> None:
    lines = ["总策划 县融媒体中心", "总监制 王一川", "记者 李小满 周禾", "配音 乡村广播站"]
    found = article(TITLE, *PROSE, *lines)
    assert found.byline == "李小满 周禾"
    assert {removal.text for removal in found.removed} >= {*lines[:2], lines[3]}
    assert lines[3] in spoken(article(TITLE, *PROSE[:2], lines[3], *PROSE[2:]))


def test_pages_of_a_document_stand_between_dashes_below_text_only() -> None:
    numbered = ["— 1 —", "— 2 —"]
    below = article(TITLE, PROSE[0], numbered[0], PROSE[1], numbered[1], PROSE[2])
    assert (spoken(below), headings(below)) == ([TITLE, *PROSE[:3]], [TITLE])
    assert gone(TITLE, numbered[0], PROSE[0], numbered[1], PROSE[1]) == {}


@pytest.mark.parametrize(
    "head",
    [
        "08 副刊·百味　　海潮日报　2025年11月7日　农历九月十八　今日立冬　　编辑 苏闻　校对 钟山",
        "柳河日报■2024年9月13日■农历甲辰年八月十一■国内统一刊号CN00-0000",
    ],
)
def test_a_pages_head_is_read_piece_by_piece(head: str) -> None:
    found = article(head, TITLE, *PROSE)
    assert (found.title, spoken(found)) == (TITLE, [TITLE, *PROSE])


def test_a_short_title_below_a_pages_head_is_no_section() -> None:
    found = article("望川日报", "2025年3月14日 星期五", "第07版：文化周刊", "修琴的人", *PROSE)
    assert found.title == "修琴的人"


def test_a_box_of_entries_goes_with_its_name() -> None:
    box = ["查 · 論 · 編", "傳統提水機械", "龍骨水車 · 筒車 · 桔槔 · 轆轤"]
    assert list(gone(TITLE, *PROSE, *box)) == box


def test_a_dividing_line_that_says_so_goes() -> None:
    assert list(gone(TITLE, PROSE[0], "======== 中場休息 ========", PROSE[1])) == [
        "======== 中場休息 ========"
    ]
    assert gone(TITLE, PROSE[0], "中场休息的时候，他走到了看台上。", PROSE[1]) == {}


def test_an_advert_ends_at_its_address() -> None:
    adverts = "请记住本书首发域名：www.example.com。手机版阅读网址：m.example.com "
    line = f"他看着山脊，{adverts}半天没有说话。"
    found = article("茶马旧事", "第一章 雪线", PROSE[0], line, PROSE[1])
    assert "他看着山脊， 半天没有说话。" in spoken(found)


def test_what_may_and_may_not_be_done_is_no_caption() -> None:
    line = "▲报名须由家长本人到场，带上户口本和一张照片，不接受代报。"
    assert gone(TITLE, PROSE[0], line, *PROSE[1:]) == {}


def test_links_of_an_encyclopedia_go_with_their_header() -> None:
    lines = ["外部連結", "虎尾嶼文史工作室官方網站"]
    assert list(gone(TITLE, *PROSE, *lines)) == lines


def test_a_call_before_anybody_has_read_goes() -> None:
    call = "阅读此文前，麻烦您点一下“关注”，既方便您讨论和分享，又能带来参与感，感谢您的支持。"
    found = article(TITLE, call, *PROSE)
    assert spoken(found) == [TITLE, *PROSE]


def test_a_line_set_as_a_quotation_at_the_head_may_be_the_pages() -> None:
    menu = Block("归档 · 标签 · 友链 · RSS 订阅", 2, "quote")
    assert list(gone(TITLE, menu, *PROSE)) == [menu.text]
    saying = Block("慢一点，错了可以重来。", 2, "quote")
    assert gone(TITLE, saying, *PROSE) == {}


def test_a_title_that_ends_in_the_word_paper_is_no_papers_name() -> None:
    assert article("一份办了三十年的厂报", *PROSE).title == "一份办了三十年的厂报"


def test_a_magazines_head_is_known_by_its_number() -> None:
    head = "乡土散文　2021年第6期（总第218期）　　　·43·"
    found = article(TITLE, PROSE[0], head, PROSE[1])
    assert spoken(found) == [TITLE, *PROSE[:2]]


def test_a_boards_name_goes_above_its_counts_only() -> None:
    lines = ["钟表吧", "关注：12,306 贴子：98,110", TITLE, *PROSE]
    assert (article(*lines).title, spoken(article(*lines))) == (TITLE, [TITLE, *PROSE])
    assert article("走吧", *PROSE).title == "走吧"


def test_a_paper_and_a_page_between_paragraphs_are_a_head() -> None:
    assert list(gone(TITLE, PROSE[0], "人文周刊 07", PROSE[1])) == ["人文周刊 07"]
    assert gone(TITLE, PROSE[0], "人文周刊", PROSE[1]) == {}


def test_a_word_with_a_full_stop_is_no_button() -> None:
    words = ["点赞。", "评论。", "转发。", "收藏。"]
    assert set(words) <= {*spoken(article(TITLE, PROSE[0], *words, *PROSE[1:]))}


def test_below_a_triangle_a_sentence_that_shows_nothing_is_spoken() -> None:
    told = "▲压缸的石头得是河里捞的青石，山上的白石头遇酸掉渣，一缸菜都得倒掉"
    assert told in spoken(article(TITLE, PROSE[0], told, *PROSE[1:]))
    shown = "▲三月五日，工人在桥上焊接。"
    assert list(gone(TITLE, PROSE[0], shown, *PROSE[1:])) == [shown]


def test_a_quotation_with_the_credit_of_another_caption_is_one() -> None:
    captions = [
        "头班船驶离码头，船尾拖出一道浪。（黎子安摄）",
        "老人家笑言“坐船不晕”。（黎子安摄）",
    ]
    assert list(gone(TITLE, PROSE[0], *captions, *PROSE[1:])) == captions
    assert captions[1] in spoken(article(TITLE, PROSE[0], captions[1], *PROSE[1:]))


def test_a_name_behind_day_and_paper_is_who_wrote_it() -> None:
    found = article(TITLE, "2024/07/06 09:18　云溪新闻网　许家宁", *PROSE)
    assert (found.date, found.origin, found.byline) == ("2024-07-06", "云溪新闻网", "许家宁")


def test_a_notice_of_several_sentences_goes_from_a_paragraphs_head() -> None:
    notice = "本文由人工智能翻译，如与原文有出入，请以原文为准。转载请注明出处，侵权必究。"
    assert PROSE[0] in spoken(article(TITLE, notice + PROSE[0], *PROSE[1:]))


def test_words_for_search_engines_are_a_flood() -> None:
    flood = [
        f"青岚{w}培训学校学费一览_青岚学{w}要多久_短期班随到随学 [{n}]"
        for n, w in enumerate(["焊接", "叉车", "美容", "月嫂"] * 5)
    ]
    assert not {*flood} & {*spoken(article(TITLE, *PROSE, *flood))}


def test_counters_of_pictures_are_no_days_of_teasers() -> None:
    told = ["收割的日子选在五月，凌晨三点出海。", "晒场上雇的多是村里的妇女。", "碎叶子也不浪费。"]
    counted = (line for n, each in enumerate(told, 1) for line in (f"0{n}/03", each))
    assert spoken(article(TITLE, *PROSE[:2], *counted)) == [TITLE, *PROSE[:2], *told]


def test_a_caption_of_two_sentences_may_be_from_the_archive() -> None:
    caption = "修缮前的戏台。台口的立柱已经用木桩顶住。（资料图片）"
    assert gone(TITLE, PROSE[0], caption, PROSE[1]) == {caption: "caption"}
