"""Numbers of lists that stand in no text, and texts of pictures, in every format that has them."""

from __future__ import annotations

import pytest
from files import docx_parts, epub_parts, run, zipped

from readaloud.editing import edit
from readaloud.model import Article, EditingRules, Source
from readaloud.sources.readers import read

PROSE = "今天的雨下得很大，江水漫过了堤岸，附近的居民都撤到了山上。"
NEXT = "到了晚上雨才停下来，大家点起灯，清点人数，没有一个人受伤。"
LONG = (
    "这是一张很长的说明文字，讲的是大雨过后江边的样子，水面上漂着许多东西，岸上的人都在看着远处"
    "的桥，没有一个人说话，孩子们也安静下来了，只有狗还在叫。"
)
CUT = LONG.index("孩子")


def article_of(data: bytes | str, suffix: str, rules: EditingRules = EditingRules()) -> Article:
    raw = data.encode() if isinstance(data, str) else data
    return edit(read(Source(f"a{suffix}", "a", suffix, raw)), rules)


def said(article: Article) -> list[str]:
    """The lines that are spoken, but for title and prose."""
    blocks = [b for c in article.chapters for b in ((c.title, *c.blocks) if c.title else c.blocks)]
    return [block.text for block in blocks if block.text not in {"大雨", PROSE, NEXT}]


def gone(article: Article) -> list[str]:
    return [removal.text for removal in article.removed]


def page(inside: str) -> str:
    return (
        f"<html><body><article><h1>大雨</h1><p>{PROSE}</p>{inside}<p>{NEXT}</p></article></body>"
        "</html>"
    )


LISTS = [
    ("<ol><li>甲事<li>乙事</ol>", ["第一，甲事", "第二，乙事"]),
    ("<ol start=3><li>甲事<li>乙事</ol>", ["第三，甲事", "第四，乙事"]),
    ("<ol reversed><li>甲事<li>乙事</ol>", ["第二，甲事", "第一，乙事"]),
    ("<ol><li value=7>甲事<li>乙事</ol>", ["第七，甲事", "第八，乙事"]),
    ("<ol type=A><li>甲事<li>乙事</ol>", ["A，甲事", "B，乙事"]),
    ("<ol type=i><li>甲事</ol>", ["第一，甲事"]),
    ("<ol style='list-style-type: lower-latin'><li>甲事</ol>", ["A，甲事"]),
    ("<ol style='list-style:none'><li>甲事</ol>", ["甲事"]),
    ("<ol class='list-unstyled'><li>甲事</ol>", ["甲事"]),
    ("<ul><li>甲事</ul>", ["甲事"]),
    ("<ul style='list-style-type:cjk-ideographic'><li>甲事</ul>", ["第一，甲事"]),
    ("<ol><li><p>甲事</p><p>乙事</p></li><li>丙</ol>", ["第一，甲事", "乙事", "第二，丙"]),
    ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["第一，甲", "第一，子", "第二，乙"]),
    ("<ol><li><ul><li>甲事</ul></ol>", ["第一，甲事"]),
    ("<ol><li><ol><li>甲事</ol></ol>", ["第一，第一，甲事"]),
    ("<ol><li hidden>甲事<li>乙事</ol>", ["第一，乙事"]),
    ("<ol><li><li>乙事</ol>", ["第二，乙事"]),
    ("<ol><li><img alt='一只猫'></ol>", ["第一，图片：一只猫"]),
    ("<ol start=0><li>甲</ol><ol start=-2><li>乙</ol>", ["第零，甲", "负二，乙"]),
    ("<ol start=x><li value=''>甲事</ol>", ["第一，甲事"]),
    ("<ol><li>1,000元<li>2.5亿元<li>3个桃", ["第一，1,000元", "第二，2.5亿元", "第三，3个桃"]),
    ("<ol><li>第一天下雨<li>10:30出发</ol>", ["第一，第一天下雨", "第二，10:30出发"]),
]


@pytest.mark.parametrize(("inside", "lines"), LISTS)
def test_the_number_of_an_item_is_said(inside: str, lines: list[str]) -> None:
    assert said(article_of(page(inside), ".html")) == lines


def test_in_a_book_too() -> None:
    for inside, lines in LISTS[:1]:
        body = f"<h1>大雨</h1><p>{PROSE}</p>{inside.replace('<li>乙', '</li><li>乙')}"
        data = zipped(epub_parts([body.replace("</ol>", "</li></ol>")]))
        assert said(article_of(data, ".epub")) == lines


def test_a_number_that_stands_in_the_text_is_said_once_and_on_record() -> None:
    items = ["1. 甲事", "二、乙事", "(3) 丙事", "④丁事", "第五步，戊事", "六是己事", "8. 庚事"]
    article = article_of(page(f"<ol>{''.join(f'<li>{item}' for item in items)}</ol>"), ".html")
    assert said(article) == [*items[:-1], "第七，8. 庚事"]
    assert gone(article) == ["第一", "第二", "第三", "第四", "第五", "第六"]


def test_in_markdown() -> None:
    text = f"""# 大雨

{PROSE}

3. 先搬大件
4. 再搬小件
   1. 瓷器

- 丙

<ol start="5"><li>戊</li></ol>

1\\. 写在字里的号

![一只猫](a.png) ![image](b.png)

1. ```python
   x = 1
   ```

{NEXT}
"""
    assert said(article_of(text, ".md")) == [
        "第三，先搬大件", "第四，再搬小件", "第一，瓷器", "丙", "第五，戊", "1. 写在字里的号",
        "图片：一只猫", "第一，此处为代码，略。",
    ]  # fmt: skip


LEVELS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/><w:pStyle w:val="1"/>'
    "</w:lvl></w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
)


def item(text: str, number: str = "1", level: str = "0", style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    placed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{placed}</w:pPr>{run(text)}</w:p>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (item("甲") + item("乙"), ["第一，甲", "第二，乙"]),
        (item("甲") + item("子", level="1") + item("丑", level="1") + item("乙"),
         ["第一，甲", "1.1，子", "1.2，丑", "第二，乙"]),
        (item("甲") + item("子", level="1") + item("乙") + item("寅", level="1"),
         ["第一，甲", "1.1，子", "第二，乙", "2.1，寅"]),
        (item("甲") + item("点", level="2") + item("乙"), ["第一，甲", "点", "第二，乙"]),
        (item("甲") + item("乙", "2") + item("丙", "2"), ["第一，甲", "第五，乙", "第六，丙"]),
        (item("甲", "0") + item("乙", "99"), ["甲", "乙"]),
        (item("雨", "3", style="1") + f"<w:p>{run('雨停了。')}</w:p>" + item("夜", "3", style="1"),
         ["第一章，雨", "雨停了。", "第二章，夜"]),
        (item("第一章 雨", "3") + item("") + item("乙"), ["第一章 雨", "第二，乙"]),
        (item("甲", level="8") + item("乙", level="x"), ["甲", "第一，乙"]),
    ],
)  # fmt: skip
def test_words_own_numbers_are_said(body: str, lines: list[str]) -> None:
    whole = f"<w:p>{run(PROSE)}</w:p>{body}<w:p>{run(NEXT)}</w:p>"
    article = article_of(zipped(docx_parts(whole, numbering=LEVELS)), ".docx")
    assert said(article) == lines


@pytest.mark.parametrize(
    ("inside", "lines", "left"),
    [
        ("<img alt='一只猫在窗台'>", ["图片：一只猫在窗台"], []),
        ("<img alt=''><img>", [], []),
        ("<figure><img alt='一只猫'><figcaption>一只猫在窗台。</figcaption></figure>",
         ["图片：一只猫在窗台。"], ["一只猫"]),
        ("<figure><img alt=''><figcaption>江水上涨。</figcaption></figure>",
         ["图片：江水上涨。"], []),
        ("<figure><img alt='人群'><figcaption>江水上涨。</figcaption></figure>",
         ["图片：人群", "江水上涨。"], []),
        ("<figure><img alt='甲'><img alt='乙'><figcaption>两只猫</figcaption></figure>",
         ["图片：甲", "图片：乙", "两只猫"], []),
        ("<figure><table><tr><td>甲<td>乙</table><figcaption>数字</figcaption></figure>",
         ["甲，乙", "数字"], []),
        (f"<img alt='{LONG}'>", [f"图片：{LONG[:CUT]}"], [LONG[CUT:]]),
        ("<img alt='图书馆外的长队'>", ["图片：图书馆外的长队"], []),
        ("<figure><img><figcaption>图为长队。</figcaption></figure>", ["图为长队。"], []),
        ("<img alt='IMG_1.HEIC'><img alt='微信图片_2024'><img alt=logo>", [],
         ["IMG_1.HEIC", "微信图片_2024", "logo"]),
        ("<img alt='大雨'>", [], ["大雨"]),
        ("<img alt='猫'><p>中间的话。</p><img alt='猫'>", ["图片：猫", "中间的话。"], ["猫"]),
    ],
)  # fmt: skip
def test_a_picture_is_announced_once(inside: str, lines: list[str], left: list[str]) -> None:
    article = article_of(page(inside), ".html")
    assert said(article) == lines
    assert gone(article) == left


def test_how_much_is_said_can_be_chosen() -> None:
    html = page(f"<img alt='{LONG}'><figure><img><figcaption>江水上涨。</figcaption></figure>")
    off = article_of(html, ".html", EditingRules(alt_text="off"))
    assert (said(off), gone(off)) == (["图片：江水上涨。"], [LONG])
    full = article_of(html, ".html", EditingRules(alt_text="full"))
    assert (said(full), gone(full)) == ([f"图片：{LONG}", "图片：江水上涨。"], [])
    kept = article_of(html, ".html", EditingRules(alt_text="off", keep=("很长的说明",)))
    assert said(kept) == [f"图片：{LONG}", "图片：江水上涨。"]


def test_in_traditional_characters() -> None:
    prose = "今天的雨下得很大，江水漫過了堤岸，附近的居民都撤到了山上。"
    text = f"# 大雨\n\n{prose}\n\n![一隻貓](a.png)\n"
    assert said(article_of(text, ".md"))[-1] == "圖片：一隻貓"


def test_words_pictures_are_described() -> None:
    drawing = '<w:r><w:drawing><w:inline><w:docPr descr="{}"/></w:inline></w:drawing></w:r>'
    told = drawing.format("江边的人群&#10;&#10;描述已自动生成")
    empty = drawing.format("") + drawing.format("描述已自动生成")
    body = f"<w:p>{run(PROSE)}{told}{empty}</w:p><w:p>{run(NEXT)}</w:p>"
    assert said(article_of(zipped(docx_parts(body)), ".docx")) == ["图片：江边的人群"]
