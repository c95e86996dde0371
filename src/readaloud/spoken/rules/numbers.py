"""Scores, fractions, ranges, signs, ordinals, and 2 as 两."""

from __future__ import annotations

import re

from readaloud.chinese.numerals import cardinal, counted, digits, number
from readaloud.spoken.rules.rule import DASH, END, NEW, NUMBER, SCALE, SIGN, choice, rule

_FRACTIONS = {
    "½": "二分之一", "⅓": "三分之一", "⅔": "三分之二", "¼": "四分之一", "¾": "四分之三",
    "⅕": "五分之一", "⅖": "五分之二", "⅛": "八分之一",
}  # fmt: skip
_ROMAN = {symbol: value for value, symbol in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}
_ROMAN |= {symbol: value for value, symbol in enumerate("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", 1)}
_RESULT = choice(
    "获胜 战胜 击败 取胜 拿下 险胜 大胜 小胜 完胜 领先 落后 逆转 战平 打平 言和 不敌 负于 惜败 告负 惨败 击退 "
    "淘汰 力克 轻取 横扫 先胜 再胜 胜出 扳平 扳回 的比分 大比分 比分"
)
_MATCH = (
    r"(?:[以为](?:总?比分)?|比分|局分|总分|首局|次局|末局|半场|上半场|全场|首盘|首节|第?[一二三四五六七]局"
    r"|第?[一二三四五六七]盘)(?:总?比分)?[为是以被:： ]{0,2}"
)
_RATIO = r"(?:比例|配比|比值|之比|比率|汇率|比)[约为是按达:： ]{0,3}"
_TERM = r"(?<=[\dA-Za-z%％一-鿿])\s?"
_NAMED_SIDE = choice(
    "中国 日本 韩国 朝鲜 泰国 越南 伊朗 沙特 卡塔尔 阿联酋 澳大利亚 美国 加拿大 墨西哥 巴西 阿根廷 乌拉圭 "
    "智利 哥伦比亚 英格兰 苏格兰 威尔士 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 丹麦 挪威 波兰 "
    "俄罗斯 乌克兰 克罗地亚 塞尔维亚 土耳其 希腊 摩洛哥 埃及 塞内加尔 加纳 喀麦隆 尼日利亚 国足 国奥 女足 男足 "
    "皇马 巴萨 马竞 曼联 曼城 利物浦 切尔西 阿森纳 热刺 拜仁 多特蒙德 尤文 尤文图斯 国米 国际米兰 米兰 罗马 "
    "拉齐奥 那不勒斯 巴黎 国安 申花 海港 泰山 恒大 鲁能 亚泰 三镇 湖人 勇士 火箭 爆冷 惨遭 主场 客场"
)
_SIDE = f"(?:队|{_NAMED_SIDE})"
_VERSUS = "[-‐–—:：∶]"
_COUNTED = (
    "[个名位人只支条张件台辆架艘座栋幢间所家口块片根棵株头匹场回遍趟轮批组套部本册份封幅句样种类款项点"
    "天周岁倍成元块毛角斤吨米里尺寸升度瓶杯碗盒箱袋包桶桌队对副国省市县地大处声步脚拳眼排圈节刻国幅篇门把"
    "顶朵颗粒滴笔股串段堆群伙双两会次亩时分秒万亿千百]|小时|年(?![级代月])|公[里斤顷分]|千[克米瓦]|厘米|毫[米升克]|平方|立方|克"
)
_NAMED = r"[日月号楼级班路线环期胎手战等维中氧甲乙代栋]|单元|年级|人转|次元|进制|把手|次方|极管|重奏|重唱|伏天|叉|郎"


def _score(match: re.Match[str]) -> str:
    return f"{match[1]}{cardinal(match[2])}比{cardinal(match[3])}"


def _scores(match: re.Match[str]) -> str:
    """The scores of several sets."""
    return re.sub(rf"(?<=\d){_VERSUS}(?=\d)", "比", match[0]).replace("/", "，")


def _fraction(match: re.Match[str]) -> str:
    if not 0 < int(match[1]) < int(match[2]) <= 1000:
        return match[0]
    return f"{cardinal(match[2])}分之{cardinal(match[1])}"


def _range(match: re.Match[str]) -> str:
    """From A to B; a falling pair of whole numbers that counts nothing is a score."""
    first, second, unit = match[1], match[2], match[3]
    falling = float(first.replace(",", "")) >= float(second.replace(",", ""))
    counts = unit and re.match(rf"{_COUNTED}|{SCALE}|{_NAMED}", unit)
    if falling and not counts and "." not in first + second:
        return f"{number(first)}比{number(second)}{unit}"
    say = counted if unit and re.match(_COUNTED, unit) else number
    return f"{say(first)}到{say(second)}{unit}"


SUM_RULES = (
    rule(
        "times",
        rf"{NEW}({NUMBER})(米|厘米)?\s?[×xX✕＊*]\s?({NUMBER}){END}",
        lambda m: f"{number(m[1])}{m[2] or ''}乘{number(m[3])}",
    ),
    rule("times", rf"(?<=\d)\s?[×✕]\s?(?={NUMBER})", lambda _: "乘"),
    rule("divided by", rf"(?<=\d)\s?÷\s?(?={NUMBER})", lambda _: "除以"),
    rule(
        "difference",
        rf"{NEW}({NUMBER})\s?{SIGN}\s?({NUMBER})(?=\s?[=＝])",
        lambda m: f"{number(m[1])}减{number(m[2])}",
    ),
    rule("less or equal", rf"{_TERM}(?:≤|[<＜][=＝])\s?(?=[-−]?\d|[A-Za-z])", lambda _: "小于等于"),
    rule("more or equal", rf"{_TERM}(?:≥|[>＞][=＝])\s?(?=[-−]?\d|[A-Za-z])", lambda _: "大于等于"),
    rule("less", rf"{_TERM}[<＜]\s?(?=[-−]?\d)", lambda _: "小于"),
    rule("more", rf"{_TERM}[>＞]\s?(?=[-−]?\d)", lambda _: "大于"),
)
SCORE_RULES = (
    rule(
        "blood pressure",
        r"(?<![\d./])(\d{2,3})[/／](\d{2,3})\s?(?:mmHg|毫米汞柱)",
        lambda m: f"{cardinal(m[1])}比{cardinal(m[2])}毫米汞柱",
    ),
    rule(
        "blood pressure",
        r"(?<=血压)(为?)(\d{2,3})[/／](\d{2,3})(?!\d)",
        lambda m: f"{m[1]}{cardinal(m[2])}比{cardinal(m[3])}",
    ),
    rule(
        "scores",
        rf"{_MATCH}\d{{1,3}}{_VERSUS}\d{{1,3}}(?:[、，,和 /]{{1,2}}\d{{1,3}}{_VERSUS}\d{{1,3}}){{1,9}}(?!\d)",
        _scores,
    ),
    rule(
        "scores",
        r"(?<=[（(])\d{1,2}-\d{1,2}(?:[/、，,; ]\d{1,2}-\d{1,2}){1,6}(?=[）)])",
        _scores,
    ),
    rule(
        "score",
        rf"({_SIDE})\s?(\d{{1,3}})[-–](\d{{1,3}})(?!\d|[-–.,]\d|[%％一-鿿A-Za-z])",
        _score,
    ),
    rule("score", r"(?<![\d.,-])()(0)[-–](\d{1,2})(?=[，。、；！？]|$)", _score),
    rule("ratio", rf"({_RATIO})(\d{{1,4}})[:：∶](\d{{1,4}})(?!\d|[:：∶.]\d)", _score),
    rule(
        "score",
        rf"({_MATCH})(\d{{1,3}}){_VERSUS}(\d{{1,3}})(?!\d|{_VERSUS}\d|\.\d|[%％年月日号岁元])",
        _score,
    ),
    rule(
        "score",
        rf"(?<![\d.:：∶-])()(\d{{1,3}}){_VERSUS}(\d{{1,3}})(?=的?{_RESULT})",
        _score,
    ),
    rule(
        "scores",
        rf"(?<!\d)()(\d{{1,2}}){_VERSUS}(\d{{1,2}})(?=(?:[、，和]\d{{1,2}}{_VERSUS}\d{{1,2}}){{1,6}}的?{_RESULT})",
        _score,
    ),
)
NUMBER_RULES = (
    rule(
        "fraction sign",
        rf"(?:(?<!\d)(\d{{1,6}}))?([{''.join(_FRACTIONS)}])",
        lambda m: (f"{cardinal(m[1])}又" if m[1] else "") + _FRACTIONS[m[2]],
    ),
    rule(
        "Roman numerals", rf"(?<=[{''.join(_ROMAN)}]){DASH}(?=[{''.join(_ROMAN)}])", lambda _: "到"
    ),
    rule("Roman numeral", f"[{''.join(_ROMAN)}]", lambda m: cardinal(str(_ROMAN[m[0]]))),
    rule("ratio", r"(?<![\d.:：∶])()(\d{1,4})[:：∶](\d{1,4})(?![\d:：∶.])", _score),
    rule("fraction", r"(?<![\d./])(\d{1,3})[/／](\d{1,4})(?![\d./])", _fraction),
    rule(
        "range",
        rf"{NEW}({NUMBER}){DASH}{{1,2}}({NUMBER})(?!\d|[.,]\d|[-–—]\d)((?:{SCALE}|[一-鿿])?)",
        _range,
    ),
    rule("range", rf"{NEW}({NUMBER})[至到]({NUMBER}){END}((?:{SCALE}|[一-鿿])?)", _range),
    rule(
        "range of one unit",
        rf"(\d{SCALE}?([一-鿿]{{0,3}})){DASH}(?=(?:{NUMBER}){SCALE}?\2)",
        lambda m: m[1] + "到",
    ),
    rule("minus", rf"(?<![\d.,A-Za-z)）%％]){SIGN}(?={NUMBER})", lambda _: "负"),
    rule("more than", r"(?<![\d.])(\d{1,12})\+(?![\d+])", lambda m: f"{cardinal(m[1])}多"),
    rule("plus", r"(?<=\d)\+(?=\d)", lambda _: "加"),
    rule(
        "ordinal", r"(?<![A-Za-z])(?:No|NO|№)\.?\s?(\d{1,4})(?!\d)", lambda m: "第" + cardinal(m[1])
    ),
    rule("ordinal", r"第\s?(\d{1,12})(?!\d|[.,]\d)", lambda m: "第" + cardinal(m[1])),
    rule("two", rf"(?<![\d.,])2(?=\s?(?:{_NAMED}|两(?!个)))", lambda _: "二"),
    rule("two", rf"(?<![\d.,])2\s?(?=(?!大于){_COUNTED})", lambda _: "两"),
    rule("thousands", r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])", lambda m: counted(m[0])),
    rule(
        "long number",
        r"(?<![\d.,])\d{9,20}(?=[万亿元人美])|(?<![\d.,])\d{6,17}000(?!\d|[.,]\d)",
        lambda m: cardinal(m[0]),
    ),
    rule("long digits", r"(?<![\d.,])\d{9,}(?!\d|[.,]\d)", lambda m: digits(m[0])),
)
