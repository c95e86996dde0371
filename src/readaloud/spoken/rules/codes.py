"""Addresses, and numbers that name something and are read digit by digit."""

from __future__ import annotations

import re

from readaloud.chinese.numerals import cardinal, counted, digits
from readaloud.spoken.rules.rule import MEASURED, choice, rule

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
_SERVICES = "(?:1(?:10|19|20|22)|123(?:06|15|45|33|20|38|48|55|58|66|78|95)|100(?:86|10)|955\\d\\d)"
"""Numbers that are known even where nothing says what they are."""
_VALUE = choice(
    "限速 时速 车速 得分 总分 分数 体重 身高 血压 高压 低压 心率 脉搏 血糖 数值 指数 均值 均价 数量 总数 人数 人均 "
    "约 近 超 超过 达到 增至 降至 升至 跌至 突破 跌破 不足 高达 仅 共 共计 合计 累计 总计"
)
_TRAIN = "[GDCZTKYLSP]"
_ROOM = choice("室 房 病房 教室 会议室 宿舍 寝室 办公室 包间 包厢 房间")


def _yao(match: re.Match[str]) -> str:
    """The whole match digit by digit, marks left out."""
    return digits(match[0], yao=True)


def _calling(match: re.Match[str]) -> str:
    """Words before an emergency number stay."""
    return match[0][:-3] + digits(match[0][-3:], yao=True)


def _yao_second(match: re.Match[str]) -> str:
    return match[1] + digits(match[2], yao=True)


def _address(match: re.Match[str]) -> str:
    """A web or e-mail address: words and digits, its marks by name."""
    text = match[0].rstrip(".,:?/")
    tail = match[0][len(text) :].lstrip("/")
    parts = re.findall(r"[A-Za-z\d]+|[^A-Za-z\d]", re.sub(r"\A[a-z]+://", "", text))
    return "".join(digits(part) or _MARKS.get(part, part) for part in parts) + tail


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
    rule(
        "no telephone number",
        rf"({_VALUE}[为是到至达约了 ]{{0,2}})(\d{{3,5}})(?![\d:：/-]|[.,]\d|[一-鿿])",
        lambda m: m[1] + cardinal(m[2]),
    ),
    rule(
        "whole number alone",
        rf"\A(?!{_SERVICES}\Z)(?:[1-9]\d{{1,6}}|[3-9]\d{{7}})\Z",
        lambda m: counted(m[0]),
    ),
    rule("hotline", r"(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)", _yao),
    rule("landline", r"[(（]0\d{2,3}[)）][- ]?\d{3,4}[- ]?\d{4}(?!\d)", _yao),
    rule(
        "landline", r"(?<!\d)(?:\+?86[- ])?0?\d{2,3}-\d{3,4}[- ]?\d{4}(?:-\d{1,5})?(?![\d-])", _yao
    ),
    rule("mobile", r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _yao),
    rule(
        "service number",
        rf"(?<![\d.])(?:(?:123\d\d|100\d\d|955\d\d|96\d{{3,4}})(?=热线|平台|客服|电话|短信|网站"
        rf"|APP|App|官网|投诉|服务|铁路)|{_SERVICES}(?=[，。、；！）)”]|$))",
        _yao,
    ),
    rule(
        "emergency number",
        r"(?<![\d.])1(?:10|14|19|20|22)(?=急救|报警|热线|指挥|电话|救护|消防|民警|出警|接警|台)",
        _yao,
    ),
    rule(
        "number to call",
        rf"({_CALL}[:：为是“（( ]{{0,2}})(\+?\d[\d -]{{1,20}}\d)(?![\d.%]|{MEASURED})",
        _yao_second,
    ),
    rule(
        "emergency number",
        r"(?<=报警|火警|急救|求助|警方|救护|打了|拨通)(?:[拨打电话了]{0,3})1(?:10|14|19|20|22)(?![\d.]|[人个名次起元米])",
        _calling,
    ),
    rule("emergency number", r"\A1(?:10|19|20|22)\Z", _yao),
    rule(
        "extension",
        r"(?:(?<=[零一二三四五六七八九幺]转)|(?<=机转)|(?<=分机)|(?<=分机号))\d{1,6}(?!\d)",
        _yao,
    ),
    rule("extension", r"(?<=转)\d{2,6}(?=分机)", _yao),
    rule("another number to call", r"(?<=[零一二三四五六七八九幺][、/／或])\d{7,8}(?!\d)", _yao),
)
_PAPERS = (
    rule("identity number", r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])", _yao),
    rule("ISBN", r"(?<=ISBN)[ :：]{0,2}[\d-]{9,17}[Xx]?", _yao),
    rule(
        "labelled code",
        rf"({_LABEL}[A-Za-z]{{0,3}}[:：为是]?[ “]?[A-Za-z]{{0,4}})(\d[\d-]{{1,24}})(?![\d.%]|{MEASURED})",
        _yao_second,
    ),
    rule(
        "listed company",
        r"([(（](?:[A-Z]{2,4}[:：.])?)(\d{5,6})(?=(?:\.[A-Z]{2})?[)）])",
        _yao_second,
    ),
    rule("listed company", r"(?<![\d.])(?:\d{6}(?=\.(?:SH|SZ|SS|BJ))|\d{4,5}(?=\.HK))", _yao),
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
        r"(?<![A-Za-z0-9])([A-Z]{2}|[A-Z]\d|\d[A-Z])(\d{3,4})(?=号?(?:航班|次(?!列车)|客机|班机))",
        lambda m: digits(m[1] + m[2], yao=True),
    ),
    rule("flight", r"((?:航班号?|班次)[:：为是“]?[A-Z]{2})(\d{3,4})(?![\d.])", _yao_second),
    rule("room", rf"(?<![\d.第年月A-Za-z])([A-Z]?)(\d{{3,4}})(?=号?{_ROOM})", _yao_second),
    rule(
        "road", r"(?<![\d.])([GSXY]?)(\d{3})(?=路(?:公交|车|线|汽车)|国道|省道|县道)", _yao_second
    ),
    rule("hospital", r"(?<![\d.])[1-9]\d{2}(?=医院(?!以))", _yao),
)
CODE_RULES = (*_CALLS, *_PAPERS, *_TRAVEL)
