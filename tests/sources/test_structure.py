"""What stands raised, lowered, struck or as a formula in a page, and what is said for it."""

from __future__ import annotations

import pytest

from readaloud.editing import edit
from readaloud.model import Document, ReadingRules, Source
from readaloud.sources import readers


def document(text: str, suffix: str = ".html", rules: ReadingRules = ReadingRules()) -> Document:
    return readers.read(Source(f"a{suffix}", "a", suffix, text.encode()), rules)


def shown(text: str, suffix: str = ".html") -> list[str]:
    return [block.text for block in document(text, suffix).blocks]


def gone(text: str, suffix: str = ".html") -> dict[str, str]:
    return {removal.text: removal.reason for removal in document(text, suffix).removed}


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("一共10<sup>6</sup>个", "一共10⁶个"),
        ("约10<sup>-6</sup>克", "约10⁻⁶克"),
        ("层数是2<sup>n</sup>", "层数是2ⁿ"),
        ("水是H<sub>2</sub>O", "水是H₂O"),
        ("占地1200m<sup>2</sup>", "占地1200m²"),
        ("钙是Ca<sup>2+</sup>", "钙是Ca²⁺"),
        ("商标<sup>TM</sup>", "商标TM"),
        ("第5<sup>th</sup>大道", "第5th大道"),
        ("话说完了。<sup>[1]</sup>又说", "话说完了。又说"),
        ("话说完了<sup>12</sup>。", "话说完了。"),
        ("比现在高两米<sup>5</sup>。", "比现在高两米。"),
        ("占地10平方米，合10米<sup>2</sup>。", "占地10平方米，合10米²。"),
        ("增长了GDP<sup>3</sup>。", "增长了GDP。"),
        ('话说完了。<sup><a href="#n2">2</a></sup>', "话说完了。"),
        ('话说完了<a href="#n1">[注1]</a>。', "话说完了。"),
        ('见<a href="#s2">第2节</a>。', "见第2节。"),
        ("票价<s>三元</s>两元", "票价两元"),
        ('票价<span style="text-decoration: line-through">三元</span>两元', "票价两元"),
        ("是<math><msup><mn>2</mn><mi>n</mi></msup></math>层", "是2的n次方层"),
        (r"设\(a^2+b^2=c^2\)。", "设a的平方加b的平方等于c的平方。"),
        ("卖$12，再加$3。", "卖$12，再加$3。"),
        ("<code>$PATH$</code>", "$PATH$"),
        (r'写作<img alt="{\displaystyle x^{3}}">。', "写作x的立方。"),
        ('是<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span>'
         '<span class="katex-html">x</span></span>。', "是x。"),
    ],
)  # fmt: skip
def test_marks_inside_a_line(inside: str, line: str) -> None:
    assert shown(f"<html><body><p>{inside}</p></body></html>") == [line]


def test_what_was_taken_out_is_on_record() -> None:
    first = "<p>完了。<sup>[1]</sup>票价<s>三元</s>两元，<math><mi>x</mi></math></p>"
    page = f"{first}<p>[1] 出自县志。</p>"
    assert gone(page) == {"[1]": "note mark", "三元": "struck out", "x": "formula, said in words"}
    assert shown(page) == ["完了。票价两元，x", "出自县志。"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("利率是 $r$，", "利率是 r，"),
        (r"$\frac{72}{r}$ 年", "r分之72 年"),
        (r"有 $\sqrt{2gh}$ 快", "有 根号2gh 快"),
        ("$$\nA = P(1 + r)^{n}\n$$", "A等于P左括号1加r右括号的n次方"),
        ("```math\nE=mc^2\n```", "E等于mc的平方"),
        (r"$\sum_{i=1}^{n} i$", "从i等于1到n求和i"),
        (r"$-3 < x \le 5$", "负3小于x小于等于5"),
        (r"$\begin{matrix}a&b\\c&d\end{matrix}$", "（公式略）"),
        ("卖$12一瓶，运费$3，共$15", "卖$12一瓶，运费$3，共$15"),
        ("股票$AAPL和$TSLA", "股票$AAPL和$TSLA"),
        ("从$5-$10", "从$5-$10"),
        ("代码`$x$`里", "代码$x$里"),
        (r"\[1\] 王某", "[1] 王某"),
    ],
)
def test_latex_in_markdown(source: str, line: str) -> None:
    assert shown(source, ".md") == [line]


def test_formulas_keep_their_lines() -> None:
    read = document("甲\n\n$$\nx^2\n$$\n\n乙", ".md")
    assert [(block.line, block.text) for block in read.blocks][-1] == (7, "乙")
    assert [(gone.line, gone.text) for gone in read.removed] == [(3, "$$ x^2 $$")]


@pytest.mark.parametrize(
    ("source", "line", "on_record"),
    [
        (r"得$x^2。$然后", "得x的平方。然后", ["$x^2$"]),
        (r"即\(a=1，\)故", "即a等于1，故", [r"\(a=1\)"]),
        (r"$\alpha。\beta$", "（公式略）", [r"$\alpha。\beta$"]),
        ("共$5。另$6。", "共$5。另$6。", []),
        ("甲$1。1$乙", "甲$1。1$乙", []),
        ("甲$。$乙", "甲$。$乙", []),
    ],
)
def test_a_sentence_ends_outside_formulas(source: str, line: str, on_record: list[str]) -> None:
    read = document(source, ".md")
    assert [block.text for block in read.blocks] == [line]
    assert [gone.text for gone in read.removed] == on_record


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_code_is_announced_or_read(suffix: str) -> None:
    text = (
        "<p>先装好。</p>\n\n<pre>\napt install player\nplayer --volume 60\n</pre>\n\n<p>完了。</p>"
    )
    skipped = document(text, suffix)
    assert [b.text for b in skipped.blocks] == ["先装好。", "此处为代码，略。", "完了。"]
    assert [r.text for r in skipped.removed] == ["apt install player", "player --volume 60"]
    read = document(text, suffix, ReadingRules(code="read"))
    assert [b.text for b in read.blocks][1:3] == ["apt install player", "player --volume 60"]


def test_remarks_do_not_make_code_prose() -> None:
    remark = "# 先安装播放器，等它下载完再往下做，网络慢的时候要等十来分钟\n"
    code = f"照着做。\n\n```\n{remark}apt install player\n```"
    assert shown(code, ".md") == ["照着做。", "此处为代码，略。"]
    assert (
        shown(code.replace("apt install player", "这里说的是人话。"), ".md")[-1]
        == "这里说的是人话。"
    )


def test_a_term_stands_before_its_meaning() -> None:
    first = "<dt>分箱</dt><dd>分作两箱养。</dd><dd>也叫分家。</dd>"
    page = f"<dl>{first}<dt>摇蜜</dt><dd>甩出来。</dd></dl>"
    assert shown(page) == ["分箱：分作两箱养。", "也叫分家。", "摇蜜：甩出来。"]


MAIL = (
    "From: <Saved by Browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
    ' type="text/html"; boundary="xx"\n\n--xx\nContent-Type: text/html; charset=utf-8\n'
    "Content-Transfer-Encoding: quoted-printable\n\n<p>=E9=9B=AA=E5=81=9C=E4=BA=86=E3=80=82</p>\n"
    "--xx\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--xx--\n"
)


@pytest.mark.parametrize("suffix", [".html", ".mht", ".txt", ""])
def test_a_saved_page_is_unpacked_under_any_name(suffix: str) -> None:
    assert shown(MAIL, suffix) == ["雪停了。"]


SITE = "网址 https://a.example.com"


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ([f"{SITE}/x/", "y?z=1 填写。"], [f"{SITE}/x/y?z=1 填写。"]),
        (["邮箱 bao-ming@", "example.com，写明。"], ["邮箱 bao-ming@example.com，写明。"]),
        (["写信到 hulin_zhan", "@example.org，写明。"], ["写信到 hulin_zhan@example.org，写明。"]),
        ([SITE, "Word 文件也行。"], [SITE, "Word 文件也行。"]),
        ([f"{SITE}/x/", "请在周五前填写。"], [f"{SITE}/x/", "请在周五前填写。"]),
    ],
)
def test_addresses_cut_by_a_line_end(lines: list[str], blocks: list[str]) -> None:
    assert shown("\n".join(lines), ".txt") == blocks


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ("线路\t末班\n一路\t23:00", ["线路，末班", "一路，23:00"]),
        ("| 线路 | 末班 |\n| --- | --- |\n| 一路 | 23:00 |", ["线路，末班", "一路，23:00"]),
        ("品名  单价  涨跌\n黄瓜  4.6  0.8\n白菜  1.2  0.3",
         ["品名，单价，涨跌", "黄瓜，单价：4.6，涨跌：0.8", "白菜，单价：1.2，涨跌：0.3"]),
        ("品名\t单价\t涨跌\n黄瓜\t停售\t0.8\n白菜\t停售\t停售",
         ["品名，单价，涨跌", "黄瓜，停售，0.8", "白菜，停售，停售"]),
        ("首页  新闻  体育\n图片  视频  论坛\n房产  汽车  旅游",
         ["首页 新闻 体育", "图片 视频 论坛", "房产 汽车 旅游"]),
        ("他说：\t好。\n她没有说话。", ["他说： 好。", "她没有说话。"]),
    ],
)  # fmt: skip
def test_tables_in_text(lines: str, blocks: list[str]) -> None:
    assert shown(lines, ".txt") == blocks


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("详见[[内部链接|别名]]。", "详见别名。"),
        ("详见[[播种#土壤]]。", "详见播种。"),
        ("先读说明 [@li2020, p. 3]，再动手。", "先读说明，再动手。"),
        ("先读{>> 自己看的注 <<}说明。", "先读说明。"),
        ("先读%%自己看的%%说明。", "先读说明。"),
        ("用{++新的++}{--旧的--}办法。", "用新的办法。"),
        ("票价{~~三元~>两元~~}。", "票价两元。"),
        ("这是{==重点==}。", "这是重点。"),
        ("这是一段话。 ^a1b2c3", "这是一段话。"),
        ("一共2^10^个，H~2~O。", "一共2¹⁰个，H₂O。"),
        ("每天10~20~30人。", "每天10~20~30人。"),
        ("看[这里]{.smallcaps}。", "看这里。"),
        ("花{红的}开了。", "花{红的}开了。"),
        ("增长了5%，又涨10%。", "增长了5%，又涨10%。"),
        ("代码`[[a|b]]`里", "代码[[a|b]]里"),
        ("写信给[@王小明]说", "写信给[@王小明]说"),
        (
            "请上 https://a.example.com/x/\ny?z=1 填写。",
            "请上 https://a.example.com/x/y?z=1 填写。",
        ),
        ("请上 https://a.example.com\nWord 也行。", "请上 https://a.example.com Word 也行。"),
    ],
)
def test_marks_of_markdown_dialects(source: str, line: str) -> None:
    assert shown(source, ".md") == [line]


def test_an_address_cut_inside_a_picture() -> None:
    source = "![蜂箱](https://a.example.com/04/\n03/x.jpg)\n\n下文。"
    assert [(b.line, b.text) for b in document(source, ".md").blocks] == [
        (1, "蜂箱"),
        (4, "下文。"),
    ]


def test_a_table_without_its_rule() -> None:
    source = "| 线路 | 末班 |\n| 一路 | 23:00 |\n| 二路 | 22:40 |"
    assert shown(source, ".md") == ["线路，末班", "一路，23:00", "二路，22:40"]


HEAD = "<tr><th>方式</th><th>费用</th><th>亩数</th></tr>"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (f"{HEAD}<tr><td>机器</td><td>九十元</td><td> 五十</td></tr>",
         ["方式，费用，亩数", "机器，费用：九十元，亩数：五十"]),
        (f"<thead>{HEAD.replace('th>', 'td>')}</thead><tr><td>机器<td><td>五十</tr>",
         ["方式，费用，亩数", "机器，亩数：五十"]),
        (f"{HEAD}<tr><td>机器<td colspan=2>停用</tr>", ["方式，费用，亩数", "机器，停用"]),
        ("<tr><th>方式</th><th>费用</th></tr><tr><td>机器</td><td>九十元</td></tr>",
         ["方式，费用", "机器，九十元"]),
        ("<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>丁</td><td>戊</td><td>己</td></tr>",
         ["甲，乙，丙", "丁，戊，己"]),
    ],
)  # fmt: skip
def test_a_cell_is_said_behind_what_stands_over_its_column(table: str, rows: list[str]) -> None:
    assert shown(f"<html><body><table>{table}</table></body></html>") == rows


@pytest.mark.parametrize(("count", "told"), [(11, "站名，1"), (12, "表格，共12行：站名，1")])
def test_a_long_table_is_announced(count: int, told: str) -> None:
    rows = "".join(f"<tr><td>站名</td><td>{n}</td></tr>" for n in range(1, count + 1))
    page = f"<html><body><p>各站如下。</p><table>{rows}</table><p>完了。</p></body></html>"
    found = edit(document(page, ".html"))
    assert found.chapters[0].blocks[1].text == told
