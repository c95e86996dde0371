"""Names that end in a number: models, versions, lineages, well-known figures."""

from __future__ import annotations

import re

from readaloud.chinese.numerals import cardinal, digits, number
from readaloud.spoken.rules.rule import END, MEASURED, choice, rule

_MODEL_KIND = choice(
    "歼 轰 运 直 武 米格 米 苏 图 鹰 枭 图系列 长征 神舟 东风 嫦娥 天问 天宫 天舟 蛟龙 巨浪 红旗 鹰击 北斗 "
    "风云 海洋 实践 波音 空客 安 卡 伊尔 霹雳 霍克 翼龙 彩虹 攻击 无侦 快舟 力箭 朱雀"
)
_QUANTITY_AFTER = (
    r"(?:[%％‰℃°度元米]|[万亿]|个百分点|点|分|美元|公里|人|吨|倍|岁|次|年|月|日|天|小时|分钟)"
)


def _version(match: re.Match[str]) -> str:
    """v2.1.3, 192.168.1.1."""
    return match[1] + "点".join(_part(part) for part in match[2].split("."))


def _part(part: str) -> str:
    return cardinal(part) if len(part) < 3 and not part.startswith("0") else digits(part)


def _model(match: re.Match[str]) -> str:
    """A name and its number; a hyphen between them is silent."""
    return match[1] + _model_number(match[2])


def _model_number(text: str) -> str:
    """Short, round and decimal numbers as numbers, others digit by digit (A4, P100, A380)."""
    if text.startswith("0") and "." not in text:
        return digits(text)
    long_name = len(text) > 2 and "." not in text and not text.endswith("00")
    return digits(text) if long_name else number(text)


NAME_RULES = (
    rule(
        "lineage",
        rf"(?<![A-Za-z])(?!NO\.)([A-Z]{{1,3}})((?:\.\d{{1,4}}){{1,4}}){END}",
        lambda m: m[1] + "".join(f"点{_part(part)}" for part in m[2][1:].split(".")),
    ),
    rule("name with an underscore", r"(?<=[A-Za-z]_)\d{1,20}", lambda m: digits(m[0])),
    rule("to", r"(?<![A-Za-z\d])([BCGO])2([BCGMO])(?![A-Za-z\d])", lambda m: f"{m[1]} to {m[2]}"),
    rule("formation", r"(?<![\d.-])\d(?:-\d){2,3}(?![\d.-])", lambda m: digits(m[0])),
    rule("version", r"(?<![\d.])()(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]*\d)", _version),
    rule(
        "version",
        r"(?<![\d.A-Za-z])([Vv]?)(\d{1,4}(?:\.\d{1,4}){2,3})(?![\d.]*\d|[年月])",
        _version,
    ),
    rule("version", r"(?<![A-Za-z])([Vv])(\d{1,3}(?:\.\d{1,4})?)(?![\d.]*\d)", _version),
    rule(
        "kind and number",
        rf"({_MODEL_KIND}(?:[一二三四五六七八九十]+号)?[A-Z]?)[-‐–—](\d{{1,4}})(?!\d|[-–]\d{{5}}|\.\d|[%％‰℃°度元岁])",
        _model,
    ),
    rule("kind and number", rf"((?:波音|空客)[A-Z]?)(\d{{3}})(?!\d|{MEASURED}|架)", _model),
    rule(
        "second number of a model",
        r"(?<=[零一二三四五六七八九])[-–](\d{3})(?=[A-Z]|客机|飞机|型|机型)",
        lambda m: digits(m[0]),
    ),
    rule(
        "letters and number",
        r"(?<![A-Za-z])([A-Za-z]{1,12})[-‐–](\d{1,4}(?:\.\d{1,4})?)(?!\d|,\d|\.\d|[-–]\d)",
        _model,
    ),
    rule(
        "name and number",
        rf"(?<=[一-鿿])(?<![年月日号时点分秒到至为是在达于约近说算加减乘除果值取数或和与])()[-‐–](\d{{1,4}})(?!\d|[.,]\d|[-–—~～]\d|{_QUANTITY_AFTER})",
        _model,
    ),
    rule(
        "mask",
        r"(?<![A-Za-z])((?:KN|N|KF|FFP)-?)(9[4-9]|100)(?!\d)",
        lambda m: m[1].rstrip("-") + digits(m[2]),
    ),
    rule(
        "letters and number",
        rf"(?<![A-Za-z])([A-Za-z]{{1,12}})(\d{{1,5}}(?:\.\d{{1,4}})?){END}",
        _model,
    ),
    rule(
        "picture size",
        r"(?<!\d)(?:480|540|720|1080|1440|2160)(?=[pPiI](?![A-Za-z]))",
        lambda m: digits(m[0]),
    ),
    rule(
        "known name",
        r"(?<![\d.])(?:985|211)(?=高校|大学|院校|工程|[、和/])|(?<=[、和/])(?:985|211)(?=高校|大学|院校|工程)",
        lambda m: digits(m[0]),
    ),
    rule("known name", r"(?<![\d.])996(?=工作|制|加班|模式|[，。”])", lambda m: digits(m[0])),
    rule(
        "known name",
        r"(?<![\d.])(?:618|315|404|911)(?=大促|购物|年中|期间|电商|活动|晚会|页面|错误|事件)",
        lambda m: digits(m[0]),
    ),
    rule(
        "known name",
        r"(?<![\d.])360(?=公司|安全|杀毒|集团|浏览器|搜索|创始)",
        lambda m: digits(m[0]),
    ),
    rule(
        "number with a leading zero",
        r"(?<![\d.,:：/])0\d{1,30}(?![\d.:：/]{0,30}\d|[年月日时点分秒%])",
        lambda m: digits(m[0]),
    ),
)
