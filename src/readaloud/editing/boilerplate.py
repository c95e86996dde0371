"""Lines that a site or an account puts around its articles, each known by a named rule.

A rule sees one short line, whole: it never speaks about a sentence that merely mentions its
subject. Patterns hold both scripts and are matched against at most ``max_chars`` characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readaloud.editing.lines import ends_open, has_inner_stop, size
from readaloud.editing.sweep import Sweep, sweep
from readaloud.models import Block

_SEP = r"\s?[:：/／|｜丨]\s?"
_PLATFORM = (
    r"(?:微信好友|微信|新浪微博|微博|QQ空[间間]|QQ好友|QQ|朋友圈|好友|豆瓣|人人网|Facebook|FB|LINE"
    r"|Twitter|X|Telegram|WhatsApp|[复複][制製][链連][接結])"
)
_ROLE = (
    r"(?:[责責]任|值班|[执執]行|[本当當]期|本文|本版|新媒[体體]|文字|美[术術]|视觉|[网網][络絡路]"
    r"|[实實][习習]|[见見][习習]|[统統][筹籌])?"
    r"(?:[编編][辑輯审審校]|[责責][编編]|[主总總美][编編]|[审審][核校定]|校[对對]|排版|[监監][制製]"
    r"|[签簽][发發])"
)
_STEP = r"[一二三初复複終终][审審]"
_NAMES = r"[\w·.]{1,12}(?:[ 、/|;；,，&]{1,3}[\w·.]{1,12}){0,5}"
_TOKENS = (
    r"(?:点[赞讚]|點[讚赞]|在看|分享|收藏|[评評][论論]|留言|[转轉][发發]|打[赏賞]|[赞讚][赏賞]|[举舉][报報]"
    r"|登[录錄入]|[注註][册冊]|回[复覆應]|[关關][闭閉注]|打印|列印|[复複][制製]|字[号號体體]|大|中|小"
    r"|上一[篇页頁]|下一[篇页頁]|TAGS?|收起|展[开開]|更多|返回)"
)
_STRONG_TOKENS = (
    r"(?:返回(?:列表|首[页頁]|[顶頂]部|上[级級一][页頁]?|目[录錄])[页頁]?|[阅閱][读讀]原文|查看原文|[阅閱][读讀]全文"
    r"|展[开開]全文|[关關][闭閉](?:窗口|本[页頁]|視窗)|打印(?:本[页頁]|此文)|点[赞讚]|點[赞讚]|在看|回(?:到)?[顶頂]部"
    r"|[发發]表[评評][论論]|[写寫]留言|我要(?:[评評][论論]|留言)|[查参參][看与與](?:全部|更多)?[评評][论論]"
    r"|[网網]友[评評][论論]|登[录錄入](?:后|後)?(?:[评評][论論]|留言)|加入收藏|收藏本文|友好列印)"
)
_BETWEEN = r"[ /|、·【】\[\]]"
_LIST = (
    r"(?:更多|相[关關]|延伸|推[荐薦]|[热熱][门門]|精[彩选選]|往期|拓展|[扩擴]展|猜你|大家|近期|看更多|您可能)"
    r"(?:的|还|還|也)?"
    r"(?:[阅閱][读讀]|文章|新[闻聞]|[链鏈連][接結]|[报報][道導]|推[荐薦]|[内內]容|回[顾顧]|精[选選彩]|喜[欢歡]"
    r"|都在看|[资資][讯訊]|[专專][题題]|[视視][频頻]|影片|感[兴興]趣)(?:的?(?:文章|[内內]容|推[荐薦]))?"
)
_VERB = (
    r"(?:[长長]按|[扫掃](?:描|[码碼]|一[扫掃])|[识識][别別]|[点點][击擊]|戳|搜索|[关關]注|添加|加入|[订訂][阅閱]"
    r"|追[踪蹤]|下[载載]|打[开開]|安[装裝])"
)
_THING = (
    r"(?:二[维維][码碼]|公[众眾][号號]|名片|小程序|[视視][频頻][号號]|客[户戶]端|APP|App|app|[阅閱][读讀]原文"
    r"|我[们們]|[关關]注|[订訂][阅閱]|在看|卡片|[链鏈連][接結]|粉[丝絲][团團群]|[频頻]道|星[标標])"
)
_CALL_END = (
    r"(?:[吧哦呀]|一下|(?:了解|查看|[获獲]取|[阅閱][读讀])(?:更多|[详詳]情)?[^。！？，]{0,8}|[关關]注(?:我[们們])?|下[载載]"
    r"|[进進]入|[报報]名|[购購][买買]|[领領]取|即可[^。！？，]{0,10}|加入[^。！？，]{0,8}|[观觀]看[^。！？，]{0,8})?"
)
_REPRINT = r"(?:[转轉][载載]|使用|[复複][制製]|摘[编編]|[镜鏡]像)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line; ``pattern`` has to match it from end to end, decoration aside."""

    name: str
    reason: str
    pattern: re.Pattern[str]
    max_chars: int = 60


def _rule(name: str, reason: str, pattern: str, max_chars: int = 60) -> Rule:
    return Rule(name, reason, re.compile(pattern), max_chars)


RULES = (
    _rule(
        "share",
        "share bar",
        rf"(?:一[键鍵])?(?:分享|[转轉][发發])(?:(?:本文)?[到至给給][:：]?|[:：])"
        rf"(?:[ 、,/|]{{0,3}}{_PLATFORM}){{0,9}}|分享(?:[ 、,/|]{{0,3}}{_PLATFORM}){{1,9}}",
    ),
    _rule(
        "editor",
        "editorial credit",
        rf"{_ROLE}{_SEP}{_NAMES}(?:[ 、,，;；/|]{{0,3}}(?:{_ROLE}|{_STEP}){_SEP}{_NAMES}){{0,5}}"
        r"|[责責](?:任[编編][辑輯]|[编編])\s[\u4e00-\u9fff]{2,4}"
        # A court has a first and a second hearing too, but no third.
        rf"|{_STEP}{_SEP}{_NAMES}(?:[ 、,，;；/|]{{0,3}}(?:{_ROLE}|{_STEP}){_SEP}{_NAMES}){{2,5}}",
    ),
    _rule(
        "source",
        "source line",
        rf"(?:文章|稿件|新[闻聞]|消息|信息|[内內]容|本文|[图圖]文)?"
        rf"(?:[来來]源|[转轉](?:[载載])?自|摘自|原[载載]|稿源)[于於]?{_SEP}[^，。！？]{{1,40}}"
        r"|本文(?:[转轉][载載]?自|[来來]源[于於]?|摘自|首[发發][于於])[^，。！？]{1,30}。?",
    ),
    _rule(
        "original title",
        "original title of a reprint",
        r"原(?:[标標]?[题題])(?:目|[为為])?[:：].{1,80}",
        100,
    ),
    _rule(
        "call to action",
        "call to follow, scan or download",
        rf"(?:[请請]|[欢歡]迎|敬[请請]|快[来來]|[记記]得|立即|[马馬]上|(?:使用|打[开開])?微信|手[机機]){{0,2}}"
        rf"{_VERB}[^。！？，,]{{0,20}}{_THING}[，, ]?(?:{_VERB}[^。！？，,]{{0,10}}{_THING})?"
        rf"{_CALL_END}"
        r"[。！!~～]{0,3}",
    ),
    _rule(
        "like",
        "call to like or share",
        r"(?:如果)?(?:[觉覺]得|喜[欢歡])[^。！？]{0,20}[点點][个個击擊]?[^。！？]{0,4}(?:[赞讚]|在看|好看)[^。！？]{0,12}"
        r"[。！!~～]{0,3}"
        r"|(?:求|[请請]|[记記]得|[动動][动動]手指)?[点點][个個](?:[赞讚]|在看)[^。！？]{0,8}[。！!~～]{0,3}",
    ),
    _rule(
        "controls",
        "page controls",
        rf"{_STRONG_TOKENS}(?:{_BETWEEN}{{0,3}}(?:{_STRONG_TOKENS}|{_TOKENS}|\d{{1,6}}(?!\d))){{0,9}}"
        rf"|{_TOKENS}(?:{_BETWEEN}{{1,3}}(?:{_STRONG_TOKENS}|{_TOKENS}|\d{{1,6}}(?!\d))){{1,9}}",
    ),
    _rule("neighbour", "link to another page", r"[上下]一[篇页頁条條则則][:：].{1,80}", 100),
    _rule(
        "counter",
        "page statistics",
        r"(?:[阅閱][读讀]|[浏瀏][览覽]|[点點][击擊]|人[气氣]|播放|[评評][论論])"
        r"(?:量|[数數]|次[数數]|人次)?[:： ]{0,2}[\d,.]{1,12}[万萬wW]?\+?次?",
    ),
    _rule(
        "publication",
        "publication line",
        r"(?:[发發](?:布|佈|表|稿)|更新)(?:[时時][间間]|日期|[于於])?[:：]\s?\d{4}[^。！？]{0,80}",
        100,
    ),
    _rule(
        "notice",
        "copyright or reprint notice",
        r"(?:版[权權]|著作[权權]|[转轉][载載]|免[责責]|特[别別]|[郑鄭]重|法律|本[站网網])"
        r"(?:[声聲]明|提示|[说說]明)(?:[:：].{0,200})?"
        rf"|(?:[声聲]明|[注註])[:：].{{0,120}}(?:版[权權]|侵[权權]|{_REPRINT}[须須需请請]|不代表"
        r"|投[资資]建[议議]).{0,120}"
        rf"|(?:未[经經]|如需)[^。]{{0,30}}{_REPRINT}[^。]{{0,30}}[。！!]?"
        r"|[转轉][载載][请請须須需][^。]{1,30}[。！!]?"
        r"|版[权權](?:所有|[归歸])[^。]{0,60}。?"
        r"|(?:©|&copy;|\(c\)|Copyright|copyright).{0,100}"
        r"|(?:本文|文章|以上)[^。，]{0,12}(?:不代表|[仅僅]代表)[^。]{0,30}(?:[观觀][点點]|立[场場])[^。]{0,30}。?"
        r"|(?:如[有若]?|若有?)?(?:涉及?)?侵[权權][^。]{0,20}(?:[删刪]除?|[联聯][系繫])[^。]{0,15}。?",
        260,
    ),
    _rule(
        "picture credit",
        "picture credit",
        r"(?:[图圖]片?|照片|[摄攝]影|配[图圖]|[题題][图圖]|[头頭][图圖]|封面[图圖]?|插[图圖]|制[图圖]"
        r"|[图圖]源|供[图圖]|[视視][频頻])"
        rf"(?:(?:[来來]源|源|提供|[来來]自)(?:[:：于於自 ]|{_SEP})?\s?[^，。！？]{{1,24}}"
        rf"|{_SEP}[^，。！？:：]{{1,16}})"
        r"|[图圖]源[ ]?[^，。！？]{1,12}|(?:[图圖]片|[图圖]文|照片)?[来來]自[网網][络絡路]"
        r"|[^，。！？,.!?“”]{2,20}[ 　/](?:[摄攝]影?|供[图圖]|制[图圖])",
        40,
    ),
    _rule(
        "contact",
        "contact or advertising line",
        r"(?:投稿|[爆报報]料|[商广廣](?:[务務告])?合作|合作[联聯][系繫]?|[新闻聞]{2}[热熱][线線]|[招诚誠]聘)"
        r"(?:[邮郵]箱|[电電][话話]|微信|[热熱][线線]|方式|[请請][联聯加][系繫]?)?[:：].{1,60}",
        80,
    ),
    _rule("end mark", "end mark", r"(?:END|End|end|THE END|The End|全文完|正文完|本文完|完)"),
)
"""The first that matches gives the reason."""

_HEADER = re.compile(rf"{_LIST}\s?(?P<colon>[:：])?\s?")
_HEADER_LINE = re.compile(rf"{_LIST}\s?[:：]\s?[^。！？]{{1,80}}")
_LIST_REASON = "list of other articles"
_DECORATION = " 【】[]〔〕（）()《》<>「」■◆●▲▼△▽◎○★☆▌▎|｜丨#*-—–=~·•»▶►→←↓↑…👇👆"
_HEADER_CHARS = 90
_TEASER_CHARS = 45


def sweep_boilerplate(blocks: Sequence[Block]) -> Sweep:
    """Remove the lines that a rule knows, and lists of other articles with their header."""
    reasons = {
        index: rule.reason
        for index, block in enumerate(blocks)
        if (rule := find_rule(block)) is not None
    }
    for index, block in enumerate(blocks):
        if index not in reasons and (found := _list_at(blocks, index, block)) is not None:
            reasons |= {n: reasons.get(n, _LIST_REASON) for n in found}
    return sweep(blocks, reasons)


def find_rule(block: Block) -> Rule | None:
    """The rule that knows a block as boilerplate, if any does."""
    if block.kind not in {"paragraph", "item", "caption"}:
        return None
    core = _core(block.text)
    return next((r for r in RULES if len(core) <= r.max_chars and r.pattern.fullmatch(core)), None)


def _core(text: str) -> str:
    """The line without decoration; long lines are no boilerplate and stay as they are."""
    return text.strip(_DECORATION) if len(text) <= 300 else text


def _list_at(blocks: Sequence[Block], index: int, block: Block) -> range | None:
    """The header at that index and the list below it, None where there is no header."""
    core = _core(block.text)
    if block.kind not in {"paragraph", "item", "caption", "heading"} or len(core) > _HEADER_CHARS:
        return None
    header = _HEADER.fullmatch(core)
    if header is None:
        alone = block.kind != "heading" and _HEADER_LINE.fullmatch(core)
        return range(index, index + 1) if alone else None
    listed = sum(1 for _ in _listed(blocks, index + 1))
    last = index + 1 + listed
    if listed or last == len(blocks) or (block.kind != "heading" and header["colon"]):
        return range(index, last)
    return None


def _listed(blocks: Sequence[Block], start: int) -> Iterator[Block]:
    """The blocks of a list: marked items, else teasers if nothing but teasers follows."""
    rest = blocks[start:]
    items = next((n for n, block in enumerate(rest) if block.kind != "item"), len(rest))
    if items:
        yield from rest[:items]
    elif all(_is_teaser(block) for block in rest):
        yield from rest


def _is_teaser(block: Block) -> bool:
    """A headline: short, open at the end, one clause; or furniture between headlines."""
    short = size(block.text) <= _TEASER_CHARS
    headline = ends_open(block.text) and not has_inner_stop(block.text)
    return (short and headline and block.kind == "paragraph") or find_rule(block) is not None
