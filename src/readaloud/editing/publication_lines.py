"""Lines that only say when, where and by whom: 2023-08-05 来源：新华社 作者：李四.

A line counts only when it can be read from end to end as such parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readaloud.editing.bylines import is_credit, read_credit, read_names
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import find_speakers, is_spoken
from readaloud.model import Block

MAX_CHARS = 120
NEAR = 8
"""Lines from either end of an article in which such a line is looked for."""

_WORD = (
    r"(?!(?:来源|來源|作者|记者|記者|通[讯訊]|[编編][辑輯]|[责責][编編任]|校[对對]|[阅閱][读讀]|[浏瀏][览覽]|字[号號体體]|[发發]布|[摄攝]影|时间|時間|分享"
    r"|\d)|[^\s:：]{1,12}[:：])[\w·.]{1,16}"
)
_NAMES = rf"{_WORD}(?:[ 、,，]{{1,2}}{_WORD}){{0,5}}"
_ROLE = r"(?:撰?文|作者|[采採][写寫]|撰[稿写寫]|文字|[见見實实]?[习習]?[记記]者|[通特][讯訊约約](?:[员員]|[记記]者)|[编編][译譯]|[译譯]者)"
_TOKENS = re.compile(
    r"(?P<day>(?:(?:[发發][布佈表稿]|更新)?(?:[时時][间間]|日期|[于於])?[:：]?\s?)?"
    r"(?P<y>\d{4})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})日?)"
    r"|(?P<clock>(?:上午|下午|晚上)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)(?!\d)"
    r"|(?P<weekday>(?:星期|[周週])[一二三四五六日天])"
    r"|(?:文章|稿件|信息)?(?:[来來]源|稿源)\s?[:：]\s?(?P<origin>[^\s:：，。！？|｜）)]{1,20})"
    rf"|(?P<role>{_ROLE})\s?[:：/／丨｜|]\s?(?P<names>{_NAMES})"
    r"|(?P<reporter>(?:本[报報刊站网網台]|[\u3400-\u9fff]{2,6}(?:[网網报報社]|日[报報]|晚[报報]|通[讯訊]社))?"
    rf"(?:[见見實实][习習]|特[约約派]|首席)?(?:[记記]者|通[讯訊][员員]))\s?(?P<reporters>{_NAMES})"
    r"|(?P<outlet>[\u3400-\u9fffA-Za-z]{2,10}(?:[网網社]|日[报報]|晚[报報]|[时時][报報]|新[闻聞]|客[户戶]端|周刊|[电電][视視][台臺]))(?=\s|$)"
    r"|(?P<rest>[发發]布于\s?[\u3400-\u9fff]{2,5}|IP[属屬]地[:：]?\s?[\u3400-\u9fff]{2,5}|原[创創](?:\s[\w·]{1,14}(?=\s\d{4}[-/年.]|\s[\w·]{1,14}\s\d{4}[-/年.])){0,1}"
    r"|(?:[责責]任)?(?:[编編][辑輯]|[责責][编編]|校[对對])[:：]\s?[\w·]{1,8}"
    r"|(?:[阅閱][读讀]|[浏瀏][览覽]|[点點][击擊]|[评評][论論])(?:量|[数數]|次[数數])?[:： (（]{0,2}[\d,.]{1,10}[万萬wW]?\+?次?"
    r"|[\d,.]{1,10}[万萬wW]?\+?\s?(?:次|人)?(?:[阅閱][读讀]|[浏瀏][览覽]|[评評][论論])"
    r"|字[号號体體级級][:：]?(?:[ 【\[|｜]{0,3}(?:大|中|小|T)){1,4}[】\]]?|分享[到至][:：]?|[报報][导導道])"
)
_GAP = re.compile(r"[\s|｜/／·•,，;；、()（）【】\[\]-]{0,6}")


_REPORTER = re.compile(r"[记記通]")
_COLON = re.compile(r"[:：]")
_SAID = re.compile(r"[我你您他她它这這那是不了吗嗎呢吧]|[^ 、,，]{9}")


@dataclass(frozen=True, slots=True)
class Meta:
    """What such a line says; ``date`` is ISO 8601."""

    byline: str | None = None
    date: str | None = None
    origin: str | None = None
    timed: bool = False
    """Nothing but a time: several of them are the heads of a diary or a log."""
    alone: bool = False
    """Nothing but a day, without a clock: it may head an entry too, or end a letter."""


def find_metadata(blocks: Sequence[Block]) -> tuple[dict[int, Finding], Meta]:
    """The lines near the ends that are nothing else, and what they say together."""
    speakers = find_speakers(blocks)
    near = [n for n in range(len(blocks)) if n < NEAR or n >= len(blocks) - NEAR]
    read = {n: meta for n in near if (meta := _read(blocks[n], speakers)) is not None}
    timed = [n for n in read if read[n].timed]
    for index in timed:
        # Only right below the title or among other such lines, and once, is it the article's day.
        beside = index == 1 or index - 1 in read or (index < NEAR and index + 1 in read)
        last = index == len(blocks) - 1
        if len(timed) > 2 or (read[index].alone and (len(timed) > 1 or not beside or last)):
            del read[index]
    findings = {index: _finding(meta) for index, meta in read.items()}
    metas = list(read.values())
    return findings, Meta(
        byline=next((meta.byline for meta in metas if meta.byline), None),
        date=next((meta.date for meta in metas if meta.date), None),
        origin=next((meta.origin for meta in metas if meta.origin), None),
    )


def read_line(text: str) -> Meta | None:
    """Read one line as metadata, None where any part of it is something else."""
    if not text or len(text) > MAX_CHARS or text[-1] in "。！？!?":
        return None
    names: list[str] = []
    parts: list[Mapping[str, str | None]] = []
    position = _end(_GAP.match(text, 0))
    while position < len(text):
        token = _TOKENS.match(text, position)
        if token is None:
            return None
        part = token.groupdict()
        if not _are_names(part):
            return None
        parts.append(part)
        names += [name for name in (part["names"] or part["reporters"],) if name]
        position = _end(_GAP.match(text, token.end()))
    return _combine(parts, names)


def _are_names(part: Mapping[str, str | None]) -> bool:
    """Whether what follows a role can be names: 记者：你们累不累 is somebody speaking."""
    strict = part["reporters"] or (part["names"] if _REPORTER.search(part["role"] or "") else None)
    if strict and not read_names(strict.strip()):
        return False
    return not (part["names"] and _SAID.search(part["names"]))


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _combine(parts: Sequence[Mapping[str, str | None]], names: Sequence[str]) -> Meta | None:
    kinds = {name for part in parts for name, value in part.items() if value}
    if not kinds & {"day", "names", "reporters", "origin"}:
        return None
    date = next((found for part in parts if part["day"] and (found := _date(part))), None)
    if "day" in kinds and date is None:
        return None
    origin = next(
        (part["origin"] or part["outlet"] for part in parts if part["origin"] or part["outlet"]),
        None,
    )
    timed = kinds <= {"day", "y", "m", "d", "weekday", "clock"}
    return Meta(" ".join(names) or None, date, origin, timed, timed and "clock" not in kinds)


def _date(part: Mapping[str, str | None]) -> str | None:
    year, month, day = (int(part[name] or 0) for name in "ymd")
    possible = 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if possible else None


def _read(block: Block, speakers: frozenset[str]) -> Meta | None:
    if block.kind not in {"paragraph", "item", "caption"} or is_spoken(block.text, speakers):
        return None
    if is_credit(block.text):
        names = read_credit(block.text)
        # 作者：我不同意这种说法 is somebody speaking.
        said = _COLON.search(block.text) and names and _SAID.search(names)
        return None if said else Meta(byline=names)
    return read_line(block.text)


def _finding(meta: Meta) -> Finding:
    if meta.byline:
        return Finding("byline", "byline")
    if meta.origin:
        return Finding("source", "source line")
    return Finding("timestamp", "time of publication")
