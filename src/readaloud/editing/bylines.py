"""Who wrote it: names in a credit line or in brackets at the very end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.model import Block

_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧"
    "田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾譚谭陆陸汪范範金石廖贾賈夏韦韋付傅方白邹鄒孟熊"
    "秦邱江尹薛闫閻阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊"
    "易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單"
    "季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳欧管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆"
    "简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師"
    "卿匡冀储凤鳳刁励巩歐厉古台官延惠扈揭晁曲朴楚檀欣武沃淡甄申畅盛矫祖祝禄符索繆胥芦荀荆莘菅萨薩葛蔚蔺虎蹇达逄通郝郗鄢鄂闻阚雍雒韶风骆鹿麻黑辜蔣卓乌烏云雲仲伏仝伊位何侍侣保信修储僧元光党农"
    "和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢虞敖巩鞏明佘池查麻苑迟遲邝鄺"
)
_NAME = r"[\u3400-\u9fff]{1,4}(?:·[\u3400-\u9fff]{1,6})?"
_GAP = r"[ 、,，]{1,2}"
_ROLE = (
    r"(?:撰?文|作者|[采採][写寫]|撰[稿写寫]|文字|口述|[记記]者|[见見實实][习習][记記]者|[通特][讯訊约約](?:[员員]|[记記]者)"
    r"|[编編][译譯]|譯者|译者)"
)
_PLACE = r"(?:本[报報刊站网網台]|[\u3400-\u9fff]{2,6}(?:[网網报報社台臺]|新[闻聞]|[电電][视視]|周刊|[杂雜][志誌]|客[户戶]端|日报|日報|晚报|晚報|通[讯訊]社))?"
_LABELLED = re.compile(
    rf"[【（(\[]?(?P<role>{_ROLE}(?:[/与與和、]{_ROLE}){{0,2}})\s?[/／:：|｜丨]\s?"
    rf"(?P<names>[\w·]{{1,12}}(?:{_GAP}[\w·]{{1,12}}){{0,7}})[】）)\]]?"
)
_REPORTED = re.compile(
    rf"[【（(\[〔]?{_PLACE}(?:[见見實实][习習]|特[约約派]|首席)?[记記]者[ :：]?"
    rf"(?P<names>{_NAME}(?:{_GAP}{_NAME}){{0,5}}?)"
    r"(?:[ ／/|]?[\u3400-\u9fff]{0,6}(?:[报報][道導]|文|[摄攝]影?[报報][道導]))?[】）)\]〕]?"
)
_NAMES = rf"{_NAME}(?:{_GAP}{_NAME}){{0,5}}"
_OPENING = re.compile(
    rf"[〔（(【\[].{{0,6}}[记記]者(?P<desk>{_NAMES})[／/].{{1,6}}[报報][道導][〕）)】\]]"
    rf"|[^，。]{{0,20}}[电電] ?[（(].{{0,6}}?[记記]者[ ：:]?(?P<wire>{_NAMES})[）)]"
)
"""At the head of a paragraph: 〔記者王小明／台北報導〕, 新华社北京2月5日电（记者张三）."""
_BRACKETED = re.compile(r"[（(]([^（）()]{2,60})[）)]$")
_TRAILING = re.compile(
    rf"(?:{_PLACE}{_ROLE}[ :：/]?)?(?P<names>{_NAME}(?:{_GAP}(?:{_ROLE}[ :：]?)?{_NAME}){{0,5}})"
)
_BETWEEN = re.compile(rf"(?<![\u3400-\u9fff]){_ROLE}[ :：]")
_NEAR = 8
"""Blocks from either end in which a credit is looked for."""


def find_byline(blocks: Sequence[Block]) -> str | None:
    """The authors' names as the article gives them, separated as they are there."""
    ends = [*blocks[:_NEAR], *blocks[max(_NEAR, len(blocks) - _NEAR) :]]
    credits_ = (read_credit(block.text) for block in ends)
    stated = next((names for names in credits_ if names), None)
    opened = (_read_opening(block.text) for block in blocks[:_NEAR])
    return (
        stated
        or next((names for names in opened if names), None)
        or (_read_trailing(blocks[-1].text) if blocks else None)
    )


def is_credit(text: str) -> bool:
    """Whether a line does nothing but name its authors."""
    return read_credit(text) is not None


def read_credit(text: str) -> str | None:
    """The names in a line that does nothing but name the authors."""
    if len(text) > 60:
        return None
    labelled = _LABELLED.fullmatch(text)
    if labelled and "者" in labelled["role"] and labelled["role"][0] not in "作译譯":
        # 记者：你们累不累 is a question in an interview.
        return read_names(labelled["names"])
    if labelled:
        return labelled["names"]
    reported = _REPORTED.fullmatch(text)
    return read_names(reported["names"]) if reported else None


def _read_opening(text: str) -> str | None:
    match = _OPENING.match(text[:60])
    return read_names(match["desk"] or match["wire"]) if match else None


def _read_trailing(text: str) -> str | None:
    bracketed = _BRACKETED.search(text[-70:])
    match = _TRAILING.fullmatch(bracketed[1].strip()) if bracketed else None
    return read_names(match["names"]) if match else None


def read_names(text: str) -> str | None:
    """The names without roles between them; None where a part is not like a name.

    A name begins with a family name and has two to four characters, or has a dot inside.
    """
    names = _BETWEEN.sub("", text)
    parts = re.split(_GAP, names)
    like = ("·" in part or (2 <= len(part) <= 4 and part[0] in _SURNAMES) for part in parts)
    return names if all(like) else None
