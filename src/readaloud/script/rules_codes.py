"""Addresses, and numbers that name something and are read digit by digit."""

from __future__ import annotations

import re

from readaloud.script.numerals import cardinal, digits, number
from readaloud.script.rules import END, choice, rule

_MARKS = {
    ".": "点", "-": "杠", "_": "下划线", "/": "斜杠", "@": "艾特", ":": "冒号", "?": "问号",
    "=": "等于", "&": "和", "%": "百分号", "#": "井号", "+": "加", "~": "波浪号",
}  # fmt: skip
_CALL = choice(
    "拨打 致电 电话 来电 热线 专线 号码 手机 手机号 座机 短信 客服 传真 微信 电话号码 联系方式 咨询 举报电话"
)
_LABEL = choice(
    "邮编 邮政编码 验证码 编号 代码 代号 证号 账号 帐号 卡号 单号 学号 工号 车号 群号 QQ QQ号 QQ群 密码 "
    "证件号 证件号码 许可证号 文号 尾号 备案号 批准文号 条形码 身份证 身份证号 身份证号码 车牌号 区号 序列号"
)
_MEASURED = r"[年月日天个次人名位万亿元余多条点台吨米岁家户件]"
_TRAIN = "[GDCZTKYLSP]"
_ROOM = choice("室 房 病房 教室 会议室 宿舍 寝室 办公室 包间 包厢 房间")
_MODEL_KIND = choice(
    "歼 轰 运 直 武 米格 米 苏 图 鹰 枭 图系列 长征 神舟 东风 嫦娥 天问 天宫 天舟 蛟龙 巨浪 红旗 鹰击 北斗 "
    "风云 海洋 实践 波音 空客 安 卡 伊尔 霹雳 霍克 翼龙 彩虹 攻击 无侦 快舟 力箭 朱雀"
)
_QUANTITY_AFTER = (
    r"(?:[%％‰℃°度元米]|[万亿]|个百分点|点|分|美元|公里|人|吨|倍|岁|次|年|月|日|天|小时|分钟)"
)


def _yao(match: re.Match[str]) -> str:
    """The whole match digit by digit, marks left out."""
    return digits(match[0], yao=True)


def _yao_second(match: re.Match[str]) -> str:
    return match[1] + digits(match[2], yao=True)


def _address(match: re.Match[str]) -> str:
    """A web or e-mail address: words and digits, its marks by name."""
    text = match[0].rstrip(".,:?/")
    tail = match[0][len(text) :].lstrip("/")
    parts = re.findall(r"\d|[A-Za-z]+|[^A-Za-z\d]", re.sub(r"\A[a-z]+://", "", text))
    return " ".join(digits(part) or _MARKS.get(part, part) for part in parts) + tail


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


ADDRESS_RULES = (
    rule(
        "web address",
        r"(?:https?://[!-~]+|(?<![A-Za-z0-9@.])(?:[A-Za-z0-9-]{1,63}\.){1,6}"
        r"(?:com|cn|net|org|gov|edu|tw|hk|io|info|me|cc|tv|app|dev|ai|uk|jp)(?![A-Za-z])(?:/[!-~]*)?)",
        _address,
    ),
    rule(
        "e-mail",
        r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
        _address,
    ),
)
_CALLS = (
    rule("hotline", r"(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)", _yao),
    rule("landline", r"[(（]0\d{2,3}[)）][- ]?\d{3,4}[- ]?\d{4}(?!\d)", _yao),
    rule(
        "landline", r"(?<!\d)(?:\+?86[- ])?0?\d{2,3}-\d{3,4}[- ]?\d{4}(?:-\d{1,5})?(?![\d-])", _yao
    ),
    rule("mobile", r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _yao),
    rule(
        "service number",
        r"(?<![\d.])(?:12306|12345|123\d\d|100\d\d|955\d\d|96\d{3,4})"
        r"(?=热线|平台|客服|电话|短信|网站|APP|App|官网|投诉|服务|铁路|[，。、；！）)”]|$)",
        _yao,
    ),
    rule(
        "emergency number",
        r"(?<![\d.])1(?:10|14|19|20|22)(?=急救|报警|热线|指挥|电话|救护|消防|民警|出警|接警|台)",
        _yao,
    ),
    rule(
        "number to call",
        rf"({_CALL}[:：为是“（( ]{{0,2}})(\+?\d[\d -]{{1,20}}\d)(?![\d.%]|{_MEASURED})",
        _yao_second,
    ),
    rule("extension", r"(?<=[零一二三四五六七八九幺]转)\d{1,6}(?!\d)", _yao),
    rule("another number to call", r"(?<=[零一二三四五六七八九幺][、/／或])\d{7,8}(?!\d)", _yao),
)
_PAPERS = (
    rule("identity number", r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])", _yao),
    rule("ISBN", r"(?<=ISBN)[ :：]{0,2}[\d-]{9,17}[Xx]?", _yao),
    rule(
        "labelled code",
        rf"({_LABEL}[A-Za-z]{{0,3}}[:：为是]?[ “]?[A-Za-z]{{0,4}})(\d[\d-]{{1,24}})(?![\d.%]|{_MEASURED})",
        _yao_second,
    ),
    rule(
        "listed company",
        r"([(（](?:[A-Z]{2,4}[:：.])?)(\d{5,6})(?=(?:\.[A-Z]{2})?[)）])",
        _yao_second,
    ),
    rule(
        "number plate",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·•. ]?"
        r"(?=[A-Z]{0,6}\d)[A-Z0-9]{5,6}(?![A-Za-z0-9])",
        _yao,
    ),
)
_TRAVEL = (
    rule("train", rf"(?<![A-Za-z0-9])({_TRAIN})(\d{{1,4}})(?=次|列车|高铁|动车|/\d)", _yao_second),
    rule(
        "train",
        rf"((?:乘坐|搭乘|坐上|车次|列车)[:：为是]?{_TRAIN})(\d{{1,4}})(?![\d.])",
        _yao_second,
    ),
    rule(
        "flight",
        r"(?<![A-Za-z0-9])([A-Z]{2}|[A-Z]\d|\d[A-Z])(\d{3,4})(?=号?(?:航班|次航班|客机|班机|次班机))",
        lambda m: digits(m[1] + m[2], yao=True),
    ),
    rule("flight", r"((?:航班号?|班次)[:：为是“]?[A-Z]{2})(\d{3,4})(?![\d.])", _yao_second),
    rule("room", rf"(?<![\d.第年月A-Za-z])([A-Z]?)(\d{{3,4}})(?=号?{_ROOM})", _yao_second),
    rule(
        "road", r"(?<![\d.])([GSXY]?)(\d{3})(?=路(?:公交|车|线|汽车)|国道|省道|县道)", _yao_second
    ),
    rule("hospital", r"(?<![\d.])[1-9]\d{2}(?=医院(?!以))", _yao),
)
_NAMES = (
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
    rule("kind and number", rf"((?:波音|空客)[A-Z]?)(\d{{3}})(?!\d|{_MEASURED}|架)", _model),
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
        rf"(?<=[一-鿿])(?<![年月日号时点分秒到至为是在达于约近])()[-‐–](\d{{1,4}})(?!\d|[.,]\d|[-–—~～]\d|{_QUANTITY_AFTER})",
        _model,
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
        r"(?<![\d.,:：/])0\d+(?![\d.:：/]*\d|[年月日时点分秒%])",
        lambda m: digits(m[0]),
    ),
)
CODE_RULES = (*_CALLS, *_PAPERS, *_TRAVEL, *_NAMES)
