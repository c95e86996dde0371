from __future__ import annotations

from dataclasses import replace

import pytest
from samples import POEM, PROSE, STORY, article, headings, spoken

from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"


def test_bare_short_lines_among_long_paragraphs() -> None:
    lines = [
        TITLE,
        PROSE[0],
        PROSE[1],
        "物资就是命令",
        PROSE[2],
        PROSE[3],
        "守住最后一道门",
        *PROSE[4:],
    ]
    found = article(*lines)
    assert headings(found) == [TITLE, "物资就是命令", "守住最后一道门"]
    assert spoken(found) == lines


def test_cries_are_headings_only_in_company() -> None:
    one = [TITLE, PROSE[0], PROSE[1], "他们吹响了集结号！", *PROSE[2:]]
    assert headings(article(*one)) == [TITLE]
    two = [TITLE, PROSE[0], "他们吹响了集结号！", *PROSE[1:4], "守卫一线生命健康！", *PROSE[4:]]
    assert headings(article(*two)) == [TITLE, "他们吹响了集结号！", "守卫一线生命健康！"]


def test_a_storys_short_lines_are_none() -> None:
    assert headings(article(*STORY)) == [None]
    assert headings(article("雨夜", *STORY, title="雨夜")) == ["雨夜"]


def test_verse_has_none() -> None:
    assert headings(article(*POEM)) == [None]
    assert headings(article(PROSE[0], *POEM, PROSE[1])) == [None]


@pytest.mark.parametrize(
    "line",
    [
        "“困难谁都有”",
        "图为工作人员正在消毒",
        "▲工作人员正在消毒",
        "记者：你们累不累",
        "——记一线后勤人员",
        "他说，",
        "本报记者 张三",
        "2020年2月5日",
        "新华社记者 李四 摄",
        "……",
        "文字 本报记者",
        "图片：听书室工作人员",
        "你说这水能喝吗",
        "能喝，你尝尝",
        "这鞋还能穿吗",
        "能穿，再走十年没问题",
        "工作人员正在检查设备",
        "六月十八日上午，桥头站满了等着过桥的人",
        "技术员在田头反复叮嘱机手们",
    ],
)
def test_lines_that_only_look_short_are_none(line: str) -> None:
    lines = [TITLE, PROSE[0], line, PROSE[1], PROSE[2], "记者：后来呢", *PROSE[3:]]
    assert line not in headings(article(*lines))


@pytest.mark.parametrize(
    "numbered",
    [
        ["一、物资", "二、人员", "三、城市"],
        ["（一）物资", "（二）人员", "（三）城市"],
        ["1. 物资", "2. 人员", "3. 城市"],
        ["01", "02", "03"],
        ["第一章 物资", "第二章 人员", "第三章 城市"],
        ["Part 1", "Part 2", "Part 3"],
    ],
)
def test_numbered_lines(numbered: list[str]) -> None:
    lines = [TITLE]
    for number, first, second in zip(numbered, PROSE[:3], PROSE[3:], strict=True):
        lines += [number, first, second]
    assert headings(article(*lines)) == [TITLE, *numbered]


CHAPTERS = [
    "第{}章断桥",
    "第1{}章断桥",
    "第一千零{}章 断桥",
    "☆、第{}章 断桥",
    "【第{}章】断桥",
    "正文 第{}章 断桥",
    "《河那边的灯》第{}章 断桥",
    "第二卷 山中 第{}章 断桥",
    "第三章（{}）",
    "第{}话 断桥……",
    "卷{} 断桥",
    "第{}部",
    "chapter.00{} 断桥",
    "Part-{}：断桥",
    "00{} 断桥",
    "误区{}：不吃早饭",
    "其{}",
    "《河那边的灯》 卷一 第{}章 断桥",
    "Day 0{} 断桥",
    "Q{}：断桥了吗？",
    "①②③",
]


@pytest.mark.parametrize("form", CHAPTERS)
def test_chapters_of_a_story(form: str) -> None:
    """Short paragraphs and talk between them don't hide them."""
    arabic = form.isascii() or any(part in form for part in ("1{}", "0{}", "Part", "Q{}"))
    figures = "上中下" if "（" in form else "123" if arabic else "一二三"
    numbered = [
        form.format(figure) if "{}" in form else mark
        for figure, mark in zip(figures, form, strict=False)
    ]
    story = ["雨下了一夜。", "“桥断了。”他说。", "老人没有抬头。"]
    lines = [line for number in numbered for line in (number, *story)]
    assert headings(article(*lines, title="灯"))[1:] == numbered


@pytest.mark.parametrize(
    "line",
    [
        "第三节课下课以后大家都走了",
        "第1话是谁说的，已经没有人记得。",
        "卷一支烟吧",
        "2.1公里长的主渠已经挖通。",
        "1.5米深的渠",
    ],
)
def test_sentences_that_begin_like_chapters(line: str) -> None:
    story = ["第一章 断桥", "雨下了一夜。", line, "桥断了。", "第二章 官道", "水退了。"]
    assert headings(article(*story, title="灯"))[1:] == ["第一章 断桥", "第二章 官道"]


def test_what_stands_beside_numbered_chapters() -> None:
    lines = [
        "楔子",
        "雨下了一夜。",
        "第一章 断桥",
        "水退了。",
        "番外：那年",
        "天晴了。",
        "尾声",
        "走了。",
    ]
    assert headings(article(*lines, title="灯"))[1:] == lines[::2]
    assert headings(article("楔子", *STORY, title="灯"))[1:] == []


def test_numbers_without_text_of_their_own_are_none() -> None:
    steps = [
        "1. 用温水洗手",
        "2. 装上针头",
        PROSE[1],
        "3. 等血滴流到试纸上",
        PROSE[2],
        "4. 记下",
        PROSE[3],
    ]
    assert headings(article(TITLE, PROSE[0], *steps)) == [TITLE]
    pages = [line for page, text in enumerate(PROSE, 12) for line in (text, f"{page}")]
    assert headings(article(TITLE, *pages)) == [TITLE]
    contents = ["第一章 断桥", "第二章 官道", "第三章 进城"]
    book = [line for name, text in zip(contents, PROSE, strict=False) for line in (name, text)]
    assert headings(article(TITLE, "目录", *contents, *book, title=TITLE)) == [TITLE, *contents]


def test_a_paper_is_numbered_by_decimals() -> None:
    lines = [
        "1 前言",
        PROSE[0],
        "2 材料与方法",
        "2.1 地点",
        PROSE[1],
        "2.2 方法",
        PROSE[2],
        "3 结果",
        PROSE[3],
    ]
    found = article(*lines, title=TITLE)
    assert headings(found)[1:] == ["1 前言", "2 材料与方法", "2.1 地点", "2.2 方法", "3 结果"]
    assert [c.title.level for c in found.chapters if c.title] == [1, 2, 2, 3, 3, 2]


def test_bare_questions_between_short_paragraphs() -> None:
    texts = [text[:60] + "。" for text in PROSE]
    lines = ["为什么加密？", texts[0], "末班几点？", texts[1], "周末有吗？", texts[2]]
    assert headings(article(*lines, title="夜班公交三问"))[1:] == lines[::2]


def test_bold_lines_beside_marked_ones() -> None:
    bold, marked = Block("早饭的那碗粥", 5, strong=True), Block("先建卡", 3, "heading", 2)
    saying = Block("养蜂人说，现在有了约定，心里才踏实。", 8, strong=True)
    found = article(TITLE, PROSE[0], marked, PROSE[1], bold, PROSE[2], saying, PROSE[3])
    assert headings(found) == [TITLE, "先建卡", "早饭的那碗粥"]
    assert [c.title.level for c in found.chapters if c.title] == [1, 2, 3]
    asked, cried = Block("要不要打杈？", 5, strong=True), Block("什么？", 5, strong=True)
    assert headings(article(TITLE, PROSE[0], marked, PROSE[1], asked, PROSE[2]))[2:] == [asked.text]
    assert headings(article(TITLE, PROSE[0], marked, PROSE[1], cried, PROSE[2]))[2:] == []


def test_one_heading_over_several_bold_lines() -> None:
    lines = [
        Block(text, n, strong=True)
        for n, text in enumerate(("十五家企业", "和一个园区", "入选名单"), 4)
    ]
    found = article(Block(TITLE, 1, strong=True), lines[0], PROSE[0], *lines, PROSE[1])
    assert headings(found) == [TITLE, "十五家企业", "十五家企业 和一个园区 入选名单"]
    parted = [lines[0], Block("责任编辑：李明", 5), replace(lines[1], line=6)]
    found = article(Block(TITLE, 1, strong=True), PROSE[0], *parted, PROSE[1])
    assert "十五家企业 和一个园区" not in headings(found)
    talk = [Block("你去哪里？", 4, strong=True), Block("山里。", 5, strong=True)]
    assert headings(article(TITLE, PROSE[0], *talk, PROSE[1])) == [TITLE]
    levels = [Block("一、物资", 4, strong=True), Block("（一）调配", 5, strong=True)]
    assert "一、物资 （一）调配" not in headings(article(TITLE, PROSE[0], *levels, PROSE[1]))


def test_a_count_goes_on_behind_a_list_of_its_own() -> None:
    lines = [
        "一、物资",
        PROSE[0],
        "一、口罩要分开放，不能混。",
        "二、病床要消毒。",
        "二、人员",
        PROSE[1],
    ]
    found = headings(article(*lines, "三、城市", PROSE[2], title=TITLE))
    assert found[1:] == ["一、物资", "二、人员", "三、城市"]


def test_a_marked_sentence_of_clauses_is_none() -> None:
    text = "村里的老人说这口井自打记事起就没有干过，旱年外村的人赶着驴车来拉水，一天能拉走几十桶"
    numbered = "（三）坚持以供给侧改革为主线，着力提升制造业的核心竞争力，加快构建现代化的产业体系"
    one = (
        "店主说他不是不会用那相机而是觉得按一下就能看见的照片没有人会等，没有人等的东西就没有人珍惜"
    )
    three = "有一年腊月下大雪，公路断了六天，全靠这趟车把八个寨子的年货一担一担捎进山里"
    marked = (text, one, three, numbered)
    blocks = [Block(line, n, "heading", 2) for n, line in enumerate(marked, 3)]
    between = (part for each in zip(blocks, PROSE[1:], strict=False) for part in each)
    found = article(Block(TITLE, 1, "heading", 1), PROSE[0], *between)
    assert headings(found) == [TITLE, numbered]


def test_a_numbered_list_is_none() -> None:
    steps = ["1. 打开电源", "2. 按下开关", "3. 等待三分钟"]
    assert headings(article(TITLE, PROSE[0], *steps, *PROSE[1:])) == [TITLE]
    assert headings(article(TITLE, PROSE[0], "第三部手机的故事。", *PROSE[1:])) == [TITLE]


def test_levels_of_numbered_lines() -> None:
    lines = ["一、物资", "（一）调配", PROSE[0], "（二）运输", PROSE[1], "二、人员", PROSE[2]]
    found = article(*lines)
    levels = [c.title.level for c in found.chapters if c.title]
    assert headings(found) == ["一、物资", "（一）调配", "（二）运输", "二、人员"]
    assert levels == [2, 3, 3, 2]


def test_bold_lines() -> None:
    bold = [Block("物资的故事", 3, strong=True), Block("人员", 6, strong=True)]
    found = article(TITLE, PROSE[0], bold[0], PROSE[1], PROSE[2], bold[1], PROSE[3])
    assert headings(found) == [TITLE, "物资的故事", "人员"]
    saying = Block("困难谁都有，重要的是想尽一切办法解决。", 3, strong=True)
    assert headings(article(TITLE, PROSE[0], saying, PROSE[1], PROSE[2])) == [TITLE]


def test_markup_is_believed_alone() -> None:
    marked = Block("物资", 4, "heading", 2)
    found = article(TITLE, PROSE[0], "物资就是命令", PROSE[1], marked, *PROSE[2:])
    assert headings(found) == [TITLE, "物资"]
    notice = Block("欢迎订阅本站的邮件列表", 9, "heading", 3)
    lines = ["物资的故事", PROSE[1], "人员的安排", PROSE[2], "食堂的早晨", PROSE[3]]
    assert headings(article(TITLE, PROSE[0], *lines, notice))[1:4] == lines[::2]
    loud = Block(PROSE[0], 1, "heading", 4)
    assert headings(article(Block(TITLE, 1, "heading", 1), loud, marked, PROSE[1])) == [
        TITLE,
        "物资",
    ]


def test_ids_rise() -> None:
    blocks = [Block(f"第{n}节", n, "heading", 2) for n in range(1, 121)]
    ids = [chapter.id for chapter in article(*blocks).chapters]
    assert ids[:2] == ["c01", "c02"]
    assert ids[-1] == "c120"


OUTLINE = ["1 引言", "1.1 范围", "1.2 来源", "2 方法", "2.1 步骤"]


def test_numbers_count_on_from_depth_to_depth() -> None:
    body = [line for pair in zip(OUTLINE, PROSE, strict=False) for line in pair]
    found = article(TITLE, *body)
    assert headings(found) == [TITLE, *OUTLINE]
    levels = [chapter.title.level for chapter in found.chapters if chapter.title]
    assert levels == [1, 2, 3, 3, 2, 3]


def test_an_excerpt_may_begin_with_any_number_of_several_parts() -> None:
    numbered = ["3.2 数据", "3.3 误差", "4 讨论"]
    body = [line for pair in zip(numbered, PROSE, strict=False) for line in pair]
    assert headings(article(TITLE, *body)) == [TITLE, *numbered]


def test_scores_and_measures_are_no_outline() -> None:
    scores = ["9.1 小号组", "9.3 长号组", "10 鼓组"]
    assert headings(article(TITLE, PROSE[0], *scores, *PROSE[1:])) == [TITLE]


def test_one_line_among_captions_is_a_caption() -> None:
    lone = [TITLE, PROSE[0], PROSE[1], "邮局对面的修表铺", *PROSE[2:]]
    assert headings(article(*lone)) == [TITLE, "邮局对面的修表铺"]
    two = [TITLE, PROSE[0], "师傅在铺子里修一块怀表", PROSE[1], "邮局对面的修表铺", *PROSE[2:]]
    assert headings(article(*two)) == [TITLE]


def test_lines_that_tell_who_does_what_are_captions() -> None:
    lines = [TITLE, PROSE[0], "老曹正在推木耙", PROSE[1], "游客在碑前合影", *PROSE[2:]]
    assert headings(article(*lines)) == [TITLE]


def test_a_chapter_among_others_may_be_called_what_could_go_on() -> None:
    lines = [f"第{101 + n}章{name}" for n, name in enumerate(["酒肆", "故人", "断崖", "下山"])]
    text = [line for pair in zip(lines, PROSE, strict=False) for line in pair]
    assert headings(article("青崖旧事", *text))[1:] == lines
    assert lines[3] not in headings(article("青崖旧事", *text[:2], *text[6:]))


def test_talk_without_marks_makes_no_headings_of_its_like() -> None:
    talk = ["你是新来的吧", "有我的信没有", "那你怎么不告诉她"]
    lines = [line for pair in zip(talk, PROSE, strict=False) for line in pair]
    title = "送信的那个下午"
    assert headings(article(title, PROSE[3], *lines)) == [title]


def test_one_among_headings_may_sound_like_talk() -> None:
    asked = ["谁需要办", "去哪里办", "要带什么", "多久生效"]
    lines = [line for pair in zip(asked, PROSE, strict=False) for line in pair]
    title = "异地就医备案，四件事先弄明白"
    assert headings(article(title, *lines)) == [title, *asked]


def test_a_credit_between_paragraphs_is_none() -> None:
    lines = [PROSE[0], "插画 / 阿布", PROSE[1], "摄影 / 周小舟", PROSE[2]]
    assert headings(article("夜里两点的面包房", *lines)) == ["夜里两点的面包房"]


def test_parallel_questions_down_to_the_end_are_headings() -> None:
    asked = ["睡在哪里", "吃些什么", "怎么收拾", "遇到下雨"]
    lines = [line for pair in zip(asked, PROSE, strict=False) for line in pair]
    assert headings(article("第一次露营该准备什么", *lines)) == ["第一次露营该准备什么", *asked]


def test_heads_of_one_paragraph_each_may_be_questions() -> None:
    told = [
        "电钻、梯子、手推车，一共四十二样。",
        "带上门禁卡到值班台，写明楼号和用途。",
        "小件三天，大件一天。",
        "正常磨损不用赔，由师傅来修。",
    ]
    heads = ["能借什么", "怎样登记", "借多久", "弄坏了怎么办"]
    lines = [line for pair in zip(heads, told, strict=True) for line in pair]
    assert headings(article("工具屋使用指南", *lines, gap=2))[1:] == heads


def test_words_between_what_somebody_did_are_said() -> None:
    said = ["阿嬷妳怎么还没睡", "手这么冰", "这个会不会很吃电"]
    acts = [
        "她坐在藤椅上，膝盖上盖着我高中的外套，毛线打到一半。",
        "我把礼盒拆开，是一条电毯，说明书写了三国语言。",
        "我说不会，她把电毯折好，放回盒子里，连袋子都叠了回去。",
    ]
    lines = [line for pair in zip(said, acts, strict=True) for line in pair]
    assert headings(
        article("阿嬷的电毯", "那年冬天特别冷，连山脚下都飘了雪，我坐夜车回去。", *lines, gap=2)
    ) == ["阿嬷的电毯"]


def test_two_names_before_a_colon_in_bold_are_no_talk() -> None:
    named = ["北斗：憨厚", "爱迪：艳丽", "北斗：实用", "爱迪：简单"]
    lines: list[str | Block] = [TITLE, PROSE[4]]
    for text, prose in zip(named, PROSE, strict=False):
        lines += [Block(text, 0, strong=True), prose]
    assert headings(article(*lines)) == [TITLE, *named]


def test_links_head_nothing() -> None:
    bare = [Block(text, 0, linked=True) for text in ("物资就是命令", "守住最后一道门")]
    found = article(TITLE, PROSE[0], bare[0], PROSE[1], bare[1], PROSE[2])
    assert headings(found) == [TITLE]
    own, teaser = (replace(block, kind="heading", level=2) for block in bare)
    found = article(TITLE, PROSE[0], own, PROSE[1], teaser, teaser)
    assert headings(found) == [TITLE, own.text]


def test_parts_of_a_chapter_count_on_by_themselves() -> None:
    parts = ["第八章之一", "第八章之二", "第八章之三"]
    lines = [line for pair in zip(parts, PROSE, strict=False) for line in pair]
    assert headings(article("雪线以上", *lines)) == ["雪线以上", *parts]


def test_numbers_between_dashes_are_headings_and_steps_are_none() -> None:
    parts = [line for n in (1, 2, 3) for line in (f"-0{n}-", PROSE[n])]
    assert headings(article(TITLE, *parts))[1:] == ["-01-", "-02-", "-03-"]
    steps = [line for n in (1, 2, 3) for line in (f"步骤{n}", PROSE[n])]
    assert headings(article(TITLE, *steps)) == [TITLE]


def test_headings_of_two_characters_are_parallel_to_those_of_three() -> None:
    lines = [
        line
        for n, head in enumerate(["怎么去", "看什么", "吃什么", "提醒"])
        for line in (head, PROSE[n])
    ]
    assert headings(article(TITLE, *lines))[1:] == ["怎么去", "看什么", "吃什么", "提醒"]
