"""Years, dates and times of day."""

from __future__ import annotations

import re

from readaloud.chinese.numerals import cardinal, digits
from readaloud.spoken.rules.rule import DASH, END, TO, choice, rule

_YEAR = r"(?<![\d.,A-Za-z])((?:1\d|20|21)\d{2})"
_SHORT = r"(?<![\d.])(\d{1,2})"
_COLON = "[:：∶]"
_LASTING = "(近|约|有|长达|超过|历时|距今|了|达|整整|过|多|共|满)"
_EVENTS = choice(
    "东京 北京 上海 广州 深圳 巴黎 伦敦 里约 杭州 成都 卡塔尔 世界杯 欧洲杯 亚洲杯 奥运 冬奥 亚运 "
    "中国 全国 全球 世界 国际 亚洲 国考 高考 考研 春晚 跨年 春运 新年 春节 财年 财报 春季 秋季 "
    "春夏 秋冬 上半年 下半年"
)
_NO_DAY = r"[%％℃°度元米人个岁天月年倍比分级赛]"
_MEMORABLE = choice(
    "事件 晚会 地震 事变 恐怖 恐袭 购物 大促 洪水 暴雨 动车 运动 青年节 建军节 儿童节 袭击 特大 "
    "惨案 国家公祭 劳动节 国庆 枪击 爆炸"
)


def _full_date(match: re.Match[str]) -> str:
    """2020-01-23, 08-2008, where it can be a date."""
    year, month, day = match["year"], match["month"], match["day"]
    if not (1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31):
        return match[0]
    return f"{digits(year)}年{cardinal(month)}月" + (f"{cardinal(day)}日" if day else "")


def _clock(match: re.Match[str]) -> str:
    """A time of day; whole hours lose their minutes."""
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return match[0]
    said = ("两" if hour == 2 else cardinal(match[1])) + "点"
    if minute or second:
        said += _sixtieth(minute) + "分"
    return said + (_sixtieth(second) + "秒" if second else "")


def _half_day(match: re.Match[str]) -> str:
    """9:30 a.m. is 上午九点三十分; from six on, p.m. is 晚上."""
    if int(match[1]) > 12:
        return _clock(match)
    if match.string[: match.start()].endswith(("午", "晚上", "早上", "凌晨", "傍晚")):
        return _clock(match)
    evening = 6 <= int(match[1]) < 12
    name = "上午" if match["half"] in "aA" else "晚上" if evening else "下午"
    return name + _clock(match)


def _sixtieth(value: int) -> str:
    return ("零" if 0 < value < 10 else "") + cardinal(str(value))


def _two_years(match: re.Match[str]) -> str:
    return f"{digits(match[1])}到{digits(match[2])}"


def _rising_years(match: re.Match[str]) -> str:
    """1941-1945, where the second can follow the first."""
    return _two_years(match) if int(match[1]) < int(match[2]) else match[0]


def _spell(match: re.Match[str]) -> str:
    return digits(match[0])


def _count(match: re.Match[str]) -> str:
    return cardinal(match[0])


_YEARS = (
    rule(
        "day first or month first",
        rf"(?<![\d.,A-Za-z])(?P<month>\d{{2}})(?P<mark>[-./])(?:(?P<day>\d{{2}})(?P=mark))?"
        rf"(?P<year>(?:19|20)\d{{2}}){END}",
        _full_date,
    ),
    rule("until", r"(?<![\d一-鿿A-Za-z])-(?=(?:19|20)\d{2}[.年])", lambda _: "到"),
    rule(
        "full date",
        r"(?<![\d.,A-Za-z])(?P<year>(?:1\d|20|21)\d{2})(?P<mark>[-./])(?P<month>\d{1,2})"
        rf"(?P=mark)(?P<day>\d{{1,2}})日?{END}",
        _full_date,
    ),
    rule(
        "full date without marks",
        r"(?<![\d.,A-Za-z-])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?!\d|[.,]\d|[万亿元个人件台股吨])",
        _full_date,
    ),
    rule(
        "month of a year",
        _YEAR + rf"-(0[1-9]|1[0-2]){END}(?![-年])",
        lambda m: f"{digits(m[1])}年{cardinal(m[2])}月",
    ),
    rule(
        "season",
        _YEAR + r"[/／-](\d{2}|(?:19|20)\d{2})(?=年?(?:赛季|年度|学年|财年|雪季|榨季))",
        _two_years,
    ),
    rule(
        "years",
        _YEAR + rf"(年?){TO}((?:1\d|20|21)\d{{2}})(?=年|学年|赛季|[)）])",
        lambda m: f"{digits(m[1])}{m[2]}到{digits(m[3])}",
    ),
    rule("years", _YEAR + rf"{TO}(\d{{2}})(?=年(?!代))", _two_years),
    rule(
        "years", _YEAR + rf"{DASH}{{1,2}}((?:1\d|20|21)\d{{2}})(?=[，。、；！？]|$)", _rising_years
    ),
    rule("decade", _YEAR + r"(?:年代|['’]?s(?![A-Za-z]))", lambda m: digits(m[1]) + "年代"),
    rule(
        "decades",
        rf"(?<!\d)(\d0)({TO}|[、和及])(\d0)(?=年代)",
        lambda m: cardinal(m[1]) + (m[2] if m[2] in "、和及至" else "到") + cardinal(m[3]),
    ),
    rule("decade", r"(?<!\d)\d0(?=年代)", _count),
    rule("generation", r"(?<![\d.])\d[05](?=(?:[、和]?\d[05])*后(?![卫腰排视面方来]))", _spell),
    rule("years that last", _LASTING + r"(\d{1,3}00)(?=年)", lambda m: m[1] + cardinal(m[2])),
    rule(
        "years that last",
        r"(?<![\d.])\d{3,5}(?=年(?:多|余|来|以上|以下|左右|之久|之前|的?(?:历史|寿命|时间|刑期)))(?!20\d\d年来)",
        _count,
    ),
    rule("years ago", r"(?<![\d.元])1[0-3]\d\d(?=年以?前(?!后))", _count),
    rule("years ago", r"(?<![\d.])\d{1,2}00(?=年(?:以?前(?!后)|间|内))", _count),
    rule("year", r"(公元前?)(\d{1,4})(?=年)", lambda m: m[1] + digits(m[2])),
    rule("year", _YEAR + r"(?=年)", lambda m: digits(m[1])),
    rule(
        "year", r"(?<![\d.])(?:0\d|\d{2}(?=年(?:\d{1,2}月|[春夏秋冬初底末款版届级])))(?=年)", _spell
    ),
    rule(
        "year",
        r"((?:^|[在从自到于至，。“]))([89]\d)(?=年[^前后以来内间多余历寿之的，。、；])",
        lambda m: m[1] + digits(m[2]),
    ),
    rule("years that last", r"(?<![\d.,])\d{3,5}(?=年)", _count),
    rule("year of an event", rf"(?<![\d.,])(?:19|20)\d{{2}}(?=\s?{_EVENTS})", _spell),
    rule(
        "year in a name",
        r"(?:^|(?<=[“「《（【]))(?:19|20)\d{2}(?=[一-鿿])(?![多余万亿个人名元米吨件辆台只条位种次套家所户亩公千克])",
        _spell,
    ),
)
_DAYS = (
    rule(
        "month and day",
        rf"(?<![\d.,:：/-])(0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])日?(?![-/\d]|[.,:：]\d|{_NO_DAY})",
        lambda m: f"{cardinal(m[1])}月{cardinal(m[2])}日" if "0" in m[1][0] + m[2][0] else m[0],
    ),
    rule("national day", r"(?<![\d.])10[·•・]1(?![\d.])", lambda _: "十一"),
    rule(
        "memorable day",
        r"(?<![\d.·])(?:1[0-2]|[1-9])[·•・](?:3[01]|[12]\d|[1-9])(?![\d.])",
        _spell,
    ),
    rule(
        "memorable day",
        rf"(?<![\d.])(?:1[0-2]|[1-9])[./](?:3[01]|[12]\d|[1-9])(?=[”\"']?{_MEMORABLE})",
        _spell,
    ),
    rule(
        "days",
        rf"{_SHORT}月(\d{{1,2}})[日号]?{DASH}{{1,2}}(\d{{1,2}})月(\d{{1,2}})(?=[日号])",
        lambda m: f"{cardinal(m[1])}月{cardinal(m[2])}日到{cardinal(m[3])}月{cardinal(m[4])}",
    ),
    rule(
        "days",
        rf"{_SHORT}([日号]?){DASH}{{1,2}}(\d{{1,2}})(?=[日号](?![线楼]))",
        lambda m: f"{cardinal(m[1])}{m[2]}到{cardinal(m[3])}",
    ),
    rule(
        "months",
        rf"{_SHORT}(月?){DASH}{{1,2}}(\d{{1,2}})(?=月)",
        lambda m: f"{cardinal(m[1])}{m[2]}到{cardinal(m[3])}",
    ),
    rule("month", r"(?<![\d.])\d{1,2}(?=月)", _count),
    rule("day", r"(?<![\d.])\d{1,2}(?=日(?!元|圆|均))", _count),
)
_TIMES = (
    rule(
        "time with a.m. or p.m.",
        rf"(?<![\d:：∶.])(\d{{1,2}})(?:{_COLON}([0-5]\d))?(?:{_COLON}(\d{{2}}))?"
        r"\s?(?P<half>[aApP])(?:[mM](?![A-Za-z])|\.[mM]\.?)",
        _half_day,
    ),
    rule(
        "times",
        rf"(?<![\d:：∶.])(\d{{1,2}}){_COLON}([0-5]\d)(){TO}(?=\d{{1,2}}{_COLON}[0-5]\d)",
        lambda m: f"{_clock(m)}到",
    ),
    rule(
        "time",
        rf"(?<![\d:：∶.])(\d{{1,2}}){_COLON}([0-5]\d)(?:{_COLON}(\d{{2}}))?(?!\d|{_COLON}|\.\d)",
        _clock,
    ),
)
_RECORDS = (rule("hundredths", r"(?<=\d秒)\d{1,3}(?![\d.])", _spell),)
_BETWEEN = (
    rule(
        "from one time to another",
        rf"(?<=[日号点时分半]){DASH}(?=次日|当日|晚|早|凌晨|下午|[\d零一二三四五六七八九十]{{1,6}}[年月日点时:：])",
        lambda _: "到",
    ),
)
DATE_RULES = (*_RECORDS, *_YEARS, *_DAYS, *_TIMES, *_BETWEEN)
