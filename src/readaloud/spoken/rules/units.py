"""Money, temperatures, percentages and units in letters."""

from __future__ import annotations

import re

from readaloud.chinese.numerals import cardinal, counted, number
from readaloud.spoken.rules.rule import NEW, NUMBER, SCALE, SIGN, TO, choice, rule

_CURRENCIES = {
    "US$": "美元", "USD": "美元", "HK$": "港元", "HKD": "港元", "NT$": "新台币", "TWD": "新台币",
    "S$": "新加坡元", "AU$": "澳元", "A$": "澳元", "CA$": "加元", "C$": "加元", "RMB": "元",
    "CNY": "人民币", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "$": "美元", "＄": "美元",
    "€": "欧元", "£": "英镑", "￡": "英镑", "¥": "元", "￥": "元", "₩": "韩元", "₽": "卢布",
    "₹": "卢比", "฿": "泰铢", "₫": "越南盾",
}  # fmt: skip
_CURRENCY = choice(" ".join(_CURRENCIES))
_LENGTHS = {
    "km": "公里", "KM": "公里", "Km": "公里", "㎞": "公里", "cm": "厘米", "㎝": "厘米", "dm": "分米",
    "mm": "毫米", "㎜": "毫米", "μm": "微米", "µm": "微米", "nm": "纳米", "m": "米",
}  # fmt: skip
_UNITS = {
    **_LENGTHS,
    **{f"{unit}{two}": f"平方{name}" for unit, name in _LENGTHS.items() for two in ("2", "²")},
    **{f"{unit}{three}": f"立方{name}" for unit, name in _LENGTHS.items() for three in ("3", "³")},
    **{f"km{two}": "平方千米" for two in ("2", "²")},
    "㎡": "平方米", "㎢": "平方公里", "㎥": "立方米", "ha": "公顷", "hm²": "公顷",
    "kg": "千克", "KG": "千克", "Kg": "千克", "㎏": "千克", "mg": "毫克", "㎎": "毫克", "g": "克",
    "μg": "微克", "µg": "微克", "ug": "微克", "ng": "纳克", "t": "吨", "mL": "毫升", "ml": "毫升",
    "L": "升", "μL": "微升", "mol": "摩尔", "mmol": "毫摩尔", "μmol": "微摩尔",
    "kWh": "千瓦时", "kW·h": "千瓦时", "MWh": "兆瓦时", "GWh": "吉瓦时", "Wh": "瓦时",
    "mAh": "毫安时", "kW": "千瓦", "KW": "千瓦", "MW": "兆瓦", "GW": "吉瓦", "kV": "千伏", "W": "瓦",
    "V": "伏", "Hz": "赫兹", "kHz": "千赫兹", "MHz": "兆赫兹", "GHz": "吉赫兹", "dB": "分贝",
    "Pa": "帕", "kPa": "千帕", "hPa": "百帕", "MPa": "兆帕", "mmHg": "毫米汞柱", "N·m": "牛米",
    "kcal": "千卡", "cal": "卡", "kJ": "千焦", "h": "小时", "min": "分钟", "ms": "毫秒", "s": "秒",
    "°": "度", "′": "分", "″": "秒", "℉": "华氏度", "°F": "华氏度", "rpm": "转每分钟",
    "bpm": "次每分钟", "bp": "个基点", "bps": "个基点", "BP": "个基点", "pct": "个百分点",
}  # fmt: skip
_MISTAKABLE = frozenset("hst")
"""A digit before these may be a model (iPhone 5s)."""
_UNIT = choice(" ".join(_UNITS))
_CLEAR_UNIT = choice(" ".join(_UNITS.keys() - _MISTAKABLE))
_SPOKEN_UNIT = "[一-鿿]{0,4}[元克吨斤升米里次人个件天度时卡瓦钟]"
_CELSIUS = "(?:℃|° ?[Cc]|摄氏度)"
_MINUS = f"零下|{SIGN}"


def _money(match: re.Match[str]) -> str:
    """$500万, ¥20-30, US$1.2亿元."""
    said = counted(match["first"])
    if match["second"]:
        said += "到" + counted(match["second"])
    return said + (match["scale"] or "") + _CURRENCIES[match["name"]]


def _temperature(match: re.Match[str]) -> str:
    """A temperature or a range of two; below zero it is 零下."""
    parts = match.groupdict()
    unit = "度" if match["unit"] == "度" else "摄氏度"
    last = ("零下" if match["minus"] else "") + number(match["last"]) + unit
    if not parts.get("first"):
        return last
    first = ("零下" if match["below"] else "") + number(match["first"])
    same_side = bool(match["below"]) == bool(match["minus"])
    return f"{first}{'' if same_side else unit}到{last}"


def _per_hundred(match: re.Match[str]) -> str:
    """One percentage or per mille, or a range of two; the sign is said before it."""
    name = "千分之" if match["unit"] == "‰" else "百分之"
    last = _signed(match["sign"], name + _whole_hundred(match["last"]))
    if not match["first"]:
        return last
    return f"{_signed(match['lower'], name + number(match['first']))}到{last}"


def _whole_hundred(text: str) -> str:
    """100 % is 百分之百."""
    return "百" if text == "100" else number(text)


def _signed(sign: str | None, said: str) -> str:
    return {"+": "正", "＋": "正", "±": "正负"}.get(sign, "负") + said if sign else said


def _network(match: re.Match[str]) -> str:
    return cardinal(match[1]) + "G"


def _measure(match: re.Match[str]) -> str:
    """A number or a range with a unit in letters, with what it is per."""
    parts = match.groupdict()
    unit = _UNITS[match["unit"]]
    say = number if unit in {"度", "分", "秒"} else counted
    said = say(match["last"]) + (match["scale"] or "") + unit
    if match["first"]:
        said = f"{say(match['first'])}到{said}"
    if not parts.get("per"):
        return said
    many, base = parts["many"], _UNITS.get(parts["per"], parts["per"])
    if many:
        return f"每{'百' if many == '100' else counted(many)}{base}{said}"
    if parts["speed"]:
        return parts["speed"] + said
    return f"{said}每{base}" if unit.endswith("摩尔") else f"每{base}{said}"


UNIT_RULES = (
    rule(
        "acceleration",
        rf"(?<![\d.])0{TO}(\d{{2,3}})\s?(?:km/h|公里/小时|公里每小时)(?=\s?加速)",
        lambda m: f"零到{cardinal(m[1])}公里",
    ),
    rule("above zero", rf"(?<![\d.,A-Za-z])[+＋](?={NUMBER}\s?{_CELSIUS})", lambda _: "零上"),
    rule(
        "currency before",
        rf"(?P<name>{_CURRENCY})\s?(?P<first>{NUMBER})(?:{TO}(?P<second>{NUMBER}))?\s?"
        rf"(?P<scale>{SCALE})?(?:美元|港元|港币|新台币|欧元|英镑|人民币|元)?",
        _money,
    ),
    rule(
        "temperature",
        rf"(?<![\d.,A-Za-z])(?:(?P<below>{_MINUS})?(?P<first>{NUMBER})\s?(?:{_CELSIUS}|度)?{TO})?"
        rf"(?P<minus>{_MINUS})?(?P<last>{NUMBER})\s?(?P<unit>{_CELSIUS})",
        _temperature,
    ),
    rule(
        "temperatures below zero",
        rf"(?<![\d.,A-Za-z])(?P<below>{_MINUS})(?P<first>{NUMBER})度?{TO}(?P<minus>{_MINUS})?"
        rf"(?P<last>{NUMBER})(?P<unit>度)",
        _temperature,
    ),
    rule(
        "temperature below zero",
        rf"(?<![\d.,A-Za-z])(?P<minus>{SIGN})(?P<last>{NUMBER})(?P<unit>度)",
        _temperature,
    ),
    rule(
        "percentage",
        rf"(?<![\d.,A-Za-z%％‰])(?:(?P<lower>[-−–－+＋])?(?P<first>{NUMBER})[%％‰]?{TO})?"
        rf"(?P<sign>[-−–－+＋±])?(?P<last>{NUMBER})\s?(?P<unit>[%％‰])",
        _per_hundred,
    ),
    rule("network", r"(?<![\dA-Za-z])([2-6])g(?=网|手机|时代|基站|信号|通信|技术)", _network),
    rule(
        "unit",
        rf"(?P<speed>时速)?{NEW}(?:(?P<first>{NUMBER})\s?{_UNIT}?{TO})?(?P<last>{NUMBER})"
        rf"(?P<scale>[万亿])?\s?(?P<unit>{_CLEAR_UNIT})"
        rf"(?:[/／](?P<many>\d{{1,4}})?(?P<per>{_UNIT}|[一-鿿]))?(?![A-Za-z0-9²³])",
        _measure,
    ),
    rule(
        "unit that may be a model",
        rf"{NEW}(?<![A-Za-z]\s)(?:(?P<first>{NUMBER}){TO})?(?P<last>{NUMBER})(?P<scale>[万亿])?"
        r"(?P<unit>[hst])(?![A-Za-z0-9²³/])",
        _measure,
    ),
    rule("per", r"(?<=[元镑铢])[/／](?=[股人吨斤桶件份年月天日次张个只平盎千公])", lambda _: "每"),
    rule("per", rf"(\d\s?{_SPOKEN_UNIT})[/／](?=[一-鿿])", lambda m: m[1] + "每"),
)
